import { describe, expect, test } from 'vitest'
import { REGISTRATION_ADDRESSES_MAX, REGISTRATIONS_MS } from '../../../../src/model/limits.ts'
import { Registrations } from '../../../../src/server/ingress/authentication/registrations.ts'

describe('[I6] nobody takes names by the thousand', () => {
  test('one network registers three accounts a day', () => {
    const registrations = new Registrations()
    const claims = ['2001:db8::1', '2001:db8::2', '2001:db8::3', '2001:db8::4'].map((one, k) =>
      registrations.claim(one, k),
    )
    expect(claims).toEqual([true, true, true, false])
    expect(registrations.claim('2001:db8:0:1::1', 5), 'another network').toBe(true)
    expect(registrations.claim('2001:db8::1', REGISTRATIONS_MS - 1)).toBe(false)
    expect(registrations.claim('2001:db8::1', REGISTRATIONS_MS), 'the first is a day old').toBe(true)
    expect(registrations.claim('2001:db8::1', REGISTRATIONS_MS)).toBe(false)
  })

  test('one that was refused does not count', () => {
    const registrations = new Registrations()
    for (const now of [1, 2, 3]) registrations.claim('192.0.2.1', now)
    registrations.release('192.0.2.1', 2)
    expect(registrations.claim('192.0.2.1', 4)).toBe(true)
    expect(registrations.claim('192.0.2.1', 5)).toBe(false)
  })

  test('of ever more networks the latest are remembered', () => {
    const registrations = new Registrations()
    for (const now of [1, 2, 3]) registrations.claim('192.0.2.1', now)
    for (let k = 0; k < REGISTRATION_ADDRESSES_MAX; k++) registrations.claim(`network ${k}`, 4)
    expect(registrations.claim('192.0.2.1', 5)).toBe(true)
  })
})
