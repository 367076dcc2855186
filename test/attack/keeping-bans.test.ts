/** Ways around a ban: other spellings, protocols, sessions, addresses, moments. Each ends at the ban. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { GRACE_MS } from '../../src/model/limits.ts'
import { readTrusted } from '../../src/transport/trust.ts'
import { native, newObjects, object } from '../helpers/actors.ts'
import { apiAt } from '../helpers/api.ts'
import { cluster } from '../helpers/cluster.ts'
import { openHosting } from '../helpers/hosting.ts'
import { onBehalfOf } from '../helpers/proxy-header.ts'
import { dialNative } from '../helpers/sockets.ts'
import { troubledJournal } from '../helpers/troubled-journal.ts'
import { typedHost } from '../helpers/typed-host.ts'
import { call, handshake, text } from '../helpers/websocket.ts'
import type { Wire, World } from '../helpers/world.ts'
import {
  AWAY,
  ask,
  come,
  comeResumable,
  HOME,
  HOME_TOO,
  host,
  lastCode,
  names,
  namesIn,
  openSite,
  PASSWORD,
  PROTOCOLS,
  register,
  tokenOf,
} from './keeping.ts'

/** Other ways to write the name, which other people read as the same. */
const SPELLINGS = ['spider-man', 'SPIDER-MAN', 'Ｓｐｉｄｅｒ-Ｍａｎ', 'Spіdеr-Mаn', 'Spider-Маn', 'Spider‑Man']

describe('a guest that is banned by its name', () => {
  test.each(SPELLINGS)('is not let in as %s', async spelling => {
    const world = await openSite()
    const wire = await come(world, 'Spider-Man')
    await host(world, { type: 'ban', who: 'Spider-Man', reason: null })
    expect(wire.closed()).toBe(true)
    const back = await come(world, spelling)
    expect(['banned', 'name-characters']).toContain(lastCode(back))
    // Nor does somebody take the name who is here under another one.
    const other = await come(world, 'a_b')
    await ask(other, { type: 'nick', name: spelling })
    expect(names(world)).toEqual(['a_b'])
  })

  test.each(Object.entries(PROTOCOLS))('is not let in by %s', async (_, enter) => {
    const world = await openSite()
    await host(world, { type: 'ban', who: 'Spider-Man', for: 600, reason: 'flooding' })
    expect(await enter(world, 'Spider-Man', AWAY)).toBe(false)
    expect(await enter(world, 'a_b', AWAY)).toBe(true)
    expect(names(world)).toEqual(['a_b'])
  })

  test('is found by the name that it had when the ban was typed, although it took another one meanwhile', async () => {
    const journal = troubledJournal()
    const world = await openSite({}, journal)
    const wire = await comeResumable(world, 'Spider-Man')
    const gate = Promise.withResolvers<void>()
    journal.held = gate.promise
    await wire.send(object({ type: 'nick', name: 'ЗОЯ' }))
    world.server.host({ type: 'ban', who: 'Spider-Man', reason: null })
    gate.resolve()
    await world.clock.settle()
    await world.clock.settle()
    expect(names(world)).toEqual([])
    expect(lastCode(await come(world, 'ЗОЯ', { token: tokenOf('Spider-Man') }))).toBe('banned')
  })

  test('that entered in the same commit is thrown out, and one that comes after it is refused', async () => {
    for (const isFirst of [true, false]) {
      const journal = troubledJournal()
      const world = await openSite({}, journal)
      const gate = Promise.withResolvers<void>()
      journal.held = gate.promise
      await host(world, { type: 'say', room: 'lobby', text: 'hello', action: false })
      const ban = (): unknown => world.server.host({ type: 'ban', who: 'Spider-Man', reason: null })
      if (!isFirst) ban()
      const wire = await come(world, 'Spider-Man')
      if (isFirst) ban()
      gate.resolve()
      await world.clock.settle()
      await world.clock.settle()
      expect([names(world), lastCode(wire)]).toEqual([[], 'banned'])
    }
  })

  test.each(['live', 'detached', 'lapsed'])(
    'does not resume its session, which was %s, in the same commit or later',
    async how => {
      for (const isFirst of [true, false]) {
        const journal = troubledJournal()
        const world = await openSite({}, journal)
        const wire = await comeResumable(world, 'Spider-Man')
        if (how !== 'live') wire.peer.vanish()
        await world.clock.settle()
        if (how === 'lapsed') await world.clock.advance(GRACE_MS)
        const gate = Promise.withResolvers<void>()
        journal.held = gate.promise
        await host(world, { type: 'say', room: 'lobby', text: 'hello', action: false })
        const ban = (): unknown => world.server.host({ type: 'ban', who: 'Spider-Man', reason: null })
        if (!isFirst) ban()
        const again = await come(world, 'Spider-Man', { token: tokenOf('Spider-Man') })
        if (isFirst) ban()
        gate.resolve()
        await world.clock.settle()
        await world.clock.settle()
        // A session that was known when it was asked for, and is gone by now, is not entered anew.
        expect(names(world)).toEqual([])
        expect(['banned', 'session-unknown']).toContain(lastCode(again))
        expect(world.state().tokens.size + world.state().lapsed.size).toBe(0)
      }
    },
  )

  test('is banned after a restart, by its name and by its token', async () => {
    const journal = memoryJournal('epoch')
    const first = await openSite({}, { ...journal, close: async () => {} })
    const wire = await comeResumable(first, 'Spider-Man')
    await host(first, { type: 'ban', who: 'Spider-Man', reason: null })
    expect(wire.closed()).toBe(true)
    await first.close()
    const world = await openSite({}, journal)
    for (const hello of [{}, { token: tokenOf('Spider-Man') }, { register: { password: PASSWORD } }]) {
      expect(lastCode(await come(world, 'Spider-Man', hello))).toBe('banned')
    }
    expect(names(world)).toEqual([])
  })

  test('is banned on every node, at whichever the ban was typed', async () => {
    const { clock, node } = cluster()
    const [north, south] = [await node('north'), await node('south')]
    const spider = await native(south, 'Spider-Man', { token: tokenOf('Spider-Man') })
    expect(north.server.host({ type: 'ban', who: 'Spider-Man', reason: null })).toBeNull()
    await clock.advance(20)
    expect([names(north), names(south), spider.closed()]).toEqual([[], [], true])
    for (const world of [north, south]) {
      const back = await come(world, 'SPIDER-MAN', { token: tokenOf('Spider-Man') })
      await clock.advance(20)
      expect(lastCode(back)).toBe('banned')
    }
  })
})

describe('an account that is banned', () => {
  async function banned(world: World): Promise<Wire> {
    const wire = await register(world, 'Mr.Blue')
    await ask(wire, { type: 'keep', n: 1, secret: 'k'.repeat(43) })
    await host(world, { type: 'ban', who: 'Mr.Blue', reason: null })
    return wire
  }
  const WAYS: Readonly<Record<string, object>> = {
    'its password': { account: { password: PASSWORD } },
    'its kept sign-in': { account: { kept: 'k'.repeat(43) } },
    'its token': { token: tokenOf('Mr.Blue') },
    'its token and its password': { token: tokenOf('Mr.Blue'), account: { password: PASSWORD } },
    'a room': { account: { password: PASSWORD }, room: 'elsewhere' },
    'a new account of the name': { register: { password: PASSWORD } },
  }

  test.each(Object.entries(WAYS))('does not enter with %s', async (_, hello) => {
    const world = await openSite()
    expect((await banned(world)).closed()).toBe(true)
    const back = await come(world, 'Mr.Blue', hello, HOME)
    expect(['banned', 'name-registered']).toContain(lastCode(back))
    expect(names(world)).toEqual([])
  })

  test('does not log in from a guest, and all its sessions end, here and away', async () => {
    const world = await openSite()
    const here = await register(world, 'Mr.Blue')
    const second = await come(world, 'Mr.Blue', { account: { password: PASSWORD }, token: tokenOf('second') }, HOME)
    const third = await come(world, 'Mr.Blue', { account: { password: PASSWORD }, token: tokenOf('third') })
    third.peer.vanish()
    await world.clock.settle()
    await host(world, { type: 'ban', who: 'mr.blue', reason: null })
    expect([here.closed(), second.closed(), names(world)]).toEqual([true, true, []])
    expect(world.state().tokens.size).toBe(0)
    const guest = await come(world, 'a_b')
    await guest.send(object({ type: 'login', n: 1, name: 'Mr.Blue', account: { password: PASSWORD } }))
    await world.clock.settle()
    expect(lastCode(guest)).toBe('banned')
    expect(names(world)).not.toContain('Mr.Blue')
  })

  test('is banned under the name that the host gives it, too, and nobody gets the former one', async () => {
    const world = await openSite()
    await banned(world)
    const { type } = typedHost(world.server, world.clock.now)
    type('ACCOUNT RENAME Mr.Blue Mr.Green')
    await world.clock.settle()
    expect([...world.state().accounts.values()].map(({ name }) => name.text)).toEqual(['Mr.Green'])
    expect(lastCode(await come(world, 'Mr.Green', { account: { password: PASSWORD } }))).toBe('banned')
    expect(lastCode(await come(world, 'Mr.Blue'))).not.toBeNull()
    expect(names(world)).toEqual([])
  })

  test('does not count its unread messages over HTTP either', async () => {
    const { server, port, host: at } = await openHosting()
    const { ask: get } = await apiAt(at)
    const wired = await dialNative(port, 'Mr.Blue')
    wired.send(object({ type: 'register', n: 1, password: PASSWORD }))
    await wired.heard.has('"type":"ok"')
    const unread = () =>
      get('/api/unread', {
        headers: { authorization: `Basic ${Buffer.from(`Mr.Blue:${PASSWORD}`).toString('base64')}` },
      })
    expect((await unread()).status).toBe(200)
    expect(server.host({ type: 'ban', who: 'Mr.Blue', reason: 'flooding' })).toBeNull()
    await wired.heard.has('"code":"banned"')
    expect(await unread()).toMatchObject({ status: 403, body: { code: 'banned' } })
    expect(server.host({ type: 'unban', who: 'Mr.Blue' })).toBeNull()
    expect(server.host({ type: 'ban', net: '127.0.0.0/8', reason: null })).toBeNull()
    expect((await unread()).status).toBe(403)
  })
})

describe('somebody banned from a room', () => {
  const ROOM = 'ops'
  async function scene(world: World) {
    const founder = await register(world, 'مريم', { room: ROOM })
    const spider = await comeResumable(world, 'Spider-Man', { room: ROOM })
    await ask(spider, { type: 'join', room: 'lobby' })
    return { founder, spider }
  }

  test('does not join it under another name, nor at once with the ban', async () => {
    const world = await openSite()
    const { founder, spider } = await scene(world)
    await ask(founder, { type: 'ban', who: 'spider-man', room: ROOM, n: 1 })
    expect(await ask(spider, { type: 'join', room: ROOM })).toEqual(['banned-here'])
    expect(await ask(spider, { type: 'nick', name: 'ЗОЯ' }, { type: 'join', room: ROOM })).toEqual(['banned-here'])
    expect(await ask(spider, { type: 'say', room: ROOM, text: 'x' })).toEqual(['not-in-room'])
    expect(namesIn(world, ROOM)).toEqual(['مريم'])
  })

  test('does not come back to it with its session, under any name, whenever', async () => {
    for (const wait of [0, GRACE_MS]) {
      const world = await openSite()
      const { spider } = await scene(world)
      spider.peer.vanish()
      await world.clock.settle()
      await world.clock.advance(wait)
      await host(world, { type: 'ban', who: 'Spider-Man', room: ROOM, reason: null })
      const back = await come(world, 'ЗОЯ', { token: tokenOf('Spider-Man'), room: ROOM })
      expect(namesIn(world, ROOM)).toEqual(['مريم'])
      expect(names(world)).toHaveLength(2)
      expect(await ask(back, { type: 'join', room: ROOM })).toEqual(['banned-here'])
    }
  })

  test('does not enter by an invite for it, as a new account, by registering, or by another protocol', async () => {
    const world = await openSite()
    const { founder, spider } = await scene(world)
    await ask(
      founder,
      { type: 'invite', who: 'Spider-Man', room: ROOM, n: 1 },
      { type: 'ban', who: 'Spider-Man', room: ROOM, n: 2 },
    )
    const { type, secrets } = typedHost(world.server, world.clock.now)
    type(`INVITE --room ${ROOM}`)
    await world.clock.settle()
    const [invite] = /(?<=#invite=)[^&]+/.exec(secrets[0] ?? '') ?? []
    expect(invite).toBeDefined()
    expect(await ask(spider, { type: 'register', n: 1, password: PASSWORD }, { type: 'join', room: ROOM })).toContain(
      'banned-here',
    )
    await ask(spider, { type: 'bye' })
    const hellos = [
      { account: { password: PASSWORD }, room: ROOM },
      { account: { password: PASSWORD }, room: ROOM, invite },
    ]
    for (const hello of hellos) expect(lastCode(await come(world, 'Spider-Man', hello))).toBe('banned-here')
    expect(lastCode(await come(world, 'SPIDER-MAN', { invite, room: ROOM }))).not.toBeNull()
    // With its password it's let into the server, but not into that room.
    const back = await come(world, 'Spider-Man', { account: { password: PASSWORD } })
    expect(lastCode(back)).toBeNull()
    expect(namesIn(world, ROOM)).toEqual(['مريم'])
    expect(await ask(founder, { type: 'op', who: 'Spider-Man', room: ROOM, n: 3 })).toEqual(['banned-there'])
  })

  test('whose only room that was is on the server without it', async () => {
    const world = await openSite()
    const founder = await register(world, 'مريم', { room: ROOM })
    const blue = await register(world, 'Mr.Blue', { room: ROOM })
    await ask(blue, { type: 'bye' })
    await ask(founder, { type: 'ban', who: 'Mr.Blue', room: ROOM, n: 1 })
    const back = await come(world, 'Mr.Blue', { account: { password: PASSWORD } })
    expect(newObjects(back)[0]).toMatchObject({ type: 'welcome' })
    expect([names(world), namesIn(world, ROOM)]).toEqual([['Mr.Blue', 'مريم'], ['مريم']])
    expect(await ask(back, { type: 'join', room: 'lobby', n: 1 }, { type: 'say', text: 'hello', n: 2 })).toEqual([1, 2])
  })
})

describe('a banned network', () => {
  test('is the same in every way to write it, and by every protocol', async () => {
    const world = await openSite()
    await host(world, { type: 'ban', net: '198.51.100.7', reason: null })
    await host(world, { type: 'ban', net: HOME, reason: null })
    const addresses = ['198.51.100.7', '::ffff:198.51.100.7', '::ffff:c633:6407', HOME_TOO, '2001:0DB8:0BAD:0001::99']
    for (const [k, address] of addresses.entries()) {
      for (const enter of Object.values(PROTOCOLS)) {
        // So that a bound on handshakes and guesses of one address isn't the reason.
        expect(await enter(world, `eve${k}`, address)).toBe(false)
      }
    }
    expect(names(world)).toEqual([])
  })

  test('keeps out its accounts, by a password, a kept sign-in and a login, and their second session stays', async () => {
    const world = await openSite()
    const away = await register(world, 'Mr.Blue')
    await ask(away, { type: 'keep', n: 1, secret: 'k'.repeat(43) })
    const home = await come(world, 'Mr.Blue', { account: { password: PASSWORD }, token: tokenOf('home') }, HOME)
    await host(world, { type: 'ban', net: HOME, reason: null })
    expect([away.closed(), home.closed(), names(world)]).toEqual([false, true, ['Mr.Blue']])
    for (const hello of [
      { account: { password: PASSWORD } },
      { account: { kept: 'k'.repeat(43) } },
      { token: tokenOf('Mr.Blue') },
    ]) {
      expect(lastCode(await come(world, 'Mr.Blue', hello, HOME_TOO)), JSON.stringify(hello)).toBe('banned')
    }
    expect(await ask(away, { type: 'say', text: 'still here', n: 2 })).toEqual([2])
  })

  const proxy = '10.0.0.1'
  test('is not left by the word of an untrusted proxy', async () => {
    const world = await openSite({ trusts: readTrusted([proxy]) ?? (() => false) })
    await host(world, { type: 'ban', net: '203.0.113.0/24', reason: null })
    const liar = world.dial('203.0.113.7')
    await liar.send(Buffer.concat([onBehalfOf('198.51.100.7'), Buffer.from(object({ type: 'hello', name: 'eve' }))]))
    expect([liar.closed(), names(world)]).toEqual([true, []])
    const other = world.dial(proxy)
    await other.send(Buffer.concat([onBehalfOf('203.0.113.7'), Buffer.from('eve\n')]))
    expect(names(world)).toEqual([])
  })

  test.each([
    [['127.0.0.1'], true],
    [[], false],
  ])('by X-Forwarded-For holds if the proxy is one of %j', async (trusted, isBanned) => {
    const { server, port, host: at } = await openHosting({ trusts: readTrusted(trusted) ?? (() => false) })
    expect(server.host({ type: 'ban', net: '203.0.113.0/24', reason: null })).toBeNull()
    // The client itself has written everything before the last address.
    for (const [k, forwarded] of ['203.0.113.7', '198.51.100.1, 203.0.113.9', '198.51.100.1'].entries()) {
      const caller = await call(port)
      caller.send(handshake(at, { 'X-Forwarded-For': forwarded }))
      await caller.head
      caller.send(text({ type: 'hello', name: `eve${k}` }))
      await caller.until(({ objects }) => objects().length > 0)
      expect(caller.objects()[0]?.['code'] === 'banned', forwarded).toBe(isBanned && forwarded.includes('203.0.113'))
    }
  })
})
