// The last lines of an output, as others see them while it grows.
import { expect, test } from 'vitest'
import { LIVE_TAIL_BYTES, LIVE_TAIL_CHARS } from '../../../src/model/limits.ts'
import { tailOf } from '../../../src/model/message/live-text.ts'

const tail = (output: string): string => {
  const bytes = new TextEncoder().encode(output)
  return tailOf(bytes.subarray(-LIVE_TAIL_BYTES), bytes.length <= LIVE_TAIL_BYTES)
}

test('[LV3] a line that is too long is cut, and does not hide the lines around it', () => {
  const long = 'x'.repeat(4000)
  expect(tail(`${long}\nnpm ERR! 田中\n`)).toBe(`…${'x'.repeat(LIVE_TAIL_CHARS - 13)}\nnpm ERR! 田中`)
  expect(tail(`begins\n${long}`)).toBe(`…${'x'.repeat(LIVE_TAIL_CHARS - 1)}`)
  expect(tail(`${'y'.repeat(9000)}\nends\n`)).toBe(`…${'y'.repeat(LIVE_TAIL_CHARS - 6)}\nends`)
  expect(tail(`${'y'.repeat(400)}\n${'z'.repeat(LIVE_TAIL_CHARS - 10)}`)).toBe('z'.repeat(LIVE_TAIL_CHARS - 10))
})

test('[LV3] nothing of a character that is cut is seen', () => {
  expect(tail('🦊'.repeat(2000))).toMatch(/^…(🦊)+$/u)
  expect(tail(`田${'🦊'.repeat(1030)}ab\nc`)).toMatch(/^…(🦊)+ab\nc$/u)
})

test('[LV3] lines that fit are whole', () => {
  expect(tail('one\ntwo\n\n')).toBe('one\ntwo')
  expect(tail('')).toBe('')
})
