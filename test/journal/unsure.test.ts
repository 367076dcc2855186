/** Journals that do not know the outcome of an append at once, as a replicated log may be. */

import type { Journal } from '../../src/port/journal.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { troubledJournal } from '../helpers/troubled-journal.ts'
import { virtualClock } from '../helpers/virtual-clock.ts'
import { Disk } from '../simulation/disk.ts'
import { Process } from '../simulation/process.ts'
import { outcomeContract } from './outcome-contract.ts'

outcomeContract('a troubled journal', () => {
  const journal = troubledJournal()
  let known = Promise.withResolvers<void>()
  let isLost = false
  const pass = (): Promise<void> => new Promise(setImmediate)
  return {
    journal,
    doubt(fate) {
      known = Promise.withResolvers<void>()
      isLost = fate === 'never'
      journal.held = fate === 'quiet' ? Promise.resolve() : known.promise
      journal.acknowledged = fate === 'quiet' ? known.promise : Promise.resolve()
    },
    wait: pass,
    async know() {
      if (isLost) known.reject(new Error('lost'))
      else known.resolve()
      await pass()
      journal.held = Promise.resolve()
    },
  }
})

outcomeContract("the simulator's journal", () => {
  const [clock, disk] = [virtualClock(), new Disk()]
  disk.doubt = 5000
  const { journal: inner } = disk.mount(new Process('p', 'here', clock))
  return {
    // Reading takes time.
    journal: Object.assign(Object.create(inner) as Journal, {
      async *read(seq: number) {
        const entries = entriesIn(inner, seq)
        await clock.advance(1000)
        yield await entries
      },
    }),
    doubt(fate) {
      disk.fate = fate
    },
    wait: () => clock.advance(500),
    async know() {
      disk.fate = 'sure'
      await clock.advance(5000)
    },
  }
})
