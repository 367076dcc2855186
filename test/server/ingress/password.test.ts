/** The server's password, in every protocol: its answers, the cost of a guess, and the places that don't keep it. */
import { describe, expect, test } from 'vitest'
import {
  LAPSED_MS,
  PASSWORD_ADDRESSES_MAX,
  PASSWORD_FREE_TRIES,
  PASSWORD_MEMORY_MS,
  PASSWORD_WAIT_MAX_MS,
  SNIFF_CLASSIC_MS,
  SNIFF_NOTHING_MS,
} from '../../../src/model/limits.ts'
import { passwordGate } from '../../../src/server/ingress/password-gate.ts'
import { classic, line, native, object, typesOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { entriesIn } from '../../helpers/recorded.ts'

const password = 'open sesame'
const hello = (more: object = {}): string => object({ type: 'hello', name: 'alice', ...more })

describe('[S7] with a password', () => {
  test('a native client gives it in hello, and may try again', async () => {
    const world = await openWorld({ password })
    const wire = world.dial()
    await wire.send(hello())
    await wire.send(hello({ password: 'sesame' }))
    expect(wire.objects()).toMatchObject([
      { type: 'rejected', code: 'password-needed' },
      { type: 'rejected', code: 'password-wrong' },
    ])
    await wire.send(hello({ password }))
    expect(typesOf(wire.objects()).slice(2)).toEqual(['welcome', 'room'])
  })

  test('a person is asked for it behind the name, and again behind the next name', async () => {
    const world = await openWorld({ password })
    const wire = world.dial()
    await world.clock.advance(SNIFF_NOTHING_MS)
    await wire.send('alice\n')
    await wire.send('sesame\n')
    expect(wire.text()).toMatch(/^Your name\? Password\? .*The password is wrong\..*\nYour name\? $/)
    await wire.send('alice\n')
    await wire.send(`${password}\r\n`)
    expect(wire.text()).toContain('Welcome, alice.')
  })

  test('a pipe sends it as its second line, with any first character', async () => {
    const world = await openWorld({ password: '{"}' })
    const wire = world.dial()
    await wire.send('alice\n{"}\nhello everyone\n')
    expect(wire.text()).not.toContain('Password?')
    expect(wire.text()).toContain('Welcome, alice.')
    expect(world.steps.some(({ text }) => text === 'hello everyone')).toBe(true)
  })

  test('telnet is told to hide it, and to show what follows', async () => {
    const world = await openWorld({ password })
    const wire = world.dial()
    await wire.send(Buffer.concat([Buffer.of(0xff, 0xfd, 3), Buffer.from('alice\r\n')]))
    const asked = Buffer.concat([Buffer.from('Password? '), Buffer.of(0xff, 0xfb, 1)])
    expect(wire.writes.at(-1)).toBe(asked.toString('utf8'))
    await wire.send(`${password}\r\n`)
    expect(wire.writes.some(text => text.startsWith(Buffer.of(0xff, 0xfc, 1).toString('utf8')))).toBe(true)
    expect(wire.text()).toContain('Welcome, alice.')
  })

  test('one of the original clients is refused, with a reason for who can read it', async () => {
    const world = await openWorld({ password })
    const wire = world.dial()
    await wire.send('alice')
    await world.clock.advance(SNIFF_CLASSIC_MS + 1000)
    expect(wire.writes[0]).toBe('NOT_UNIQUE')
    expect(wire.writes[1]).toMatch(/server > This server requires a password, which this protocol cannot send/)
    expect(wire.closed()).toBe(true)
    expect(world.state().members.size).toBe(0)
  })

  test('a wrong one tells nothing of names, nor of a server that is full', async () => {
    const world = await openWorld({ password, maxClients: 1 })
    await native(world, 'alice', { password })
    const answers: string[] = []
    for (const name of ['alice', 'nobody']) {
      const wire = world.dial('192.0.2.9')
      await wire.send(object({ type: 'hello', name, password: 'guess' }))
      answers.push(wire.text())
    }
    expect(answers[0]).toBe(answers[1])
    expect(answers[0]).toContain('password-wrong')
  })

  test('a client with the token of a session needs none; an unknown token is no way in', async () => {
    const world = await openWorld({ password })
    const token = 'x'.repeat(32)
    const first = await native(world, 'alice', { password, token })
    first.peer.vanish()
    await world.clock.settle()
    const second = world.dial()
    await second.send(hello({ token }))
    expect(second.objects()[0]).toMatchObject({ type: 'welcome', resumed: true })
    const stranger = world.dial()
    await stranger.send(hello({ name: 'mallory', token: 'y'.repeat(32) }))
    expect(stranger.objects()).toMatchObject([{ type: 'rejected', code: 'password-needed' }])
  })

  test('it is in no input, no note and nothing that anybody is told', async () => {
    const world = await openWorld({ password })
    const notes: unknown[] = []
    world.server.noted$.subscribe(note => notes.push(note))
    const people = [await native(world, 'alice', { password }), world.dial(), world.dial()]
    await people[1]?.send(`bob\n${password}\n`)
    await people[2]?.send(`carol\n${password}!\n`)
    expect(JSON.stringify(await entriesIn(world.journal))).not.toContain('sesame')
    expect(JSON.stringify(notes)).not.toContain('sesame')
    for (const { text } of people) expect(text()).not.toContain('sesame')
  })

  test('without one, what is given is passed over', async () => {
    const world = await openWorld()
    const alice = await native(world, 'alice', { password: 'whatever' })
    expect(typesOf(alice.objects())).toEqual(['welcome', 'room'])
    expect((await line(world, 'bob')).text()).toContain('Welcome, bob')
    expect((await classic(world, 'carol')).writes[0]).toBe('OK')
  })
})

describe('[S7] a token goes without the password', () => {
  const asked = { token: 't'.repeat(32) }

  test('as long as its session is live, or has lapsed and its time is not over', async () => {
    const world = await openWorld({ password, grace: 1000 })
    const first = await native(world, 'Mr.Blue', { ...asked, password })
    first.peer.vanish()
    await world.clock.settle()
    expect((await native(world, 'Mr.Blue', asked)).objects()[0]).toMatchObject({ type: 'welcome', resumed: true })
    world.server.renewPassword('another')
    await world.clock.advance(60_000)
    const lapsed = await native(world, 'Mr.Blue', asked)
    expect(lapsed.objects()[0]).toMatchObject({ type: 'welcome', returned: true })
  })

  test('and not if it ends in the same turn: nobody enters instead of it', async () => {
    const world = await openWorld({ password })
    const first = await native(world, 'Mr.Blue', { ...asked, password })
    const second = world.dial()
    first.peer.send(Buffer.from(object({ type: 'bye' })))
    await second.send(object({ type: 'hello', name: 'mallory', ...asked }))
    expect(second.objects()).toMatchObject([{ type: 'rejected', code: 'session-unknown' }])
    expect(world.state().sessions.size).toBe(0)
  })

  test('and not after its week', async () => {
    const world = await openWorld({ password, grace: 1000 })
    const first = await native(world, 'Mr.Blue', { ...asked, password })
    first.peer.vanish()
    await world.clock.advance(2000)
    await world.clock.advance(LAPSED_MS - 500)
    const late = await native(world, 'Mr.Blue', asked)
    expect(late.objects()).toMatchObject([{ type: 'rejected', code: 'password-needed' }])
    await late.send(object({ type: 'hello', name: 'Mr.Blue', ...asked, password }))
    expect(late.objects()[1]).toMatchObject({ type: 'welcome' })
  })

  test('[S11] another password holds for all who come from then on', async () => {
    const world = await openWorld({ password })
    const alice = await native(world, 'alice', { password })
    world.server.renewPassword('another')
    const bob = await native(world, 'bob', { password })
    expect(bob.objects()).toMatchObject([{ type: 'rejected', code: 'password-wrong' }])
    await bob.send(object({ type: 'hello', name: 'bob', password: 'another' }))
    expect(bob.objects()[1]).toMatchObject({ type: 'welcome' })
    expect(alice.closed()).toBe(false)
  })
})

describe('[S8] guessing', () => {
  const counted = () => {
    const digested: string[] = []
    const digest = (text: string): Uint8Array => {
      digested.push(text)
      return Buffer.from(text.padEnd(64, '.').slice(0, 64))
    }
    return { gate: passwordGate('right', digest).pass, digested }
  }

  test('costs one hash each, at any length, and a comparison of hashes', () => {
    const { gate, digested } = counted()
    digested.length = 0
    for (const guess of ['', 'r', 'right', 'right!', 'x'.repeat(1000)]) gate('a', guess, 0)
    expect(digested).toHaveLength(5)
  })

  test('is slowed for its address alone, longer each time, and the right one has to wait too', () => {
    const { gate } = counted()
    let now = 0
    for (let k = 0; k < PASSWORD_FREE_TRIES; k++) expect(gate('a', 'x', now)?.code).toBe('password-wrong')
    const waits: number[] = []
    for (let k = 0; k < 10; k++) {
      const refused = gate('a', 'right', now)
      expect(refused?.code).toBe('password-wait')
      const wait = Number(refused?.detail) * 1000
      waits.push(wait)
      expect(gate('a', 'x', now + wait - 1)?.code).toBe('password-wait')
      now += wait
      expect(gate('a', 'x', now)?.code).toBe('password-wrong')
    }
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000])
    expect(Math.max(...waits)).toBe(PASSWORD_WAIT_MAX_MS)
    expect(gate('b', 'right', now)).toBeNull()
    expect(gate('a', 'right', now + PASSWORD_WAIT_MAX_MS)).toBeNull()
    expect(gate('a', 'x', now + PASSWORD_MEMORY_MS)?.code, 'forgotten').toBe('password-wrong')
    expect(gate('a', 'right', now + PASSWORD_MEMORY_MS)).toBeNull()
  })

  test('none counts as no guess', () => {
    const { gate } = counted()
    for (let k = 0; k < 100; k++) expect(gate('a', null, 0)?.code).toBe('password-needed')
    expect(gate('a', 'right', 0)).toBeNull()
  })

  test('from the addresses of one household of IPv6 is from one', () => {
    const { gate } = counted()
    for (let k = 0; k < PASSWORD_FREE_TRIES; k++) gate(`2001:db8:0:1::${k}`, 'x', 0)
    expect(gate('2001:db8:0:1:ffff::1', 'right', 0)?.code).toBe('password-wait')
    expect(gate('2001:db8:0:2::1', 'right', 0)).toBeNull()
  })

  test('from ever more addresses is remembered of the latest only', () => {
    const { gate } = counted()
    for (let k = 0; k < PASSWORD_FREE_TRIES; k++) gate('first', 'x', 0)
    for (let k = 0; k < PASSWORD_ADDRESSES_MAX; k++) gate(`${k}`, 'x', 0)
    expect(gate('first', 'right', 0)).toBeNull()
  })
})
