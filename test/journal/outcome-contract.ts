/** The contract of an append whose outcome is not known at once, run on each journal that can be made to do that. */
import { describe, expect, onTestFinished, test } from 'vitest'
import type { Entry } from '../../src/model/input.ts'
import type { Journal } from '../../src/port/journal.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { draft } from './contract.ts'

/** `late`: committed late. `quiet`: committed at once and acknowledged late. `never`: it turns out to be lost. */
export type Fate = 'late' | 'quiet' | 'never'

export type UnsureJournal = {
  readonly journal: Journal
  /** The fate of the next append. */
  readonly doubt: (fate: Fate) => void
  /** Goes on for a while, in which no outcome is known. */
  readonly wait: () => Promise<void>
  /** From now on the outcome is known, and that of later appends at once. */
  readonly know: () => Promise<void>
}

/** `open` gives a new, empty journal. */
export function outcomeContract(name: string, open: () => UnsureJournal | Promise<UnsureJournal>): void {
  async function opened() {
    const unsure = await open()
    const came: Entry[] = []
    unsure.journal.committed$.subscribe(entries => came.push(...entries))
    onTestFinished(() => unsure.journal.close())
    const ids = (entries: readonly Entry[]): string => entries.map(({ input }) => input.id).join('')
    /** Appends under this fate. `outcome`: the known result, and `cameFirst` the entries that had come by then. */
    async function append(fate: Fate, ...names: readonly string[]) {
      let known: 'unknown' | 'committed' | 'never' = 'unknown'
      let cameFirst = ''
      unsure.doubt(fate)
      unsure.journal.append(names.map(id => draft(id, id))).then(
        () => {
          known = 'committed'
          cameFirst = ids(came)
        },
        () => {
          known = 'never'
        },
      )
      await unsure.wait()
      return { outcome: () => known, cameFirst: () => cameFirst }
    }
    return { ...unsure, append, came: () => ids(came), stored: async () => ids(await entriesIn(unsure.journal)) }
  }

  describe(`${name}, as a journal that does not know at once [D2]`, () => {
    test('says neither that it is committed nor that it never will be, and then that it is', async () => {
      const { append, know, came, stored } = await opened()
      const { outcome } = await append('late', 'a', 'b')
      expect([outcome(), came()]).toEqual(['unknown', ''])
      await know()
      expect([outcome(), came(), await stored()]).toEqual(['committed', 'ab', 'ab'])
    })

    test('gives back what is committed before it says so', async () => {
      const { append, know, came, stored } = await opened()
      const { outcome, cameFirst } = await append('quiet', 'a', 'b')
      expect(outcome()).not.toBe('never')
      expect(came()).toBe('ab')
      await know()
      expect([outcome(), cameFirst(), came(), await stored()]).toEqual(['committed', 'ab', 'ab', 'ab'])
    })

    test('says never of what never comes back, and goes on', async () => {
      const { append, journal, know, came, stored } = await opened()
      const { outcome } = await append('never', 'a', 'b')
      expect([outcome(), came()]).toEqual(['unknown', ''])
      await know()
      expect(outcome()).toBe('never')
      const next = journal.append([draft('c')])
      await know()
      await next
      expect([came(), await stored()]).toEqual(['c', 'c'])
      expect((await entriesIn(journal)).map(({ seq }) => seq)).toEqual([1])
    })
  })
}
