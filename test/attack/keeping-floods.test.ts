/** Floods of acts: the state stays within its bounds, and a small request gets no large answer for long. */
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import {
  FILTER_COST,
  FLOOD_MAX,
  GRACE_MS,
  HISTORY_PAGE_MAX,
  IGNORED_MAX,
  LAPSED_MS,
  LOGGED_PER_ROOM,
  NOTE_MAX_BYTES,
  RATE_BURST,
  ROLES_MAX,
} from '../../src/model/limits.ts'
import type { State } from '../../src/model/state.ts'
import { toSnapshot } from '../../src/reducer/snapshot.ts'
import { object } from '../helpers/actors.ts'
import { entriesIn } from '../helpers/recorded.ts'
import type { World } from '../helpers/world.ts'
import { ask, come, comeResumable, host, openSite, register } from './keeping.ts'

const ROOM = 'ops'
const times = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => k)
const REASON = 'x'.repeat(NOTE_MAX_BYTES)

/** All that keeping order adds to the state, entry by entry. */
const kept = (state: State) => ({
  sanctions: state.sanctions.size,
  sanctioned: state.sanctioned.reduce((sum, numbers) => sum + numbers.length, 0),
  ends: state.ends.size,
  held: state.held.size,
  purges: state.purges.size,
  obsolete: state.obsolete.size,
  filters: state.rules.reduce((sum, { filters }) => sum + filters.size, 0),
  places: state.rules.size,
})

async function founded(world: World) {
  const founder = await register(world, 'مريم', { room: ROOM })
  const spider = await comeResumable(world, 'Spider-Man', { room: ROOM })
  return { founder, spider }
}

describe('things that come and go leave nothing', () => {
  const PAIRS: Readonly<Record<string, readonly object[]>> = {
    'bans and unbans': [
      { type: 'ban', who: 'nobody', for: 600, room: ROOM, reason: REASON },
      { type: 'unban', who: 'nobody', room: ROOM },
    ],
    'bans of one after another': [{ type: 'ban', who: 'nobody', for: 600, room: ROOM, reason: REASON }],
    'networks, banned': [{ type: 'ban', net: '203.0.113.0/24', for: 1, room: ROOM }],
    'filters, added and changed': [
      { type: 'filter', is: 'words', pattern: 'pills', action: 'hold', room: ROOM },
      { type: 'filter', is: 'words', pattern: 'pills', action: 'warn', room: ROOM },
    ],
    modes: [
      { type: 'mode', mode: 'lockdown', for: 600, room: ROOM },
      { type: 'mode', mode: 'lockdown', value: null, room: ROOM },
      { type: 'mode', mode: 'key', value: 'a word', room: ROOM },
    ],
    roles: [
      { type: 'op', who: 'Spider-Man', room: ROOM },
      { type: 'deop', who: 'Spider-Man', room: ROOM },
    ],
    'names and notes': [
      { type: 'nick', name: 'ЗОЯ' },
      { type: 'away', note: REASON },
      { type: 'nick', name: 'مريم' },
      { type: 'away', note: null },
    ],
    'joins and parts': [
      { type: 'join', room: 'elsewhere' },
      { type: 'mode', mode: 'secret', room: 'elsewhere' },
      { type: 'ban', who: 'nobody', room: 'elsewhere', for: 600 },
      { type: 'part', room: 'elsewhere' },
    ],
    invites: [{ type: 'invite', who: 'Spider-Man', room: ROOM }],
  }

  test.each(Object.entries(PAIRS))('%s', async (_, pair) => {
    const world = await openSite()
    const { founder } = await founded(world)
    const once = async (): Promise<{ readonly kept: object; readonly bytes: number }> => {
      for (let k = 0; k < 50; k++) await ask(founder, ...pair)
      await world.clock.advance(5_000)
      await ask(founder, { type: 'ping' })
      return { kept: kept(world.state()), bytes: toSnapshot(world.state()).length }
    }
    // By then the log is full.
    for (let k = 0; k < LOGGED_PER_ROOM / 50; k++) await once()
    const [before, after] = [await once(), await once()]
    expect(after.kept).toEqual(before.kept)
    expect(world.state().sanctions.size).toBeLessThanOrEqual(1)
    expect(world.state().rules.get(ROOM)?.log.size ?? 0).toBeLessThanOrEqual(LOGGED_PER_ROOM)
    // Numbers grow by a digit now and then.
    expect(after.bytes).toBeLessThan(before.bytes * 1.2)
  })

  test('acts without the right to them: their addresses are in no file, and nobody has to erase them for ever', async () => {
    const journal = memoryJournal('epoch')
    const world = await openSite({}, journal)
    const { spider } = await founded(world)
    for (const k of times(100)) await spider.send(object({ type: 'ban', net: `203.0.113.${k}`, room: ROOM, n: k + 1 }))
    await world.clock.advance(10_000)
    expect(kept(world.state())).toMatchObject({ sanctions: 0, obsolete: 0 })
    expect(JSON.stringify(await entriesIn(journal))).not.toContain('203.0.113')
  })
})

test('a guest ignores so many, and nothing of it stays when it is gone', async () => {
  const world = await openSite()
  const { spider } = await founded(world)
  const ids = times(2 * IGNORED_MAX).map(k => ({ type: 'ignore', who: `ghost ${k}`, id: `ghost-${k}`, n: k + 1 }))
  const answers = await ask(spider, ...ids)
  expect(answers.filter(answer => answer === 'ignored-full')).toHaveLength(IGNORED_MAX)
  expect([...world.state().ignored.values()].map(({ size }) => size)).toEqual([IGNORED_MAX])
  spider.peer.vanish()
  await world.clock.advance(GRACE_MS + LAPSED_MS)
  // The oldest lapsed sessions are forgotten when the next one lapses.
  const next = await comeResumable(world, 'a_b')
  next.peer.vanish()
  await world.clock.advance(GRACE_MS)
  expect(world.state().ignored.size).toBe(0)
})

test('a spammer fills its own share of the messages that wait, and others are held all the same', async () => {
  const world = await openSite()
  const { founder, spider } = await founded(world)
  await ask(founder, { type: 'filter', is: 'words', pattern: 'pills', action: 'hold', room: ROOM })
  const spam = times(200).map(() => ({ type: 'say', room: ROOM, text: 'pills' }))
  expect(new Set(await ask(spider, ...spam))).toEqual(new Set(['held-full']))
  const other = await come(world, '田中', { room: ROOM })
  expect(await ask(other, { type: 'say', room: ROOM, text: 'pills', n: 1 })).toEqual([1])
})

test('roles: guests who are gone leave theirs', async () => {
  const world = await openSite()
  const { founder } = await founded(world)
  for (const k of times(ROLES_MAX + 20)) {
    const guest = await come(world, `eve${k}`, { room: ROOM })
    expect(await ask(founder, { type: 'voice', who: `eve${k}`, room: ROOM, n: k + 1 })).toEqual([k + 1])
    await ask(guest, { type: 'bye' })
  }
  expect(world.state().rooms.get(ROOM)?.roles.size).toBeLessThanOrEqual(ROLES_MAX + 1)
})

describe('a small request', () => {
  test('for a list gets so many entries at most, with any limit', async () => {
    const world = await openSite()
    const { founder } = await founded(world)
    for (const k of times(300)) await founder.send(object({ type: 'ban', who: `eve${k}`, room: ROOM, reason: REASON }))
    const bytes = async (list: object): Promise<readonly [unknown, number]> => {
      const before = founder.objects().length
      await founder.send(object({ type: 'list', room: ROOM, ...list }))
      const [answer] = founder.objects().slice(before)
      return [
        (answer?.['entries'] as readonly unknown[] | undefined)?.length ?? answer?.['code'],
        JSON.stringify(answer).length,
      ]
    }
    for (const what of ['bans', 'log']) {
      const [count, size] = await bytes({ what })
      expect(count).toBeLessThanOrEqual(HISTORY_PAGE_MAX)
      expect(size).toBeLessThan(HISTORY_PAGE_MAX * (NOTE_MAX_BYTES + 500))
      expect((await bytes({ what, limit: 100_000 }))[0]).toBe('malformed')
    }
  })

  test('counts for the rate, whether it is refused or not; a client that goes on is sent away', async () => {
    const world = await openSite({ rate: { perSecond: 10, burst: RATE_BURST } })
    const { founder, spider } = await founded(world)
    for (const [wire, code] of [
      [founder, 'list'],
      [spider, 'role-needed'],
    ] as const) {
      const before = wire.objects().length
      await wire.send(
        times(RATE_BURST + 100)
          .map(() => object({ type: 'list', what: 'log', room: ROOM }))
          .join(''),
      )
      const answers = wire.objects().slice(before)
      const heard = answers.filter(({ type, code: refused }) => (code === 'list' ? type === 'list' : refused === code))
      expect(heard.length).toBeLessThanOrEqual(RATE_BURST)
      expect(answers.filter(({ code: refused }) => refused === 'slow-down').length).toBeGreaterThanOrEqual(100)
    }
    await spider.send(
      times(FLOOD_MAX)
        .map(() => object({ type: 'mute', who: 'مريم', room: ROOM }))
        .join(''),
    )
    expect([spider.closed(), founder.closed()]).toEqual([true, false])
  })

  test('with an expression, or to try a rule, costs as much as many others', async () => {
    const world = await openSite({ rate: { perSecond: 10, burst: RATE_BURST } })
    const guest = await come(world, 'a_b', { room: 'own' })
    const asked = times(5).map(k => ({
      type: 'filter',
      is: 'expression',
      pattern: `(a|b){1,${k + 2}}x`,
      action: 'warn',
      room: 'own',
      n: k + 1,
    }))
    const answers = await ask(guest, ...asked)
    expect(answers.filter(answer => typeof answer === 'number').length).toBeLessThanOrEqual(RATE_BURST / FILTER_COST)
    expect(answers.filter(answer => answer === 'slow-down').length).toBeGreaterThanOrEqual(3)
    expect(await ask(guest, { type: 'try', rule: 'filter refuse /a+/', room: 'own', n: 9 })).toEqual(['slow-down'])
  })
})

test('all that is kept for a room goes with it', async () => {
  const world = await openSite()
  const before = kept(world.state())
  const guest = await come(world, 'a_b', { room: 'own' })
  const other = await come(world, '田中', { room: 'own' })
  for (const act of [
    { type: 'filter', is: 'words', pattern: 'pills', action: 'hold' },
    { type: 'ban', net: '203.0.113.0/24' },
    { type: 'ban', who: 'nobody', for: 600 },
    { type: 'mode', mode: 'lockdown', for: 600 },
    { type: 'mode', mode: 'slow', value: 1 },
    { type: 'invite', who: '田中' },
  ]) {
    await ask(guest, { ...act, room: 'own' })
  }
  await ask(guest, { type: 'voice', who: '田中', room: 'own' })
  await ask(other, { type: 'say', room: 'own', text: 'pills' })
  expect(world.state().held.size).toBe(1)
  for (const wire of [guest, other]) await ask(wire, { type: 'part', room: 'own' })
  await world.clock.advance(10_000)
  expect(kept(world.state())).toEqual(before)
  await host(world, { type: 'say', room: 'lobby', text: 'well', action: false })
})
