/**
 * Secrets that members without the right must never hear: addresses, patterns, held texts, keys, secret rooms, the log.
 */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { LISTS } from '../../src/model/command.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { object } from '../helpers/actors.ts'
import { apiAt, tokenOf } from '../helpers/api.ts'
import { openHosting } from '../helpers/hosting.ts'
import { entriesIn } from '../helpers/recorded.ts'
import { dialNative } from '../helpers/sockets.ts'
import type { Wire, World } from '../helpers/world.ts'
import { AWAY, ask, come, comeResumable, HOME, host, openSite, PASSWORD, register } from './keeping.ts'

const ROOM = 'ops'
const SECRETS = {
  pattern: 'unspeakable',
  held: 'unspeakable 4711',
  key: 'open-sesame-9',
  reason: 'because-of-17',
  network: 'bad:1',
}

/** The answers of the protocols to a member that asks for everything. */
async function asksForAll(wire: Wire): Promise<void> {
  for (const what of LISTS) {
    for (const room of [ROOM, 'lobby', null]) await wire.send(object({ type: 'list', what, room }))
  }
  await wire.send(object({ type: 'history', room: ROOM }))
  await wire.send(object({ type: 'search', words: '4711' }))
  await wire.send(object({ type: 'search', words: '4711', room: ROOM }))
  for (const type of ['rooms', 'devices', 'conversations']) await wire.send(object({ type }))
  await wire.send(object({ type: 'who', room: ROOM }))
  await wire.send(object({ type: 'account', name: 'Spider-Man' }))
  await wire.send(object({ type: 'try', rule: 'slow 10s', room: ROOM }))
}

/** A day in `ops`: everything that is somebody's secret happens. */
async function day(world: World) {
  const founder = await register(world, 'مريم', { room: ROOM })
  const spider = await comeResumable(world, 'Spider-Man', { room: ROOM }, HOME)
  const member = await come(world, '田中', { room: ROOM })
  const line = world.dial(AWAY)
  await line.send('Mr.Blue\n')
  await line.send(`/join ${ROOM}\n`)
  const outsider = await register(world, 'ЗОЯ')
  await ask(founder, { type: 'filter', is: 'words', pattern: SECRETS.pattern, action: 'hold', room: ROOM })
  await ask(spider, { type: 'say', room: ROOM, text: SECRETS.held })
  await ask(founder, { type: 'mode', mode: 'key', value: SECRETS.key, room: ROOM })
  await ask(founder, { type: 'mode', mode: 'key', value: SECRETS.key, room: ROOM, n: 9 })
  await ask(outsider, { type: 'join', room: ROOM, key: 'wrong-key-1' })
  await ask(founder, { type: 'mute', who: 'Spider-Man', network: true, room: ROOM, for: 600, reason: SECRETS.reason })
  await ask(founder, { type: 'except', who: 'Spider-Man', room: ROOM, reason: SECRETS.reason })
  return { founder, spider, member, line, outsider }
}

describe('the secrets of keepers', () => {
  test('are heard by nobody else, with any command', async () => {
    const world = await openSite()
    const { founder, spider, member, line, outsider } = await day(world)
    for (const wire of [member, spider, outsider]) await asksForAll(wire)
    for (const typed of ['/bans', '/mutes', '/filters', '/held', '/log', '/ops', '/mode', '/exceptions'])
      await line.send(`${typed}\n`)
    const told = [member, line, outsider].map(wire => wire.text())
    for (const [what, secret] of Object.entries(SECRETS)) {
      for (const text of told) expect(text.includes(secret) ? what : null, text).toBeNull()
    }
    // Its own message is shown to its author, who doesn't learn which filter held it.
    expect(spider.text()).toContain(SECRETS.held)
    for (const secret of [SECRETS.key, SECRETS.network, `"${SECRETS.pattern}"`, `hold ${SECRETS.pattern}`]) {
      expect(spider.text()).not.toContain(secret)
    }
    await asksForAll(founder)
    for (const secret of [SECRETS.pattern, SECRETS.held, SECRETS.reason]) expect(founder.text()).toContain(secret)
    // The founder of a room could mute somebody to learn the address.
    for (const secret of [SECRETS.network, SECRETS.key]) expect(founder.text()).not.toContain(secret)
    const listed = await world.server.ask({ type: 'list', what: 'mutes', room: ROOM, limit: 9 })
    expect(JSON.stringify(listed)).toContain(SECRETS.network)
  })

  test('are in no snapshot, no step and no input, except where they belong', async () => {
    const journal = memoryJournal('epoch')
    const world = await openSite({}, journal)
    await day(world)
    const inputs = JSON.stringify((await entriesIn(journal)).map(({ input }) => input))
    const places = [
      toSnapshot(world.state()),
      inputs,
      JSON.stringify(world.steps.map(({ events }) => events.map(one => one.event))),
    ]
    for (const place of places) {
      for (const secret of [SECRETS.network, SECRETS.held, SECRETS.key, 'wrong-key-1', HOME])
        expect(place).not.toContain(secret)
    }
  })

  test('and no address is in what is logged or measured', async () => {
    const { server, port, host: at } = await openHosting()
    const { ask: get } = await apiAt(at)
    const [founder, guest] = [
      await dialNative(port, 'مريم', { room: ROOM }),
      await dialNative(port, '田中', { room: ROOM }),
    ]
    const troubles: unknown[] = []
    server.trouble$.subscribe(trouble => troubles.push(trouble))
    for (const one of [
      { type: 'ban', net: '203.0.113.0/24', room: ROOM, reason: SECRETS.reason, n: 1 },
      { type: 'mode', mode: 'key', value: SECRETS.key, room: ROOM, n: 2 },
    ]) {
      founder.send(object(one))
      await founder.heard.has(`"type":"ok","n":${one.n}`)
    }
    const shown = (await get('/metrics')).text + JSON.stringify(troubles) + guest.heard.text
    for (const secret of ['203.0.113', SECRETS.reason, SECRETS.key]) expect(shown).not.toContain(secret)
  })
})

describe('a secret room', () => {
  test('is not found by anybody outside, by any question', async () => {
    const world = await openSite()
    const founder = await register(world, 'مريم', { room: 'cabal' })
    await ask(
      founder,
      { type: 'mode', mode: 'secret', room: 'cabal', n: 1 },
      { type: 'topic', room: 'cabal', topic: 'we plot' },
    )
    await ask(founder, { type: 'say', room: 'cabal', text: 'hello Mr.Blue and ЗОЯ' })
    const outsider = await register(world, 'Mr.Blue')
    const line = world.dial(AWAY)
    await line.send('ЗОЯ\n')
    for (const typed of ['/rooms', '/who cabal', '/whois مريم', '/ops', '/search and']) await line.send(`${typed}\n`)
    for (const question of [
      { type: 'rooms' },
      { type: 'account', name: 'مريم' },
      { type: 'search', words: 'and' },
      { type: 'conversations' },
      { type: 'list', what: 'roles', room: null },
    ]) {
      await outsider.send(object(question))
    }
    await ask(founder, { type: 'mode', mode: 'slow', value: 5, room: 'cabal' }, { type: 'away', note: 'gone plotting' })
    for (const wire of [outsider, line]) {
      expect(wire.text().replaceAll('/who cabal', '')).not.toMatch(/plot|hello/)
      expect(wire.text().match(/cabal/g)?.length ?? 0).toBeLessThanOrEqual(1)
    }
    const absent = await register(world, 'a_b')
    await ask(absent, { type: 'bye' })
    const back = await come(world, 'a_b', { account: { password: PASSWORD } })
    expect(back.text()).not.toContain('cabal')
    await host(world, { type: 'admin', who: 'Mr.Blue' })
    await outsider.send(object({ type: 'rooms' }))
    expect(outsider.text()).toContain('"room":"cabal"')
  })

  test('is the same as no room, in each answer', async () => {
    const questions = [
      { type: 'who', room: 'cabal' },
      { type: 'history', room: 'cabal' },
      { type: 'search', words: 'x', room: 'cabal' },
      { type: 'say', room: 'cabal', text: 'x' },
      { type: 'topic', room: 'cabal', topic: 'x' },
      { type: 'part', room: 'cabal' },
      { type: 'delete', room: 'cabal' },
      { type: 'try', rule: 'slow 10s', room: 'cabal' },
      { type: 'read', room: 'cabal', seq: 1 },
      ...LISTS.map(what => ({ type: 'list', what, room: 'cabal' })),
      ...['ban', 'mute', 'except'].map(type => ({ type, who: 'مريم', room: 'cabal' })),
      { type: 'ban', who: 'مريم', network: true, room: 'cabal' },
      { type: 'ban', net: '192.0.2.0/24', room: 'cabal' },
      ...['unban', 'op', 'deop', 'voice', 'invite'].map(type => ({ type, who: 'مريم', room: 'cabal' })),
      { type: 'kick', name: 'مريم', room: 'cabal' },
      { type: 'purge', who: 'مريم', for: 60, room: 'cabal' },
      { type: 'mode', mode: 'slow', value: 1, room: 'cabal' },
      { type: 'filter', is: 'words', pattern: 'x', action: 'warn', room: 'cabal' },
      { type: 'unfilter', filter: 1, room: 'cabal' },
    ]
    const answers = await Promise.all(
      [true, false].map(async isThere => {
        const world = await openSite()
        const founder = await register(world, 'مريم', { room: isThere ? 'cabal' : 'other' })
        if (isThere) await ask(founder, { type: 'mode', mode: 'secret', room: 'cabal' })
        const outsider = await come(world, 'Mr.Blue')
        const all: unknown[] = []
        for (const question of questions) {
          const before = outsider.objects().length
          await outsider.send(object({ ...question, n: all.length + 1 }))
          const told = outsider
            .objects()
            .slice(before)
            .map(({ at: _, seq: __, ...rest }) => rest)
          all.push([question, told])
        }
        return all
      }),
    )
    expect(answers[0]).toEqual(answers[1])
  })

  test('is listed for no token but its own', async () => {
    const { server, port, host: at } = await openHosting()
    const founder = await dialNative(port, 'مريم', { room: 'cabal' })
    founder.send(object({ type: 'mode', mode: 'secret', room: 'cabal', n: 1 }))
    await founder.heard.has('"type":"ok","n":1')
    const listedFor = async (name: string, room: string | null): Promise<string> =>
      (await (await apiAt(at, await tokenOf(server, { name, room }))).ask('/api/rooms')).text
    expect(await listedFor('all', null)).not.toContain('cabal')
    expect(await listedFor('other', 'lobby')).not.toContain('cabal')
    expect(await listedFor('own', 'cabal')).toContain('cabal')
  })
})
