/** The journal in memory: the contract, and the bound on its size. */
import { expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { draft, journalContract } from './contract.ts'

let count = 0
journalContract('the journal in memory', async () => memoryJournal(`epoch ${++count}`))

test('it keeps the latest entries, and never less than it is to keep', async () => {
  const journal = memoryJournal('epoch', 10)
  for (let batch = 0; batch < 30; batch++) {
    await journal.append([draft('a'), draft('b'), draft('c')])
    const kept = (await entriesIn(journal)).map(({ seq }) => seq)
    const last = (batch + 1) * 3
    expect(kept.at(-1)).toBe(last)
    expect(kept).toEqual(kept.map((_, k) => last - kept.length + 1 + k))
    expect(kept.length).toBeGreaterThanOrEqual(Math.min(last, 10))
    expect(kept.length).toBeLessThanOrEqual(20)
  }
  await journal.close()
})
