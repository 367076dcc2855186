import { BehaviorSubject } from 'rxjs'
import { expect, test } from 'vitest'
import { initialState } from '../../../src/model/state.ts'
import { tick$ } from '../../../src/server/jobs/ticks.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

const DAY_MS = 86_400_000

test('[R7] what is due in a month is waited for with an alarm that rings early, and without one a second', async () => {
  const clock = virtualClock()
  let alarms = 0
  const early = {
    ...clock,
    alarm(ms: number, ring: () => void) {
      alarms++
      return clock.alarm(Math.min(ms, 24 * DAY_MS), ring)
    },
  }
  let ticks = 0
  const state = { ...initialState, due: initialState.due.set('s1', clock.now() + 30 * DAY_MS) }
  const ticking = tick$(new BehaviorSubject(state), early).subscribe(() => ticks++)
  await clock.advance(30 * DAY_MS - 1)
  expect([ticks, alarms]).toEqual([0, 2])
  await clock.advance(1)
  expect(ticks).toBe(1)
  ticking.unsubscribe()
})
