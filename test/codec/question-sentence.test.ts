/** Questions, votes and hands as sentences. */
import { expect, test } from 'vitest'
import { concludedText, countsText, namesText } from '../../src/codec/question-sentence.ts'
import type { ConcludedEvent } from '../../src/model/event.ts'

/** LEFT-TO-RIGHT MARK. */
const LRM = '\u200E'

test('a count stays behind its label, also if that is written from right to left', () => {
  expect(countsText(['soup', 'مطعم', 'a|b'], [2, 1, 0])).toBe(`soup 2, مطعم${LRM} 1, a|b 0`)
})

test('names stay in their order, also those that are written from right to left', () => {
  expect(namesText(['مريم', 'חנה', 'José', '田中'])).toBe(`مريم${LRM}, חנה${LRM}, José, 田中`)
})

test('the sentence about an end names the question, its asker and the choice', () => {
  const event: ConcludedEvent = {
    ...{ type: 'concluded', room: 'harbour', target: 42, kind: 'ask', choices: ['نعم', 'no'], asker: 'Spider-Man' },
    ...{ outcome: 'decided', choice: 0, by: 'a|b', id: 'm-2' },
  }
  expect(concludedText(event)).toBe(`a|b answered question 42 of Spider-Man in #harbour: نعم${LRM}.`)
})
