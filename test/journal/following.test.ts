/** The history of a process that only reads the tables: whatever is stored by now, it tells the same. */
import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { FollowingHistory } from '../../src/journal/sqlite/history/following.ts'
import { JOURNAL_FILE, openStore } from '../../src/journal/sqlite/store.ts'
import type { Step } from '../../src/model/step.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { historyContract, type Kept } from './history-contract.ts'

/** `store` is called after each step, and may bring what was said into the tables. */
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
    following.apply({ ...step, text: texts.get(step.seq) ?? null })
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

historyContract('following, with nothing stored', () => followed(() => {}))
historyContract('following, with everything stored', () => followed(flush => flush()))
historyContract('following, with some of it stored', () => followed((flush, seq) => void (seq % 3 === 0 && flush())))
