/** A line that is typed and not shown. */
import { expect, test } from 'vitest'
import { hiddenInput, type TypedKey } from '../../../src/program/terminal/hidden-input.ts'

type Pressed = readonly [string | undefined, TypedKey]

const letters = (text: string): readonly Pressed[] => [...text].map(letter => [letter, { name: letter }])
const enter: Pressed = ['\r', { name: 'return' }]
const key = (name: string, ctrl = false): Pressed => [undefined, { name, ctrl }]

function type(...pressed: readonly Pressed[]): string | null | undefined {
  let answer: string | null | undefined
  const line = hiddenInput(given => {
    if (answer === undefined) answer = given
  })
  for (const [text, one] of pressed) line.press(text, one)
  return answer
}

test('[I14] a secret is what was typed until Enter, by whole characters', () => {
  expect(type(...letters('öffne 田👍'), key('backspace'), enter)).toBe('öffne 田')
  expect(type(...letters('wrong'), key('u', true), ...letters('right'), enter)).toBe('right')
  expect(type(...letters('not yet'))).toBeUndefined()
  expect(type(enter)).toBe('')
})

test('[I14] a pasted secret ends at its first line break; keys that write nothing are no part of it', () => {
  expect(type(['open says me\u{7}', {}], key('left'), key('a', true), enter, ...letters('more'), enter)).toBe(
    'open says me',
  )
})

test.each(['ctrl-c', 'ctrl-d', 'escape'])('[I14] %s gives up', name => {
  const [, letter] = name.split('-')
  expect(type(...letters('open'), key(letter ?? name, letter !== undefined))).toBeNull()
})
