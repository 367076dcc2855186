/** The history of a process that only reads the tables: its answers don't depend on how much is stored by now. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { workerHistory } from '../../src/journal/remote/history.ts'
import { FollowingHistory } from '../../src/journal/sqlite/history/following.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import type { Step } from '../../src/model/step.ts'
import type { History } from '../../src/port/history.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { historyContract, type Kept } from './history-contract.ts'
import { livingContract } from './living-contract.ts'

/** `store` is called after each step, and may bring messages into the tables. */
function followed(store: (flush: () => void, seq: number) => void): Kept {
  const folder = temporaryFolder()
  const { journal, history } = openStore(folder, randomUUID)
  const following = new FollowingHistory(join(folder, JOURNAL_FILE))
  onTestFinished(() => following.close())
  const texts = new Map<number, string | null>()
  journal.committed$.subscribe(entries => {
    for (const entry of entries) texts.set(entry.seq, entry.texts.text ?? null)
  })
  const apply = (step: Step): void => {
    history.apply(step)
    following.apply({ ...step, text: step.text ?? texts.get(step.seq) ?? null })
    store(() => history.flush(), step.seq)
  }
  const clear = (): void => {
    history.clear()
    following.clear()
  }
  const erase = async (seqs: readonly number[]): Promise<void> => {
    await journal.erase(seqs)
    following.erased(seqs)
  }
  return {
    journal: {
      ...journal,
      get base() {
        return journal.base
      },
      erase,
    },
    history: new Proxy(following, {
      get(target, name) {
        if (name === 'apply') return apply
        if (name === 'clear') return clear
        const value = Reflect.get(target, name, target)
        return typeof value === 'function' ? value.bind(target) : value
      },
    }),
  }
}

const STORING: Readonly<Record<string, Parameters<typeof followed>[0]>> = {
  'with nothing stored': () => {},
  'with everything stored': flush => flush(),
  'with the first two stored': (flush, seq) => void (seq === 2 && flush()),
  'with some of it stored': (flush, seq) => void (seq % 3 === 0 && flush()),
}

for (const [how, store] of Object.entries(STORING)) {
  historyContract(`following, ${how}`, () => followed(store))
  livingContract(`following, ${how}`, () => followed(store))
}

/** A worker erases nothing by itself before it hears that something was erased. */
livingContract('a worker', () => {
  const folder = temporaryFolder()
  const { journal, history } = openStore(folder, randomUUID)
  const own = workerHistory(folder)
  onTestFinished(() => (own as FollowingHistory).close())
  return { journal, history: alongside(own, history) }
})

livingContract('a worker of a server that stores nothing', () => ({
  journal: memoryJournal('epoch'),
  history: workerHistory(null),
}))

/** Reads from one history, and records in both. */
function alongside(one: History, other: History): History {
  const apply = (step: Step): void => {
    other.apply(step)
    one.apply(step)
  }
  return new Proxy(one, {
    get(target, name) {
      if (name === 'apply') return apply
      const value = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
