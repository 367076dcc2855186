/** Bans, mutes and exceptions of networks: for members that come, are here, or come back, by every protocol. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../../src/journal/memory.ts'
import type { Command } from '../../../src/model/command.ts'
import { CLASSIC_GREETING_MS, GRACE_MS, SNIFF_CLASSIC_MS, STORAGE_RETRY_MS } from '../../../src/model/limits.ts'
import { readTrusted } from '../../../src/transport/trust.ts'
import { newObjects, object, say, textsOf } from '../../helpers/actors.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { onBehalfOf } from '../../helpers/proxy-header.ts'
import { troubledJournal } from '../../helpers/troubled-journal.ts'
import type { Wire, World } from '../../helpers/world.ts'

const BAD = '2001:db8:bad:1::7'
const BAD_TOO = '2001:db8:bad:1:ffff::1'
const GOOD = '2001:db8:bad:2::7'
const TOKEN = 'made-by-the-client-0123456789abcdef'

type Restricting = Extract<Command, { type: 'ban' | 'mute' | 'except' }>

/** The host's command; the host is refused nothing. */
async function host(
  world: World,
  command: Partial<Restricting> & { readonly type: Restricting['type'] },
): Promise<void> {
  expect(world.server.host({ reason: null, ...command })).toBe(null)
  await world.clock.settle()
}

async function come(world: World, name: string, address: string, hello: object = {}): Promise<Wire> {
  const wire = world.dial(address)
  await wire.send(object({ type: 'hello', name, ...hello }))
  return wire
}

const here = (world: World): readonly string[] =>
  [...world.state().members.values()].map(({ name }) => name.text).sort()
const named = (wire: Wire, type: string) => wire.objects().filter(one => one['type'] === type)

/** How each protocol says hello from an address, and whether it was let in. */
const PROTOCOLS = {
  async native(world: World, name: string, address: string) {
    return (await come(world, name, address)).text().includes('"welcome"')
  },
  async websocket(world: World, name: string, address: string) {
    const wire = world.dial(address)
    wire.peer.upgrade(null)
    await wire.send(object({ type: 'hello', name }))
    return wire.text().includes('"welcome"')
  },
  async line(world: World, name: string, address: string) {
    const wire = world.dial(address)
    await wire.send(`${name}\n`)
    return wire.text().includes(`Welcome, ${name}`)
  },
  async classic(world: World, name: string, address: string) {
    const wire = world.dial(address)
    await wire.send(name)
    await world.clock.advance(SNIFF_CLASSIC_MS)
    await world.clock.advance(CLASSIC_GREETING_MS)
    return wire.writes[0] === 'OK'
  },
}

describe('a banned network', () => {
  test.each(Object.entries(PROTOCOLS))('lets nobody in by %s, whichever address of the /64 it is', async (_, enter) => {
    const world = await openWorld()
    await host(world, { type: 'ban', net: BAD, for: 600, reason: 'flooding' })
    expect(await enter(world, 'Spider-Man', BAD)).toBe(false)
    expect(await enter(world, 'Mr.Blue', BAD_TOO)).toBe(false)
    expect(here(world)).toEqual([])
    expect(await enter(world, 'ЗОЯ', GOOD)).toBe(true)
    await world.clock.advance(600_000)
    expect(await enter(world, 'a_b', BAD_TOO)).toBe(true)
  })

  test('says for how long, by whom and why', async () => {
    const world = await openWorld()
    await host(world, { type: 'ban', net: '192.0.2.0/24', for: 600, reason: 'flooding' })
    const [refused] = newObjects(await come(world, '田中', '::ffff:192.0.2.77'))
    expect(refused).toMatchObject({ type: 'rejected', code: 'banned' })
    expect(refused?.['message']).toMatch(/for 10 min more, by the host: flooding/)
    const wire = world.dial('192.0.2.78')
    await wire.send('مريم\n')
    expect(wire.text()).toMatch(/banned with your network for 10 min more, by the host: flooding/)
  })

  test('is the one that a trusted proxy reports, and not the proxy', async () => {
    const proxy = '10.0.0.1'
    const world = await openWorld({ trusts: readTrusted([proxy]) ?? (() => false) })
    await host(world, { type: 'ban', net: '203.0.113.0/24' })
    const dialled = async (origin: string, name: string): Promise<string> => {
      const wire = world.dial(proxy)
      await wire.send(Buffer.concat([onBehalfOf(origin), Buffer.from(object({ type: 'hello', name }))]))
      return wire.text()
    }
    expect(await dialled('203.0.113.7', 'Spider-Man')).toContain('"code":"banned"')
    expect(await dialled('198.51.100.7', 'Mr.Blue')).toContain('"welcome"')
  })

  test('loses those who are here, at once, and nobody else', async () => {
    const world = await openWorld()
    const [bad, good] = [await come(world, 'Spider-Man', BAD), await come(world, 'Mr.Blue', GOOD)]
    const line = world.dial(BAD_TOO)
    await line.send('ЗОЯ\n')
    newObjects(good)
    await host(world, { type: 'ban', net: BAD, reason: 'flooding' })
    expect(here(world)).toEqual(['Mr.Blue'])
    expect([bad.closed(), line.closed(), good.closed()]).toEqual([true, true, false])
    expect(named(bad, 'closed')).toMatchObject([{ code: 'banned', message: expect.stringContaining('flooding') }])
    expect(newObjects(good)).toMatchObject([
      { type: 'quit', name: 'Spider-Man', by: 'Host', reason: 'flooding' },
      { type: 'quit', name: 'ЗОЯ' },
    ])
  })

  test('loses those who are away for a moment, by the address that they had', async () => {
    const world = await openWorld()
    const wire = await come(world, 'Spider-Man', BAD, { token: TOKEN })
    wire.peer.vanish()
    await world.clock.settle()
    await host(world, { type: 'ban', net: BAD_TOO })
    expect(here(world)).toEqual([])
    expect(newObjects(await come(world, 'Spider-Man', GOOD, { token: TOKEN }))[0]).toMatchObject({ type: 'welcome' })
  })

  test('keeps those away whose session has lapsed, until they come from elsewhere', async () => {
    const world = await openWorld()
    const wire = await come(world, 'Spider-Man', BAD, { token: TOKEN })
    wire.peer.vanish()
    await world.clock.advance(GRACE_MS)
    await host(world, { type: 'ban', net: BAD })
    const back = await come(world, 'Spider-Man', BAD_TOO, { token: TOKEN })
    expect(newObjects(back)).toMatchObject([{ type: 'rejected', code: 'banned' }])
    expect(newObjects(await come(world, 'Spider-Man', GOOD, { token: TOKEN }))[0]).toMatchObject({ type: 'welcome' })
    expect(here(world)).toEqual(['Spider-Man'])
  })

  test('takes no session over from another network, whose session stays', async () => {
    const world = await openWorld()
    const good = await come(world, 'Spider-Man', GOOD, { token: TOKEN })
    await host(world, { type: 'ban', net: BAD })
    const bad = await come(world, 'Spider-Man', BAD, { token: TOKEN })
    expect(newObjects(bad)).toMatchObject([{ type: 'rejected', code: 'banned' }])
    await good.send(say('still here'))
    expect(textsOf(good)).toEqual(['still here'])
  })

  test('loses a client that said hello while the ban was on its way', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const gate = Promise.withResolvers<void>()
    journal.held = gate.promise
    world.server.host({ type: 'ban', net: BAD, reason: null })
    await world.clock.settle()
    // Matched with the sanctions known by now, in which there is no ban.
    const fresh = await come(world, 'Spider-Man', BAD)
    expect(fresh.text()).toBe('')
    gate.resolve()
    await world.clock.settle()
    await world.clock.settle()
    expect(here(world)).toEqual([])
    expect(fresh.closed()).toBe(true)
  })

  test('loses those who are here although that could not be stored at first', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const bad = await come(world, 'Spider-Man', BAD)
    world.server.delivered$.subscribe(steps => {
      if (steps.some(({ events }) => events.some(({ event }) => event.type === 'restricted'))) journal.full = true
    })
    await host(world, { type: 'ban', net: BAD })
    expect(here(world)).toEqual(['Spider-Man'])
    expect(world.troubles.splice(0)).toMatchObject([{ type: 'storage', drafts: [{ input: { type: 'match' } }] }])
    journal.full = false
    await world.clock.advance(STORAGE_RETRY_MS)
    expect(here(world)).toEqual([])
    expect(bad.closed()).toBe(true)
  })

  test('loses those who are just being matched with a mute', async () => {
    const journal = troubledJournal()
    const world = await openWorld({}, journal)
    const bad = await come(world, 'Spider-Man', BAD)
    const gate = Promise.withResolvers<void>()
    journal.acknowledged = gate.promise
    await host(world, { type: 'mute', net: BAD })
    // The match with the mute waits for the disk, and this ban with it.
    await host(world, { type: 'ban', net: BAD_TOO })
    gate.resolve()
    await world.clock.settle()
    await world.clock.settle()
    expect(here(world)).toEqual([])
    expect(bad.closed()).toBe(true)
  })

  test('is known after a restart, and free once it is lifted', async () => {
    const journal = memoryJournal('epoch')
    const first = await openWorld({}, { ...journal, close: async () => {} })
    await host(first, { type: 'ban', net: BAD })
    await first.close()
    const world = await openWorld({}, journal)
    expect(newObjects(await come(world, 'Spider-Man', BAD_TOO))).toMatchObject([{ code: 'banned' }])
    const lifted = world.server.host({ type: 'unban', net: '2001:db8:bad:1::/64' })
    expect(lifted).toBe(null)
    await world.clock.settle()
    expect(newObjects(await come(world, 'Spider-Man', BAD_TOO))[0]).toMatchObject({ type: 'welcome' })
  })

  test('that is banned again is banned as said last, once', async () => {
    const world = await openWorld()
    await host(world, { type: 'ban', net: BAD, reason: 'flooding' })
    await host(world, { type: 'mute', net: BAD })
    await host(world, { type: 'ban', net: BAD_TOO, for: 60, reason: 'less' })
    const refused = newObjects(await come(world, 'Spider-Man', BAD))
    expect(refused[0]?.['message']).toMatch(/for 1 min more, by the host: less/)
    expect([...world.state().sanctions.values()].map(({ kind }) => kind)).toEqual(['mute', 'ban'])
    await world.clock.advance(60_000)
    expect(newObjects(await come(world, 'Mr.Blue', BAD))[0]).toMatchObject({ type: 'welcome' })
  })

  test('that is not banned has no ban to end', async () => {
    const world = await openWorld()
    const founder = await come(world, 'Mr.Blue', GOOD, { room: 'ops' })
    newObjects(founder)
    await founder.send(object({ type: 'unban', net: BAD, room: 'ops', n: 1 }))
    const [refused] = newObjects(founder)
    expect(refused).toMatchObject({ type: 'rejected', n: 1, code: 'sanction-unknown' })
    expect(refused?.['message']).toContain('none is on that network')
  })

  test('of a room lets its people in elsewhere, and takes them out of this one', async () => {
    const world = await openWorld()
    const founder = await come(world, 'Mr.Blue', GOOD, { room: 'ops' })
    const bad = await come(world, 'Spider-Man', BAD, { room: 'ops' })
    newObjects(bad)
    await founder.send(object({ type: 'ban', net: BAD, room: 'ops', reason: 'noise' }))
    expect(newObjects(bad)).toMatchObject([{ type: 'parted', room: 'ops', name: 'Spider-Man', by: 'Mr.Blue' }])
    await bad.send(object({ type: 'join', room: 'ops' }))
    expect(newObjects(bad)).toMatchObject([{ type: 'rejected', code: 'banned-here' }])
    await bad.send(object({ type: 'join', room: 'lobby' }))
    expect(newObjects(bad)[0]).toMatchObject({ type: 'room', room: 'lobby' })
  })

  test('spares a keeper of the room, and no longer a former one', async () => {
    const world = await openWorld()
    const founder = await come(world, 'Mr.Blue', BAD, { room: 'ops' })
    const operator = await come(world, 'Spider-Man', GOOD, { room: 'ops' })
    await founder.send(object({ type: 'op', who: 'Spider-Man', room: 'ops' }))
    await operator.send(object({ type: 'ban', net: BAD, room: 'ops' }))
    const inOps = () => [...(world.state().rooms.get('ops')?.members.keys() ?? [])].sort()
    expect(inOps()).toEqual(['Mr.Blue', 'Spider-Man'])
    await founder.send(object({ type: 'ban', net: GOOD, room: 'ops' }))
    expect(inOps()).toEqual(['Mr.Blue', 'Spider-Man'])
    await founder.send(object({ type: 'deop', who: 'Spider-Man', room: 'ops' }))
    expect(inOps()).toEqual(['Mr.Blue'])
  })
})

describe('an exception', () => {
  test('of a name lets its bearer in from a banned network, under this name alone', async () => {
    const world = await openWorld()
    await host(world, { type: 'ban', net: BAD })
    await host(world, { type: 'except', who: 'Spider-Man' })
    const wire = await come(world, 'SPIDER-MAN', BAD)
    expect(newObjects(wire)[0]).toMatchObject({ type: 'welcome' })
    expect(newObjects(await come(world, 'Mr.Blue', BAD))).toMatchObject([{ code: 'banned' }])
    await wire.send(object({ type: 'nick', name: 'ЗОЯ' }))
    expect(here(world)).toEqual([])
  })

  test('that ends leaves the ban', async () => {
    const world = await openWorld()
    await host(world, { type: 'ban', net: BAD })
    await host(world, { type: 'except', who: '田中', for: 60 })
    const wire = await come(world, '田中', BAD)
    expect(newObjects(wire)[0]).toMatchObject({ type: 'welcome' })
    await world.clock.advance(60_000)
    expect(wire.closed()).toBe(true)
    expect(here(world)).toEqual([])
  })

  test('of a smaller network spares those in it, also from a mute that is folded while they are here', async () => {
    const world = await openWorld()
    await host(world, { type: 'ban', net: '2001:db8::/32' })
    await host(world, { type: 'except', net: GOOD })
    expect(newObjects(await come(world, 'Mr.Blue', GOOD))[0]).toMatchObject({ type: 'welcome' })
    expect(newObjects(await come(world, 'Spider-Man', BAD))).toMatchObject([{ code: 'banned' }])
  })
})

test('a muted network reads and does not write, wherever its people come back from', async () => {
  const world = await openWorld()
  const [bad, good] = [await come(world, 'Spider-Man', BAD), await come(world, 'Mr.Blue', GOOD)]
  await host(world, { type: 'mute', net: BAD, for: 60, reason: 'noise' })
  newObjects(bad)
  await bad.send(say('psst'))
  await good.send(say('hello'))
  const news = newObjects(bad)
  expect(news[0]).toMatchObject({ type: 'rejected', code: 'muted', message: expect.stringContaining('noise') })
  expect(textsOf(bad)).toEqual(['hello'])
  await host(world, { type: 'except', net: BAD })
  await bad.send(say('sorry'))
  expect(textsOf(good)).toEqual(['hello', 'sorry'])
})

describe('a ban on the network that a member comes from', () => {
  const banned = (world: World) => world.server.ask({ type: 'list', what: 'bans', room: null, limit: 9 })

  test('is on its /64, whose other addresses it keeps out; only those who see the log see it', async () => {
    const world = await openWorld()
    const [bad, good] = [await come(world, 'Spider-Man', BAD), await come(world, 'Mr.Blue', GOOD)]
    await host(world, { type: 'ban', who: 'SPIDER-MAN', network: true, for: 60 })
    expect(bad.closed()).toBe(true)
    expect(newObjects(await come(world, '田中', BAD_TOO))).toMatchObject([{ code: 'banned' }])
    expect(await banned(world)).toMatchObject({ entries: [{ who: null, net: '2001:db8:bad:1::/64' }] })
    expect(good.text()).not.toContain('bad:1')
    await good.send(object({ type: 'list', what: 'bans', room: null }))
    expect(newObjects(good).at(-1)).toMatchObject({ type: 'rejected', code: 'role-needed' })
  })

  test('is on the address that a member had who is away for a moment', async () => {
    const world = await openWorld()
    const wire = await come(world, 'Spider-Man', '192.0.2.7', { token: TOKEN })
    wire.peer.vanish()
    await world.clock.settle()
    await host(world, { type: 'ban', who: 'Spider-Man', network: true })
    expect(await banned(world)).toMatchObject({ entries: [{ net: '192.0.2.7/32' }] })
    expect(here(world)).toEqual([])
  })

  test('is refused if the address is not known, or is that of a proxy', async () => {
    const proxy = '10.0.0.1'
    const world = await openWorld({ trusts: readTrusted([proxy]) ?? (() => false) })
    const refused = (who: string) => world.server.host({ type: 'ban', who, network: true, reason: null })
    expect(refused('Nobody')).toEqual({ ok: false, code: 'network-unknown', detail: 'Nobody' })
    await come(world, 'Spider-Man', proxy)
    expect(refused('Spider-Man')).toMatchObject({ code: 'network-unknown' })
    expect(world.state().sanctions.size).toBe(0)
  })

  test('needs the right to ban the member, and a repeat of it is answered again', async () => {
    const world = await openWorld()
    const founder = await come(world, 'Mr.Blue', BAD, { room: 'ops' })
    const operator = await come(world, 'Spider-Man', GOOD, { room: 'ops' })
    const guest = await come(world, 'ЗОЯ', '192.0.2.7', { room: 'ops' })
    await founder.send(object({ type: 'op', who: 'Spider-Man', room: 'ops' }))
    const ban = (who: string, n: number): string => object({ type: 'ban', who, network: true, room: 'ops', n })
    for (const wire of [operator, guest]) newObjects(wire)
    await operator.send(ban('Mr.Blue', 1))
    expect(newObjects(operator)).toMatchObject([{ type: 'rejected', n: 1, code: 'outranked' }])
    await guest.send(ban('ЗОЯ', 1))
    expect(newObjects(guest)).toMatchObject([{ type: 'rejected', n: 1, code: 'role-needed' }])
    await operator.send(ban('ЗОЯ', 2))
    const answered = () => newObjects(operator).filter(({ n }) => n === 2)
    expect(answered()).toMatchObject([{ type: 'ok', seq: 9 }])
    await guest.send(object({ type: 'bye' }))
    await operator.send(ban('ЗОЯ', 2))
    expect(answered()).toMatchObject([{ type: 'ok', seq: 9 }])
    expect([...world.state().sanctions.values()].map(({ text, name }) => [text !== null, name])).toEqual([[true, null]])
  })
})
