import { afterEach, expect, test } from 'vitest'
import { calendar } from '../../../src/web/text/times.ts'

const ZONE = process.env['TZ']
afterEach(() => {
  if (ZONE === undefined) delete process.env['TZ']
  else process.env['TZ'] = ZONE
})

const NOON = Date.UTC(2026, 2, 29, 12)
const HOUR_MS = 3_600_000

test('[G12] hours are 12 or 24 as the locale has them, in the time and in what stands behind it alike', () => {
  process.env['TZ'] = 'UTC'
  const [us, gb] = [calendar(NOON, 'en-US'), calendar(NOON, 'en-GB')]
  const at = NOON + 2 * HOUR_MS
  expect(us.timeOf(at)).toMatch(/^2:00\sPM$/)
  expect(us.exactly(at)).toMatch(/2:00:00\sPM/)
  expect(us.hours).toBe(12)
  expect(gb.timeOf(at)).toBe('14:00')
  expect(gb.exactly(at)).toContain('14:00:00')
  expect(gb.hours).toBe(24)
  expect(gb.timeOf(NOON - 5 * HOUR_MS), 'a time of the same width').toBe('07:00')
})

test('[G12] a new zone and a new day are a new calendar', () => {
  process.env['TZ'] = 'UTC'
  const before = calendar(NOON, 'en-GB')
  expect(calendar(NOON + HOUR_MS, 'en-GB').key).toBe(before.key)
  expect(calendar(NOON + 12 * HOUR_MS, 'en-GB').key).not.toBe(before.key)
  process.env['TZ'] = 'Asia/Kathmandu'
  const there = calendar(NOON, 'en-GB')
  expect(there.key).not.toBe(before.key)
  expect(there.timeOf(NOON)).toBe('17:45')
})

test('[G12] days are called as they are called today, also where one has 23 or 25 hours', () => {
  process.env['TZ'] = 'Europe/Berlin'
  for (const [year, month, day] of [
    [2026, 2, 29],
    [2026, 9, 25],
    [2026, 5, 1],
  ] as const) {
    for (const hour of [0, 1, 2, 3, 12, 23]) {
      const now = new Date(year, month, day, hour, 30).getTime()
      const { dayName, dayOf } = calendar(now, 'en-GB')
      expect(dayName(now)).toBe('Today')
      expect(dayName(new Date(year, month, day - 1, 23, 59).getTime())).toBe('Yesterday')
      expect(dayName(new Date(year, month, day - 1, 0, 0).getTime())).toBe('Yesterday')
      const older = new Date(year, month, day - 2, 23, 59).getTime()
      expect(dayName(older)).toBe(dayOf(older))
    }
  }
})
