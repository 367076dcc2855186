// Colours and severities of senders as one of seven circles.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { markOf } from '../../../src/server/hooks-in/colour.ts'

test('[HI2] a colour is the nearest circle, a name is what it means', () => {
  const seen = (...all: readonly (string | number)[]) => all.map(markOf).join('')
  expect(seen('#ff0000', '#a30200', '#e01e5a', 0xed4245, 'danger', 'CRITICAL', 'failure')).toBe('🔴'.repeat(7))
  expect(seen('#daa038', '#ff8800', 0xe67e22, 'warning', 'high')).toBe('🟠'.repeat(5))
  expect(seen('#ffff00', '#fee75c', 'minor')).toBe('🟡'.repeat(3))
  expect(seen('#2eb886', '36a64f', '#0f0', 0x57f287, 'good', 'resolved', 'success')).toBe('🟢'.repeat(7))
  expect(seen('#439fe0', '#00f', 0x3498db, 0x5865f2, 'info')).toBe('🔵'.repeat(5))
  expect(seen('#9b59b6', 0xff00ff, 'merged')).toBe('🟣'.repeat(3))
  expect(seen('#ffffff', '#111', 0x95a5a6, 'none')).toBe('⚪'.repeat(4))
  expect(['', 'sesame', '#12', 0, -1, 1.5, 0x1000000, null, undefined].map(markOf)).toEqual(Array(9).fill(null))
})

test('[HI2] every colour has a circle', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 0xffffff }), rgb => markOf(rgb) !== null))
})
