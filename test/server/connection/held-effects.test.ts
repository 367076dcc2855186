import { expect, test } from 'vitest'
import { REQUESTS_HELD_BYTES } from '../../../src/model/limits.ts'
import type { ConnectionContext } from '../../../src/server/connection/context.ts'
import { HeldEffects } from '../../../src/server/connection/effects/held-effects.ts'
import type { Effect } from '../../../src/server/connection/state.ts'
import { virtualClock } from '../../helpers/virtual-clock.ts'

const reply = (text: string): Effect => ({ type: 'reply', text })

test('[L1] the effects that wait behind a request are bounded, and the end of the connection still comes', () => {
  const attempted: Effect[] = []
  let overflows = 0
  const link = {
    giveUp(code: string): void {
      expect(code).toBe('flooding')
      overflows++
    },
  }
  const attempt = (effect: Effect): void => void attempted.push(effect)
  const held = new HeldEffects({ link, server: { clock: virtualClock() }, attempt } as unknown as ConnectionContext)
  expect(held.holds(reply('free'))).toBe(false)
  held.hold()
  const text = 'x'.repeat(8000)
  for (let bytes = 0; bytes < 2 * REQUESTS_HELD_BYTES; bytes += 8000) expect(held.holds(reply(text))).toBe(true)
  expect(held.holds({ type: 'lost', session: null })).toBe(true)
  expect(overflows).toBe(1)
  held.release(() => attempted.push(reply('first')))
  expect(attempted[0]).toEqual(reply('first'))
  expect(attempted.at(-1)).toEqual({ type: 'lost', session: null })
  expect(attempted.length * 8000).toBeLessThan(REQUESTS_HELD_BYTES)
  held.hold()
  expect(held.holds(reply('again'))).toBe(true)
  expect(overflows).toBe(1)
})
