/** The cost of a long journal at a start: with the room's state kept beside it, and with every input folded again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { openStore, type Store } from '../../src/journal/sqlite/store.ts'
import type { Draft, Entry } from '../../src/model/input.ts'
import { SNAPSHOT_EVERY } from '../../src/model/limits.ts'
import type { State } from '../../src/model/state.ts'
import type { History } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { recover } from '../../src/server/commit/recover.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import type { Report } from './checks.ts'
import { bytesAnInput, inFolder } from './disk.ts'
import { placed } from './machine.ts'
import { bytes, count, median, type Sheet, seconds, sheet, summary, type Values } from './table.ts'
import { talk } from './talk.ts'

/** Inputs of one commit: as many as a busy server shares among its authors. */
const BATCH = 1000
/** Inputs that came after the state was kept: nearly as many as there can be, short of another being kept. */
const BEHIND = SNAPSHOT_EVERY - 1000

const START_MAX_S = 2
const REPLAY_MIN_PER_S = 200_000

const SERVER = fileURLToPath(new URL('../../dist/server.js', import.meta.url))

/** Members of a room as most are. */
const CLASS = 30

/** One journal of so many inputs, read and started with `reps` times; another one, of a class, read as often. */
export const longJournal = (inputs: number, reps: number, progress: (what: string) => void): Promise<Report> =>
  inFolder(async folder => {
    progress(`a journal of ${inputs} inputs`)
    await withStore(folder, store => fill(store, inputs))
    const perInput = bytesAnInput(folder)
    const replays = await withStore(folder, store => replay(store, inputs, reps, progress))
    const starts: number[] = []
    for (let rep = 1; rep <= reps; rep++) {
      progress(`run ${rep} of ${reps}: start with a snapshot`)
      starts.push(await startSeconds(folder))
    }
    const ofClass = await inFolder(async other => {
      progress(`a journal of ${inputs} inputs by ${CLASS} members`)
      await withStore(other, store => fill(store, inputs, CLASS))
      return withStore(other, store => replay(store, inputs, reps, progress))
    })
    return { sheets: [report(inputs, starts, replays, ofClass, perInput)], wrong: [] }
  })

async function withStore<T>(folder: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = openStore(folder, () => systemEntropy.id())
  try {
    return await work(store)
  } finally {
    await store.journal.close()
  }
}

async function fill({ journal, origin }: Store, inputs: number, members?: number): Promise<void> {
  const batch: Draft[] = []
  for (const draft of talk(inputs, origin, members)) {
    batch.push(draft)
    if (batch.length === BATCH) await journal.append(batch.splice(0))
  }
  if (batch.length > 0) await journal.append(batch)
}

/** Inputs a second of each replay. Leaves a state behind that is as old as it may be. */
async function replay(
  { journal, history }: Store,
  inputs: number,
  reps: number,
  progress: (what: string) => void,
): Promise<Values> {
  const rates: number[] = []
  for (let rep = 1; rep <= reps; rep++) {
    progress(`run ${rep} of ${reps}: replay of every input`)
    const before = performance.now()
    await folded(journal)
    rates.push((1000 * inputs) / (performance.now() - before))
  }
  const early = await folded({ ...journal, read: seq => upTo(journal.read(seq), inputs - BEHIND) }, history)
  await journal.keep({ seq: early.seq, state: toSnapshot(early) })
  return rates
}

/** The inputs up to the place `last`. */
async function* upTo(batches: AsyncIterable<readonly Entry[]>, last: number): AsyncGenerator<readonly Entry[]> {
  for await (const entries of batches) {
    yield entries.filter(({ seq }) => seq <= last)
    if ((entries.at(-1)?.seq ?? 0) >= last) return
  }
}

/** As if all were recorded already. */
const RECORDED: History = { ...memoryHistory(() => null), seq: Number.MAX_SAFE_INTEGER }

async function folded(journal: Journal, history: History = RECORDED): Promise<State> {
  const recovery = await recover(journal, history, ({ seq }, error) => {
    throw new Error(`input ${seq} cannot be folded`, { cause: error })
  })
  return recovery.finish()
}

/** From the start of the process until it says that it runs. Killed then, so that the next start finds the same. */
async function startSeconds(folder: string): Promise<number> {
  const argv = [process.execPath, SERVER, '--data', folder, '--port', '0', '--host', '127.0.0.1']
  const [command = '', ...args] = placed('server', argv)
  const before = performance.now()
  const server = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const exited = once(server, 'exit')
  const kill = (): void => void server.kill('SIGKILL')
  process.once('exit', kill)
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      if (line.startsWith('Chat running')) return (performance.now() - before) / 1000
    }
    throw new Error(`the server ended (exit code ${server.exitCode}) before it ran`)
  } finally {
    process.off('exit', kill)
    kill()
    await exited
  }
}

function report(inputs: number, starts: Values, replays: Values, ofClass: Values, perInput: number): Sheet {
  const verdict = (met: boolean): string => (met ? 'met' : 'missed')
  return sheet(
    [`a journal of ${count(inputs)} inputs`, 'rxchat', 'goal', ''],
    [
      [
        `start-up, the snapshot ${count(BEHIND)} inputs behind`,
        summary(starts, seconds),
        `< ${seconds(START_MAX_S)}`,
        verdict(median(starts) < START_MAX_S),
      ],
      [
        `replay of all inputs, ${CLASS} members: inputs a second`,
        summary(ofClass, count),
        `≥ ${count(REPLAY_MIN_PER_S)}`,
        verdict(median(ofClass) >= REPLAY_MIN_PER_S),
      ],
      ['replay of all inputs, 500 members: inputs a second', summary(replays, count), '', ''],
      ['bytes on the disk an input', bytes(perInput), '', ''],
    ],
  )
}
