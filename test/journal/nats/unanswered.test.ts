/** When a node leaves its broker because nothing is answered there. */
import { expect, test } from 'vitest'
import { Unanswered } from '../../../src/journal/nats/unanswered.ts'
import { BROKER_DEAF_MS } from '../../../src/model/limits.ts'

function requests() {
  const times = { now: 0, changes: 0 }
  const unanswered = new Unanswered(
    () => times.now,
    () => {
      times.changes++
    },
  )
  const gaveUpAt = (now: number): number => {
    times.now = now
    unanswered.gaveUp()
    return times.changes
  }
  return { unanswered, gaveUpAt }
}

test('[R15] a node leaves a broker that answers nothing for BROKER_DEAF_MS, and the next one after as long', () => {
  const { gaveUpAt } = requests()
  expect(gaveUpAt(1000)).toBe(0)
  expect(gaveUpAt(1000 + BROKER_DEAF_MS - 1)).toBe(0)
  expect(gaveUpAt(1000 + BROKER_DEAF_MS)).toBe(1)
  expect(gaveUpAt(1001 + BROKER_DEAF_MS)).toBe(1)
  expect(gaveUpAt(1000 + 2 * BROKER_DEAF_MS)).toBe(2)
})

test('[R15] an answer keeps it there', () => {
  const { unanswered, gaveUpAt } = requests()
  gaveUpAt(0)
  unanswered.answered()
  expect(gaveUpAt(BROKER_DEAF_MS)).toBe(0)
  expect(gaveUpAt(2 * BROKER_DEAF_MS)).toBe(1)
})
