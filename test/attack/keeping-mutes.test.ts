/**
 * Ways to write in spite of a mute, a wait or a filter. `reader` hears everything, so it would read a text that gets
 * through.
 */
import { describe, expect, test } from 'vitest'
import { TEXT_MAX_BYTES } from '../../src/model/limits.ts'
import { newObjects, object } from '../helpers/actors.ts'
import { postedBy } from '../helpers/posted.ts'
import type { Wire, World } from '../helpers/world.ts'
import { ask, come, comeResumable, HOME, host, namesIn, openSite, PASSWORD, register, tokenOf } from './keeping.ts'

const ROOM = 'ops'
const BAD = 'fools'

/** `مريم` founded `ops`, `Spider-Man` is in it and in the lobby, and so is the reader. */
async function scene(world: World) {
  const founder = await register(world, 'مريم', { room: ROOM })
  const spider = await comeResumable(world, 'Spider-Man', { room: ROOM })
  const reader = await come(world, '田中', { room: ROOM })
  for (const wire of [founder, spider, reader]) await ask(wire, { type: 'join', room: 'lobby' })
  for (const wire of [founder, spider, reader]) wire.news()
  return { founder, spider, reader }
}

/** Each shows a word to others, if nothing keeps it from them. */
const WRITES: Readonly<Record<string, readonly object[]>> = {
  'a message': [{ type: 'say', room: ROOM, text: BAD }],
  'an action': [{ type: 'say', room: ROOM, text: BAD, action: true }],
  'a topic': [{ type: 'topic', room: ROOM, topic: BAD }],
  'an away note': [{ type: 'away', note: BAD }],
  'a name': [{ type: 'nick', name: BAD }],
  'a reason to part': [{ type: 'part', room: ROOM, reason: BAD }],
  'a reason to quit': [{ type: 'bye', reason: BAD }],
  'a note that it brings': [
    { type: 'part', room: ROOM },
    { type: 'away', note: BAD },
    { type: 'join', room: ROOM },
  ],
  'a name that it brings': [
    { type: 'part', room: ROOM },
    { type: 'nick', name: BAD },
    { type: 'join', room: ROOM },
  ],
}

const sees = (wire: Wire, room: string): boolean =>
  newObjects(wire).some(one => JSON.stringify(one).includes(BAD) && (one['room'] === undefined || one['room'] === room))

describe('a member that is muted in a room', () => {
  test.each(Object.entries(WRITES))('does not write %s there', async (how, commands) => {
    for (const isMuted of [false, true]) {
      const world = await openSite()
      const { founder, spider } = await scene(world)
      const inside = await come(world, 'a_b', { room: ROOM })
      inside.news()
      if (isMuted) await ask(founder, { type: 'mute', who: 'Spider-Man', room: ROOM, n: 1 })
      await ask(spider, ...commands)
      expect([how, sees(inside, ROOM)]).toEqual([how, !isMuted])
    }
  })

  test('is muted by its second session, after a resume, a restart of its client, and under its account', async () => {
    const world = await openSite()
    const { founder, reader } = await scene(world)
    const blue = await register(world, 'Mr.Blue', { room: ROOM })
    await ask(founder, { type: 'mute', who: 'Mr.Blue', room: ROOM, n: 1 })
    const write = { type: 'say', room: ROOM, text: BAD }
    const second = await come(world, 'Mr.Blue', { account: { password: PASSWORD }, token: tokenOf('b') }, HOME)
    expect(await ask(second, write)).toEqual(['muted'])
    await ask(second, { type: 'bye' })
    await ask(blue, { type: 'bye' })
    const back = await come(world, 'Mr.Blue', { account: { password: PASSWORD } })
    expect(await ask(back, write, { type: 'nick', name: BAD }, write)).toEqual(['muted', 'muted', 'muted'])
    expect(await ask(back, { type: 'part', room: ROOM }, { type: 'join', room: ROOM }, write)).toEqual(['muted'])
    const guest = await come(world, 'Spider_Man', { room: ROOM })
    await ask(founder, { type: 'mute', who: 'Spider_Man', room: ROOM, n: 2 })
    expect(await ask(guest, { type: 'register', n: 1, password: PASSWORD }, write)).toEqual([1, 'muted'])
    expect(sees(reader, ROOM)).toBe(false)
  })

  test('as an operator gives no reason, and ends no mute of itself', async () => {
    const world = await openSite()
    const { founder, spider, reader } = await scene(world)
    await ask(
      founder,
      { type: 'op', who: 'Spider-Man', room: ROOM, n: 1 },
      { type: 'mute', who: 'Spider-Man', room: ROOM, n: 2 },
    )
    const victim = await come(world, 'a_b', { room: ROOM })
    reader.news()
    await ask(spider, { type: 'mute', who: 'a_b', room: ROOM, reason: BAD, n: 1 })
    await ask(spider, { type: 'ban', who: 'a_b', room: ROOM, reason: BAD, n: 2 })
    await ask(spider, { type: 'ban', who: 'nobody', room: ROOM, reason: BAD, n: 3 })
    await ask(spider, { type: 'kick', name: '田中', room: ROOM, reason: BAD, n: 4 })
    expect(await ask(spider, { type: 'unmute', who: 'Spider-Man', room: ROOM, n: 5 })).toEqual(['outranked'])
    expect(await ask(spider, { type: 'say', room: ROOM, text: BAD, n: 6 })).toEqual(['muted'])
    expect([reader, victim].map(wire => sees(wire, ROOM))).toEqual([false, false])
    expect(namesIn(world, ROOM)).toEqual(['Spider-Man', 'مريم'])
  })
})

describe('a member that is muted on the whole server', () => {
  test.each(Object.entries(WRITES))('does not write %s, in a room of its own either', async (how, commands) => {
    const world = await openSite()
    const { spider, reader } = await scene(world)
    await host(world, { type: 'mute', who: 'Spider-Man', reason: null })
    await ask(spider, { type: 'join', room: 'own' })
    await ask(reader, { type: 'join', room: 'own' })
    reader.news()
    await ask(spider, ...JSON.parse(JSON.stringify(commands).replaceAll(ROOM, 'own')))
    expect([how, JSON.stringify(newObjects(reader)).includes(BAD)]).toEqual([how, false])
  })

  test('sends no direct messages, and a token that is muted posts nothing', async () => {
    const world = await openSite()
    const { spider, reader } = await scene(world)
    await host(world, { type: 'mute', who: 'Spider-Man', reason: null })
    expect(await ask(spider, { type: 'tell', to: '田中', text: BAD, n: 1 })).toEqual(['muted'])
    const post = await postedBy(world, 'ci-bot')
    expect(await post('hello')).toMatchObject({ ok: true })
    await host(world, { type: 'mute', who: 'CI-BOT', reason: null })
    expect(await post(BAD)).toMatchObject({ ok: false, code: 'muted' })
    await host(world, { type: 'unmute', who: 'ci-bot' })
    await host(world, { type: 'ban', who: 'ci-bot', room: 'lobby', reason: null })
    expect(await post(BAD)).toMatchObject({ ok: false, code: 'banned-here' })
    expect(JSON.stringify(newObjects(reader))).not.toContain(BAD)
  })
})

describe('a guest in a lock-down', () => {
  test.each(Object.entries(WRITES))(
    'does not write %s, and who has an account or a role does',
    async (how, commands) => {
      for (const isOfServer of [false, true]) {
        const world = await openSite()
        const { founder, spider } = await scene(world)
        const blue = await register(world, 'Mr.Blue', { room: ROOM })
        const inside = await come(world, 'a_b', { room: ROOM })
        if (isOfServer) await host(world, { type: 'mode', mode: 'lockdown', for: 60 })
        else await ask(founder, { type: 'mode', mode: 'lockdown', for: 60, room: ROOM })
        inside.news()
        await ask(spider, ...commands)
        expect([how, isOfServer, sees(inside, ROOM)]).toEqual([how, isOfServer, false])
        expect(await ask(blue, { type: 'say', room: ROOM, text: 'quiet', n: 1 })).toEqual([1])
        await world.clock.advance(20_000)
      }
    },
  )

  test('has its name, notes and reasons again when it has a voice', async () => {
    const world = await openSite()
    const { founder, spider, reader } = await scene(world)
    await ask(spider, { type: 'part', room: 'lobby' })
    await ask(founder, { type: 'mode', mode: 'lockdown', room: ROOM }, { type: 'voice', who: 'Spider-Man', room: ROOM })
    expect(await ask(spider, { type: 'nick', name: 'ЗОЯ', n: 1 }, { type: 'away', note: BAD, n: 2 })).toEqual([1, 2])
    expect(sees(reader, ROOM)).toBe(true)
  })
})

describe('a wait', () => {
  test('of slow mode is not shortened by leaving, renaming, resuming, a second session, or a second connection of a guest', async () => {
    const world = await openSite()
    const { founder, spider } = await scene(world)
    const blue = await register(world, 'Mr.Blue', { room: ROOM })
    await ask(founder, { type: 'mode', mode: 'slow', value: 60, room: ROOM, n: 1 })
    await world.clock.advance(20_000)
    const write = { type: 'say', room: ROOM, text: 'x' }
    expect(await ask(blue, { ...write, n: 1 }, write)).toEqual([1, 'slowed'])
    const second = await come(world, 'Mr.Blue', { account: { password: PASSWORD } }, HOME)
    expect(await ask(second, write)).toEqual(['slowed'])
    const ways = [
      { type: 'part', room: ROOM },
      { type: 'join', room: ROOM },
      write,
      { type: 'nick', name: 'Mr.Green' },
      write,
    ]
    expect(await ask(blue, ...ways)).toEqual(['slowed', 'slowed'])
    // A guest that left is another member, so it waits from its joining on.
    await world.clock.advance(9_000)
    expect(await ask(spider, write, { type: 'part', room: ROOM }, { type: 'join', room: ROOM }, write)).toEqual([
      'slowed',
      'slowed',
    ])
    await ask(spider, { type: 'bye' })
    const again = await comeResumable(world, 'Spider-Man', { room: ROOM })
    const other = await comeResumable(world, 'Spider-Man', { room: ROOM })
    expect([await ask(other, write), again.closed()]).toEqual([['slowed'], true])
  })

  test('of new guests likewise, and on the server for direct messages', async () => {
    const world = await openSite()
    const { founder } = await scene(world)
    await ask(founder, { type: 'mode', mode: 'delay', value: 30, room: ROOM, n: 1 })
    await host(world, { type: 'mode', mode: 'delay', value: 10 })
    const late = await comeResumable(world, 'ЗОЯ', { room: ROOM })
    const write = { type: 'say', room: ROOM, text: 'x' }
    const tell = { type: 'tell', to: '田中', text: 'x' }
    expect(await ask(late, write, tell)).toEqual(['too-new', 'too-new'])
    await world.clock.advance(10_000)
    expect(await ask(late, { ...tell, n: 1 }, write)).toEqual([1, 'too-new'])
    expect(await ask(late, { type: 'nick', name: 'ЗОЯ2' }, write)).toEqual(['too-new'])
    expect(await ask(late, { type: 'part', room: ROOM }, { type: 'join', room: ROOM }, write)).toEqual(['too-new'])
    const back = await come(world, 'ЗОЯ2', { token: tokenOf('ЗОЯ'), room: ROOM })
    await world.clock.advance(19_999)
    expect(await ask(back, write)).toEqual(['too-new'])
    await world.clock.advance(10_001)
    expect(await ask(back, { ...write, n: 5 })).toEqual([5])
    // No room at all, no time here.
    await ask(back, { type: 'part', room: ROOM })
    expect(await ask(back, tell)).toEqual(['too-new'])
  })

  test.each([-3_600_000, 3_600_000])(
    'gets no longer when the clock is set by %d ms, and slow mode not shorter either',
    async ms => {
      const world = await openSite()
      const { founder } = await scene(world)
      const modes = { delay: 30, slow: 5 }
      for (const [mode, value] of Object.entries(modes)) await ask(founder, { type: 'mode', mode, value, room: ROOM })
      const late = await comeResumable(world, 'ЗОЯ', { room: ROOM })
      const write = { type: 'say', room: ROOM, text: 'x' }
      expect(await ask(late, write)).toEqual(['too-new'])
      world.clock.jump(ms)
      await world.clock.advance(30_000)
      expect(await ask(late, { ...write, n: 1 }, write)).toEqual([1, 'slowed'])
      world.clock.jump(ms)
      expect(await ask(late, write)).toEqual(['slowed'])
      await world.clock.advance(5_000)
      expect(await ask(late, { ...write, n: 2 })).toEqual([2])
    },
  )
})

describe('a word that a filter refuses', () => {
  const SPELLINGS = [
    'fools',
    'FOOLS',
    'fo\u200bols',
    'f\u00adools',
    'fооls',
    'ｆｏｏｌｓ',
    'fóóls',
    'fo\u0301o\u0302ls',
    'f\u2060o\ufe0fols',
    '𝐟𝐨𝐨𝐥𝐬',
    'all of you\nfools\nare',
    `${'x '.repeat(TEXT_MAX_BYTES / 2 - 8)}fools`,
    '"fools"',
  ]

  test.each(SPELLINGS)('is found in %j', async spelling => {
    const world = await openSite()
    const { founder, spider, reader } = await scene(world)
    await ask(founder, { type: 'filter', is: 'words', pattern: BAD, action: 'refuse', room: ROOM, n: 1 })
    reader.news()
    expect(await ask(spider, { type: 'say', room: ROOM, text: spelling })).toEqual(['filtered'])
    expect(newObjects(reader)).toEqual([])
  })

  test.each(Object.entries(WRITES))(
    'does not come as %s, in an ordinary spelling or another',
    async (how, commands) => {
      for (const spelling of [BAD, 'FOOLS']) {
        for (const action of ['refuse', 'hold'] as const) {
          const world = await openSite()
          const { founder, spider } = await scene(world)
          const inside = await come(world, 'a_b', { room: ROOM })
          await ask(founder, { type: 'filter', is: 'words', pattern: BAD, action, room: ROOM, n: 1 })
          inside.news()
          await ask(spider, ...JSON.parse(JSON.stringify(commands).replaceAll(BAD, spelling)))
          const seen = JSON.stringify(newObjects(inside).filter(({ room }) => room === undefined || room === ROOM))
          expect([how, seen.toLowerCase().includes(BAD)]).toEqual([how, false])
        }
      }
    },
  )

  test('does not come as the name of somebody who enters or joins, guest or account', async () => {
    const world = await openSite()
    const { founder } = await scene(world)
    const account = await register(world, 'fool')
    await ask(founder, { type: 'filter', is: 'words', pattern: '*fool*', action: 'refuse', room: ROOM, n: 1 })
    expect(await ask(account, { type: 'join', room: ROOM })).toEqual(['name-filtered'])
    const codes = [
      await come(world, 'fools', { room: ROOM }),
      await come(world, 'fool', { account: { password: PASSWORD }, room: ROOM }),
    ].map(wire => wire.objects().at(-1)?.['code'])
    expect(codes).toEqual(['name-filtered', 'name-filtered'])
    expect(await ask(await come(world, 'FOOLS'), { type: 'join', room: ROOM })).toEqual(['name-filtered'])
    expect(namesIn(world, ROOM)).toEqual(['Spider-Man', 'مريم', '田中'])
  })

  test('is not found over two messages, which nobody promises', async () => {
    const world = await openSite()
    const { founder, spider } = await scene(world)
    await ask(founder, { type: 'filter', is: 'words', pattern: BAD, action: 'refuse', room: ROOM, n: 1 })
    const halves = ['foo', 'ls'].map((text, k) => ({ type: 'say', room: ROOM, text, n: k + 1 }))
    expect(await ask(spider, ...halves)).toEqual([1, 2])
  })

  test('costs somebody who is held its wait in slow mode', async () => {
    const world = await openSite()
    const { founder, spider } = await scene(world)
    await ask(founder, { type: 'filter', is: 'words', pattern: BAD, action: 'hold', room: ROOM, n: 1 })
    await ask(founder, { type: 'mode', mode: 'slow', value: 60, room: ROOM, n: 2 })
    await world.clock.advance(39_000)
    await ask(spider, { type: 'ping' })
    await world.clock.advance(21_000)
    const write = { type: 'say', room: ROOM, text: BAD }
    expect(await ask(spider, { ...write, n: 1 }, write)).toEqual([1, 'slowed'])
    expect(world.state().held.size).toBe(1)
  })
})

test('a message that waits can be neither read by others nor changed by its author, who is banned by then', async () => {
  const world = await openSite()
  const { founder, spider, reader } = await scene(world)
  await ask(founder, { type: 'filter', is: 'words', pattern: BAD, action: 'hold', room: ROOM, n: 1 })
  reader.news()
  await ask(spider, { type: 'say', room: ROOM, text: `${BAD} 1`, n: 1 })
  const [seq = 0] = world.state().held.keys()
  expect(await ask(spider, { type: 'release', seq }, { type: 'drop', seq })).toEqual(['role-needed', 'role-needed'])
  expect(await ask(reader, { type: 'release', seq }, { type: 'delete', seq })).toEqual([
    'role-needed',
    'message-unknown',
  ])
  await reader.send(object({ type: 'history', room: ROOM }))
  await reader.send(object({ type: 'search', words: BAD }))
  await reader.send(object({ type: 'list', what: 'held', room: ROOM }))
  expect(JSON.stringify(newObjects(reader))).not.toContain(`${BAD} 1`)
  await ask(founder, { type: 'ban', who: 'Spider-Man', room: ROOM, n: 2 }, { type: 'drop', seq, n: 3 })
  expect(await ask(founder, { type: 'release', seq, n: 4 })).toEqual(['held-unknown'])
  expect(world.state().held.size).toBe(0)
})
