/** Tries rules in a thread. It reads the file of the journal itself; a journal in memory is sent to it in pieces. */
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { breath } from '../../journal/pieces.ts'
import type { Base } from '../../journal/recording.ts'
import { JOURNAL_FILE } from '../../journal/sqlite/store.ts'
import type { Entry } from '../../model/input.ts'
import { PIECE_ROWS, TRY_HEAP_MB } from '../../model/limits.ts'
import type { Journal } from '../../port/journal.ts'
import type { Rehearser, TrialOutcome, TrialRequest } from '../../port/rehearser.ts'
import type { FromThread, Source, ToThread } from './messages.ts'

type Read = Pick<Journal, 'base' | 'read' | 'snapshot'>

/** For the journal in a data directory, while a server writes it. */
export const directoryRehearser = (data: string): Rehearser => ({
  rehearse: (request, signal) =>
    inThread({ request, source: { file: join(data, JOURNAL_FILE) }, signal, entries: null }),
})

/** For any journal. */
export const journalRehearser = (journal: Read): Rehearser => ({
  async rehearse(request, signal) {
    const base = await baseOf(journal)
    if (base === null) return { ok: false, code: 'try-unread', detail: 'the server has forgotten where it began' }
    return inThread({ request, source: { base }, signal, entries: pieces(journal, base.seq) })
  },
})

/** Null: nothing is kept that the rest could be folded from. */
async function baseOf(journal: Read): Promise<Base | null> {
  if (journal.base === 0) return { seq: 0, state: null }
  const kept = await journal.snapshot(journal.base)
  return kept !== null && kept.seq >= journal.base ? kept : null
}

async function* pieces(journal: Read, from: number): AsyncGenerator<readonly Entry[]> {
  for await (const batch of journal.read(from)) {
    for (let at = 0; at < batch.length; at += PIECE_ROWS) {
      await breath()
      yield batch.slice(at, at + PIECE_ROWS)
    }
  }
}

type Work = {
  readonly request: TrialRequest
  readonly source: Source
  readonly signal: AbortSignal
  /** Null: the thread reads them itself. */
  readonly entries: AsyncGenerator<readonly Entry[]> | null
}

function inThread({ request, source, signal, entries }: Work): Promise<TrialOutcome> {
  const outcome = Promise.withResolvers<TrialOutcome>()
  const worker = new Worker(ENTRY, { env: {}, resourceLimits: { maxOldGenerationSizeMb: TRY_HEAP_MB } })
  // It keeps no process alive.
  worker.unref()
  const say = (message: ToThread): void => worker.postMessage(message)
  const fail = (error: unknown): void => outcome.resolve({ ok: false, code: 'try-failed', detail: whyOf(error) })
  const more = async (): Promise<void> => {
    const next = await entries?.next()
    say(next && !next.done ? { type: 'entries', entries: next.value } : { type: 'end' })
  }
  worker.on('message', (message: FromThread) => {
    if (message.type === 'more') void more().catch(fail)
    else outcome.resolve(message.outcome)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('its thread has ended')))
  const stop = (): void => fail(signal.reason)
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  say({ type: 'begin', request, source })
  return outcome.promise.finally(() => {
    signal.removeEventListener('abort', stop)
    void worker.terminate()
  })
}

const whyOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Beside this module among the sources, and beside the bundles (rolldown.config.ts). */
const ENTRY = new URL(`./rehearsal-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url)
