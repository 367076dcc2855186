import { expect, test } from 'vitest'
import { secondsOf } from '../../../src/web/parts/keeping/times.ts'
import { countdown } from '../../../src/web/text/countdown.ts'

test.each([
  [1, '1 s'],
  [9001, '10 s'],
  [59_001, '1:00'],
  [245_000, '4:05'],
  [3_599_999, '60:00'],
  [3_600_000, '1 h'],
  [7_200_001, '3 h'],
  [-5, '1 s'],
])('[G22] %i milliseconds are left: %s', (ms, words) => {
  expect(countdown(ms)).toBe(words)
})

test('[G22] a time is chosen, or typed in the words of a command or of a person', () => {
  expect(secondsOf('600', 'anything')).toBe(600)
  expect(secondsOf('good', '')).toBeNull()
  for (const [typed, seconds] of [
    ['30m', 1800],
    [' 30 min ', 1800],
    ['2h', 7200],
    ['7d', 604_800],
    ['soon', undefined],
    ['', undefined],
    ['0s', undefined],
    ['-2h', undefined],
  ] as const)
    expect([typed, secondsOf('other', typed)]).toEqual([typed, seconds])
})
