/** The bounds of one address, over all its sessions and protocols, and the result of a flood. */
import { describe, expect, test } from 'vitest'
import {
  ADDRESS_BURST_TIMES,
  ADDRESS_RATE_TIMES,
  NOISE_BURST,
  RATE_BURST,
  RATE_PER_SECOND,
  ROOMS_PER_ADDRESS,
  TEXT_MAX_LINES,
} from '../../../src/model/limits.ts'
import { Admission } from '../../../src/server/ingress/bounds/admission.ts'
import { networkOf } from '../../../src/transport/network.ts'
import { classic, line, native, newObjects, object, say, textsOf } from '../../helpers/actors.ts'
import { cast } from '../../helpers/cast.ts'
import { device, owner } from '../../helpers/devices.ts'
import { openWorld } from '../../helpers/open-world.ts'
import type { World } from '../../helpers/world.ts'

const BURST = ADDRESS_BURST_TIMES * RATE_BURST
const hello = (name: string, more: object = {}): string => object({ type: 'hello', name, ...more })

describe('an address', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::ffff:c000:207', '192.0.2.7'],
    ['2001:db8::7', '2001:db8::/64'],
    ['2001:DB8:0:0:ffff::1', '2001:db8::/64'],
    ['2001:0db8::', '2001:db8::/64'],
    ['2001:db8:0:1::', '2001:db8:0:1::/64'],
    ['fe80::1%eth0', 'fe80::/64'],
    ['::1', '::/64'],
    ['', ''],
  ])('[L3] of IPv6 is its first 64 bits: %s', (address, network) => expect(networkOf(address)).toBe(network))

  test('[L3] of IPv6 has one bound with its neighbours: members, those away, handshakes and visitors', () => {
    const admission = new Admission({ clients: 99, perAddress: 2, handshakesPerAddress: 1, visitorsPerAddress: 1 })
    const dropped: string[] = []
    for (const way of ['knock', 'visit'] as const) {
      for (const last of ['1', '2']) {
        admission[way](`2001:db8::${last}`, {}, () => dropped.push(`${way} ${last}`))
        admission[way](`2001:db8:0:${last}::1`, {}, () => dropped.push('another network'))
      }
    }
    expect(dropped).toEqual(['knock 1', 'visit 1'])
    expect(['1', '2', '3'].map(last => admission.enter(`2001:db8::${last}`, false)?.code)).toEqual([
      ...[undefined, undefined, 'too-many-from-address'],
    ])
    admission.leave('2001:db8::1')
    expect(admission.enter('2001:db8::4', false)).toBeNull()
  })
})

/** Sessions of one address, one after another. Each says as much as it may and leaves. Returns how many got in. */
async function churn(world: World, sessions: number, address: string): Promise<number> {
  let entered = 0
  for (let k = 0; k < sessions; k++) {
    const wire = world.dial(address)
    await wire.send(`${hello(`s${k}`, { history: 0 })}${say('spam').repeat(RATE_BURST - 2)}${object({ type: 'bye' })}`)
    if (wire.objects().some(({ type }) => type === 'welcome')) entered++
  }
  return entered
}

describe('the rate of an address', () => {
  test('[L4] is that of all its sessions together: to come back is no new allowance', async () => {
    const world = await openWorld()
    const watch = await native(world, 'a|b')
    world.clock.advance(0)
    const asked = BURST / (RATE_BURST - 1)
    expect(await churn(world, 3 * asked, '2001:db8::1')).toBeLessThanOrEqual(asked + 1)
    expect(textsOf(watch).length).toBeLessThanOrEqual(BURST)
    const other = world.dial('2001:db8:0:1::1')
    await other.send(hello('other'))
    expect(newObjects(other)[0]).toMatchObject({ type: 'welcome' })
    const refused = world.dial('2001:db8::2')
    await refused.send(hello('refused'))
    expect(newObjects(refused)).toMatchObject([{ type: 'rejected', code: 'address-too-fast', retry: true }])
    await world.clock.advance(1000)
    expect(await churn(world, 100, '2001:db8::2')).toBeLessThanOrEqual(
      (ADDRESS_RATE_TIMES * RATE_PER_SECOND) / (RATE_BURST - 1) + 1,
    )
  })

  test('[L4] lets everybody leave', async () => {
    const world = await openWorld()
    const last = await native(world, 'Spider-Man')
    await churn(world, (2 * BURST) / RATE_BURST, '192.0.2.1')
    await last.send(say('late', { n: 1 }))
    expect(newObjects(last).at(-1)).toMatchObject({ type: 'rejected', n: 1, code: 'slow-down' })
    await last.send(object({ type: 'bye', n: 2 }))
    expect(last.objects().at(-1)).toMatchObject({ type: 'closed', code: 'bye' })
    expect(world.state().members.size).toBe(0)
  })

  test.each([
    ['--rate off', { rate: null }, '192.0.2.1'],
    ['--per-address off', { perAddress: null }, '192.0.2.1'],
    ['a trusted proxy', { trusts: (address: string) => address === '10.0.0.1' }, '10.0.0.1'],
  ])('[L4] is none with %s', async (_, options, address) => {
    const world = await openWorld(options)
    const sessions = Math.ceil((1.2 * BURST) / (RATE_BURST - 1))
    expect(await churn(world, sessions, address)).toBe(sessions)
  })
})

describe('the rooms of an address', () => {
  const make = async (world: World, count: number, address?: string): Promise<readonly unknown[]> => {
    const codes: unknown[] = []
    for (let k = 0; codes.length < count; k++) {
      const wire = world.dial(address)
      await wire.send(hello(`h${k}-${address}`))
      for (let r = 0; r < 31 && codes.length < count; r++) {
        await wire.send(object({ type: 'join', room: `${address}-${k}-${r}`, n: r + 1 }))
        await world.clock.advance(100)
        const answer = newObjects(wire).findLast(({ n }) => n === r + 1)
        codes.push(answer?.['code'] ?? answer?.['type'])
      }
    }
    return codes
  }

  test('[L5] are so many, in however many sessions; others may go on', async () => {
    const world = await openWorld()
    const codes = await make(world, ROOMS_PER_ADDRESS + 2, '192.0.2.1')
    expect(codes.filter(code => code === 'ok')).toHaveLength(ROOMS_PER_ADDRESS)
    expect(codes.slice(-2)).toEqual(['rooms-of-address', 'rooms-of-address'])
    const more = world.dial('192.0.2.1')
    await more.send(hello('more', { room: 'one-more' }))
    expect(newObjects(more)).toMatchObject([{ type: 'rejected', code: 'rooms-of-address' }])
    await more.send(hello('more', { room: '192.0.2.1-0-0' }))
    expect(newObjects(more)[0]).toMatchObject({ type: 'welcome' })
    const other = world.dial('192.0.2.2')
    await other.send(hello('other', { room: 'mine' }))
    expect(newObjects(other)[0]).toMatchObject({ type: 'welcome' })
  })

  test('[L5] count no more when they are gone, and those of one packet count at once', async () => {
    const world = await openWorld({ perAddress: 256, rate: { perSecond: 1000, burst: 4000 } })
    const wires = await Promise.all(
      Array.from({ length: 5 }, async (_, k) => {
        const wire = world.dial()
        await wire.send(hello(`w${k}`))
        return wire
      }),
    )
    for (const [k, wire] of wires.entries()) {
      const joins = Array.from({ length: 31 }, (_, r) => object({ type: 'join', room: `r${k}-${r}` }))
      wire.peer.send(Buffer.from(joins.join('')))
    }
    await world.clock.settle()
    expect(world.state().rooms.size).toBe(ROOMS_PER_ADDRESS + 1)
    await wires[0]?.send(object({ type: 'bye' }))
    await wires[4]?.send(object({ type: 'join', room: 'again' }))
    expect(world.state().rooms.has('again')).toBe(true)
  })

  test('[L5] count for one that returns after its grace, too', async () => {
    const world = await openWorld({ grace: 1000, rate: { perSecond: 1000, burst: 4000 } })
    const token = 't'.repeat(32)
    const away = world.dial()
    await away.send(hello('away', { token }))
    for (let r = 0; r < 20; r++) await away.send(object({ type: 'join', room: `away-${r}` }))
    away.peer.vanish()
    await world.clock.advance(2000)
    expect(world.state().rooms.size).toBe(1)
    for (let k = 0; k < 4; k++) {
      const wire = world.dial()
      await wire.send(hello(`w${k}`))
      for (let r = 0; r < 31; r++) await wire.send(object({ type: 'join', room: `r${k}-${r}` }))
    }
    const back = world.dial()
    await back.send(hello('away', { token, cursor: 1, epoch: 'epoch' }))
    expect(newObjects(back)).toMatchObject([{ type: 'rejected', code: 'rooms-of-address' }])
  })
})

describe('[L5] the own rooms of an account', () => {
  test('count for no address: others there do not keep its owner out', async () => {
    const world = await openWorld({ grace: 1000, rate: { perSecond: 1000, burst: 4000 } })
    const token = 't'.repeat(32)
    const guest = await native(world, 'guest')
    const desk = await owner(world, 'Spider-Man', { token })
    for (const wire of [guest, desk]) await wire.send(object({ type: 'join', room: 'tea' }))
    for (const wire of [guest, desk]) wire.peer.vanish()
    await world.clock.advance(2000)
    expect(world.state().rooms.has('tea')).toBe(false)
    for (let k = 0; k < 5; k++) {
      const wire = await native(world, `w${k}`)
      for (let r = 0; r < 31; r++) await wire.send(object({ type: 'join', room: `r${k}-${r}` }))
    }
    const phone = await device(world, 'Spider-Man')
    expect(newObjects(phone)[0]).toMatchObject({ type: 'welcome', account: true })
    expect(world.state().rooms.has('tea')).toBe(true)
    await phone.send(object({ type: 'bye' }))
    const back = world.dial()
    await back.send(hello('Spider-Man', { token, cursor: 1, epoch: 'epoch' }))
    expect(newObjects(back)[0]).toMatchObject({ type: 'welcome', returned: true })
    const more = await device(world, 'Spider-Man', { room: 'one-more' })
    expect(newObjects(more)).toMatchObject([{ type: 'rejected', code: 'rooms-of-address' }])
  })
})

describe('a line that asks nothing', () => {
  test.each([
    ['blank lines', '\n', NOISE_BURST],
    ['lines of spaces', ' \t\r\n', NOISE_BURST],
    ['unasked pongs', object({ type: 'pong' }), NOISE_BURST],
  ])('[L6] is a flood all the same, and ends the connection: %s', async (_, noise, most) => {
    const world = await openWorld({ rate: null })
    const flood = await native(world, 'Mr.Blue')
    await flood.send(noise.repeat(most))
    expect(flood.closed()).toBe(false)
    await flood.send(noise)
    expect(newObjects(flood)).toMatchObject([{ type: 'closed', code: 'flooding' }])
    expect(flood.closed()).toBe(true)
  })

  test('[L6] is one before there is a name, and in line mode and classic', async () => {
    const world = await openWorld()
    const [nobody, person, old] = [world.dial(), await line(world, '[x]_^'), await classic(world, 'back\\slash')]
    await nobody.send('{}\n')
    for (const wire of [nobody, person, old]) await wire.send('\n'.repeat(NOISE_BURST + 1))
    await world.clock.advance(1000)
    expect([nobody, person, old].map(({ closed }) => closed())).toEqual([true, true, true])
  })

  test('[L6] may come now and then for ever', async () => {
    const world = await openWorld()
    const wire = await native(world, '田中')
    for (let k = 0; k < 50; k++) {
      await wire.send('\n'.repeat(NOISE_BURST / 10))
      await world.clock.advance(10_000)
    }
    expect(wire.closed()).toBe(false)
  })
})

describe('the lines of a message', () => {
  test('[L7] are so many; more are refused, with any line ends', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice')
    await alice.send(say('a\n'.repeat(TEXT_MAX_LINES - 1).concat('a'), { n: 1 }))
    expect(newObjects(alice).at(-1)).toMatchObject({ type: 'ok' })
    for (const [k, end] of ['\n', '\r\n', '\r', '\u2028', '\u0085'].entries()) {
      await world.clock.advance(10_000)
      await alice.send(say(`a${end}`.repeat(TEXT_MAX_LINES), { n: k + 2 }))
      expect(newObjects(alice).at(-1)).toMatchObject({
        code: 'text-too-long',
        message: expect.stringContaining('lines'),
      })
    }
  })

  test('[L7] cost their sender: no reader at an ordinary pace is let go for them', async () => {
    const world = await openWorld()
    const [alice, person, old] = [await native(world, 'alice'), await line(world, 'bob'), await classic(world, 'old')]
    const text = 'a\n'.repeat(TEXT_MAX_LINES - 1)
    let sent = 0
    for (let second = 0; second < 60; second++) {
      for (let k = 0; k < 10; k++) await alice.send(say(text, { n: ++sent }))
      await world.clock.advance(1000)
      await alice.send(object({ type: 'pong' }))
    }
    const said = alice.objects().filter(({ type }) => type === 'said').length
    expect(said).toBeGreaterThan(30)
    expect(said).toBeLessThan(70)
    expect([person.closed(), old.closed()]).toEqual([false, false])
    expect(person.lines().length).toBeGreaterThan(said * TEXT_MAX_LINES - TEXT_MAX_LINES)
  })
})

test('[L3] the cast may all come from one address', async () => {
  const world = await openWorld()
  for (const name of cast) await native(world, name)
  expect(world.state().members.size).toBe(cast.length)
})
