/** The room as the journal tells it: all of it or an error, never a room that lacks what is no longer there. */
import { expect, test } from 'vitest'
import { DataError } from '../../../src/journal/data-error.ts'
import { memoryJournal } from '../../../src/journal/memory.ts'
import { memoryHistory } from '../../../src/journal/memory-history.ts'
import type { Journal } from '../../../src/port/journal.ts'
import { recover } from '../../../src/server/commit/recover.ts'
import { enters, says } from '../../helpers/drafts.ts'

/** Three who enter, one after another, and what another version of rxchat kept after the second. */
async function written(): Promise<Journal> {
  const journal = memoryJournal('epoch')
  await journal.append([enters('alice'), enters('bob'), says('bob', 'hi')])
  await journal.keep({ seq: 2, state: JSON.stringify({ version: 0 }) })
  return journal
}

const never = (): never => {
  throw new Error('nothing here is poisonous')
}

test('a state that another version kept is passed over: every input is folded again [J7]', async () => {
  const journal = await written()
  expect(
    [
      ...recover(
        journal,
        memoryHistory(() => null),
        never,
      ).members.values(),
    ].map(({ name }) => name.text),
  ).toEqual(['alice', 'bob'])
})

test.each([
  ['some of them', 2],
  ['all of them', 3],
])('where %s are forgotten, that state is all there is of them, and the start says so [J7]', async (_, upTo) => {
  const journal = await written()
  if (upTo === 3) await journal.keep({ seq: 3, state: JSON.stringify({ version: 0 }) })
  await journal.forget(upTo)
  expect(() =>
    recover(
      journal,
      memoryHistory(() => null),
      never,
    ),
  ).toThrow(DataError)
  expect(() =>
    recover(
      journal,
      memoryHistory(() => null),
      never,
    ),
  ).toThrow(/no input 1 any more.*Start the version that kept it\./)
})
