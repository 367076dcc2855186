/** The client's side of a session as a pure function: its reactions to replies. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pending } from '../../../src/client/session/outbox/pending.ts'
import { backoff } from '../../../src/client/session/reconnecting/backoff.ts'
import {
  PING_MS,
  type Remembered,
  remembered,
  rememberedSession,
  type SessionMessage,
  SILENCE_MS,
  WELCOME_MS,
} from '../../../src/client/session/state.ts'
import { CLOSINGS, type CloseCode } from '../../../src/model/closing.ts'
import { ERRORS, type ErrorCode } from '../../../src/model/error.ts'
import { PENDING_MAX } from '../../../src/model/limits.ts'
import {
  alarm,
  closed,
  failed,
  hello,
  leave,
  now,
  ok,
  online,
  opened,
  Player,
  rejected,
  reply,
  resumed,
  room,
  say,
  saying,
  start,
  TOKEN,
  welcome,
  wish,
} from '../../helpers/session-player.ts'

describe('a session', () => {
  test('dials, says hello and is in', () => {
    const player = new Player().hear(start)
    expect(player.effects).toEqual([{ type: 'dial' }])
    expect(player.hear(opened).sent).toEqual([hello])
    player.hear(welcome({ name: 'Alice' }))
    expect(player.at.status).toEqual({ state: 'online', name: 'Alice', roundTrip: null })
  })

  test('that is to leave while it catches up, and is cut, comes back for what it missed [K2]', () => {
    const player = online({ catchUp: true }).hear(...resumed({ gap: true }), leave)
    expect(player.sent).not.toContainEqual(expect.objectContaining({ type: 'bye' }))
    player.hear(closed)
    expect(player.at.status.state).toBe('waiting')
    expect(player.hear(alarm('retry')).effects).toContainEqual({ type: 'dial' })
  })

  test('gives up what does not answer its hello: it may be no rxchat at all', () => {
    const player = new Player().hear(start, opened)
    expect(player.alarms.welcome).toBe(WELCOME_MS)
    player.hear(alarm('welcome', now + WELCOME_MS))
    expect(player.at.status).toMatchObject({
      state: 'waiting',
      why: 'the server at that address does not speak the rxchat protocol',
    })
    expect(player.effects).toContainEqual({ type: 'hang-up' })
    player.hear(alarm('retry'), opened, welcome(), alarm('welcome', now + WELCOME_MS))
    expect(player.at.status.state).toBe('online')
  })

  test('keeps what is asked until it is in, and numbers it then', () => {
    const player = new Player().hear(start, say('one'), opened, say('two'))
    expect(player.sent).toEqual([hello])
    expect(player.hear(welcome(), say('three')).sent).toEqual([saying(1, 'one'), saying(2, 'two'), saying(3, 'three')])
  })

  test('reports how each command ended', () => {
    const player = online().hear(say('one'), say('two'), say('three'))
    expect(player.hear(ok(1), rejected('text-too-long', 2)).reports).toEqual([
      { id: 1, is: 'done', seq: 11, reply: { type: 'ok', n: 1, seq: 11 } },
      { id: 2, is: 'refused', code: 'text-too-long', message: 'text-too-long' },
    ])
    expect(player.hear(ok(1), ok(99)).reports).toEqual([])
    expect(pending(player.at.outbox).map(({ id }) => id)).toEqual([3])
  })

  test(`has at most ${PENDING_MAX} commands waiting for their answer`, () => {
    const player = online().hear(...Array.from({ length: PENDING_MAX + 2 }, (_, k) => say(`${k + 1}`)))
    expect(player.sent).toHaveLength(PENDING_MAX)
    expect(player.hear(ok(2)).sent).toEqual([saying(PENDING_MAX + 1, `${PENDING_MAX + 1}`)])
  })

  test('sends no faster than the welcome allows', () => {
    const player = new Player().hear(start, opened, welcome({ rate: { perSecond: 10, burst: 10 } }))
    player.hear(...Array.from({ length: 12 }, (_, k) => say(`${k}`)))
    expect(player.sent).toHaveLength(9)
    const wait = player.alarms.pace ?? 0
    expect(wait).toBeGreaterThan(100)
    expect(wait).toBeLessThan(120)
    expect(player.hear(alarm('pace', now + wait - 1)).sent).toHaveLength(0)
    expect(player.hear(alarm('pace', now + wait)).sent).toHaveLength(1)
    expect(player.hear(alarm('pace', now + 10_000)).sent).toHaveLength(2)
  })

  test('sends again under a new number what was told to slow down', () => {
    const player = online().hear(say('one'), say('two'))
    const { sent, alarms } = player.hear(rejected('slow-down', 1))
    expect([sent, alarms]).toEqual([[], { pace: 1000 }])
    expect(player.hear(alarm('pace')).sent).toEqual([saying(3, 'one')])
    expect(player.hear(ok(2), ok(3)).reports).toMatchObject([{ id: 2 }, { id: 1 }])
  })

  test('follows its own name', () => {
    const player = online().hear(reply({ type: 'renamed', seq: 11, at: 0, from: 'alice', to: 'alicia' }))
    expect(player.at.status).toMatchObject({ name: 'alicia' })
    player.hear(reply({ type: 'renamed', seq: 12, at: 0, from: 'bob', to: 'alice' }))
    expect(player.at.status).toMatchObject({ name: 'alicia' })
  })

  test('moves its cursor past whole inputs only, not by answers, and as far as pings say', () => {
    const player = online()
    const event = (seq: number, more: object = {}) =>
      reply({ type: 'said', seq, at: 0, room: 'lobby', from: 'bob', text: 'x', ...more })
    const heard = [event(11), event(13, { last: false }), event(13, { i: 1 }), reply({ type: 'ok', n: 9, seq: 20 })]
    expect(heard.map(one => player.hear(one).at.cursor)).toEqual([11, 12, 13, 13])
    const pings = [reply({ type: 'ping', seq: 15 }), reply({ type: 'pong', seq: 17 }), reply({ type: 'pong', seq: 16 })]
    expect(pings.map(one => player.hear(one).at.cursor)).toEqual([15, 17, 17])
  })
})

describe('a session whose connection is lost', () => {
  test('comes back with token and cursor', () => {
    const player = online().hear(reply({ type: 'joined', seq: 15, at: 0, room: 'lobby', name: 'bob' }), closed)
    expect(player.at.status).toMatchObject({ state: 'waiting', attempt: 1, why: 'the connection was lost' })
    expect(player.effects.slice(-2)).toEqual([{ type: 'hang-up' }, { type: 'alarm', alarm: 'retry', ms: 125 }])
    expect(player.hear(alarm('retry')).effects).toEqual([{ type: 'dial' }])
    expect(player.hear(opened).sent).toEqual([{ ...hello, epoch: 'e', cursor: 15, whole: true }])
  })

  test('tries again and again, each time later, until it is in', () => {
    const player = online().hear(closed)
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(() => player.hear(alarm('retry'), failed).alarms.retry)
    expect(waits).toEqual([250, 500, 1000, 2000, 4000, 7500, 7500, 7500, 7500])
    player.hear(alarm('retry'), opened, welcome({ resumed: true }), closed)
    expect(player.alarms.retry).toBe(125)
  })

  test('repeats what was not answered, in the order of the numbers, each under its own [D3]', () => {
    const player = online().hear(say('one'), say('two'), say('three'), ok(2))
    expect(player.hear(...resumed()).sent.slice(1)).toEqual([saying(1, 'one'), saying(3, 'three')])
    expect(player.hear(say('four')).sent).toEqual([saying(4, 'four')])
  })

  test('repeats in the order of the numbers also what was postponed before', () => {
    const player = online().hear(say('one'), say('two'), say('three'), rejected('slow-down', 1), alarm('pace'))
    expect(player.sent.at(-1)).toEqual(saying(4, 'one'))
    expect(player.hear(...resumed()).sent.slice(1)).toEqual([saying(2, 'two'), saying(3, 'three'), saying(4, 'one')])
  })

  test('repeats no faster than the welcome allows', () => {
    const player = online().hear(...Array.from({ length: 20 }, (_, k) => say(`${k + 1}`)))
    player.hear(...resumed({ rate: { perSecond: 10, burst: 10 } }))
    expect(player.sent.slice(1)).toEqual(Array.from({ length: 9 }, (_, k) => saying(k + 1, `${k + 1}`)))
    expect(player.alarms.pace).toBeGreaterThan(0)
    expect(player.hear(alarm('pace', now + 150)).sent).toEqual([saying(10, '10')])
  })

  test('keeps the number of a repeat that is told to slow down: it may have been performed [D3]', () => {
    const player = online()
      .hear(say('one'))
      .hear(...resumed())
    player.hear(rejected('slow-down', 1))
    expect(player.hear(alarm('pace')).sent).toEqual([saying(1, 'one')])
  })

  test('gives a new number to a repeat that is certain not to have been performed', () => {
    const player = online()
      .hear(say('one'))
      .hear(...resumed())
    expect(player.hear(rejected('number-refused', 1)).sent).toEqual([saying(2, 'one')])
    expect(player.hear(ok(2)).reports).toMatchObject([{ id: 1, is: 'done', seq: 11 }])
  })

  test('that is over says that the outcome is unknown, and sends only what it had not sent [D3]', () => {
    const player = online().hear(say('one'), say('two'), closed, say('three'), alarm('retry'), opened)
    expect(player.hear(rejected('session-unknown')).sent).toEqual([{ type: 'hello', name: 'alice', room: 'lobby' }])
    player.hear(welcome({ seq: 3, token: 'other' }))
    expect(player.reports).toMatchObject([1, 2].map(id => ({ id, is: 'unknown' })))
    expect(player.sent).toEqual([saying(1, 'three')])
    expect(player.at).toMatchObject({ cursor: 2, token: 'other' })
  })

  test('marks what happened while it was away [D6]', () => {
    const player = online().hear(...resumed({ seq: 20 }))
    const said = (seq: number) => {
      player.hear(reply({ type: 'said', seq, at: 0, room: 'lobby', from: 'bob', text: 'x' }))
      return player.effects.flatMap(effect => (effect.type === 'tell' ? [effect.spoken.replayed] : []))
    }
    expect([said(19), said(20), said(21)]).toEqual([[true], [true], [false]])
  })

  test('goes on from the rooms as they are after a gap', () => {
    const player = online().hear(...resumed({ seq: 500, gap: true }))
    const heard = [room(500, 'lobby'), room(500, 'ops'), reply({ type: 'pong', id: 'gap', seq: 500 })]
    expect(heard.map(one => player.hear(one).at.cursor)).toEqual([499, 499, 500])
    expect(online().hear(...resumed({ seq: 500 })).at.cursor).toBe(10)
  })

  test('does not know what became of its commands where another session goes on than that in which it sent them [D3]', () => {
    const player = online().hear(say('one'), ...resumed({ session: 'another', seq: 20 }))
    expect(player.reports).toMatchObject([{ id: 1, is: 'unknown' }])
    expect(player.sent).toMatchObject([saying(1, 'one'), { type: 'hello' }])
    expect(player.hear(say('two')).sent).toEqual([saying(1, 'two')])
  })

  test('is called as welcome says, also if another member had that name before', () => {
    const renamed = (seq: number, from: string, to: string) => reply({ type: 'renamed', seq, at: 0, from, to })
    const player = online().hear(...resumed({ name: 'dora', seq: 20 }))
    player.hear(renamed(15, 'dora', 'bert'), renamed(16, 'alice', 'dora'))
    expect(player.at.status).toMatchObject({ name: 'dora' })
    player.hear(renamed(21, 'dora', 'cora'))
    expect(player.at.status).toMatchObject({ name: 'cora' })
  })

  test('asks for its rooms once more if it had none of them before the connection was lost [D5]', () => {
    const cursorOf = (player: Player): unknown => player.hear(closed, alarm('retry'), opened).sent[0]
    expect(cursorOf(new Player().hear(start, opened, welcome()))).toMatchObject({ cursor: 9 })
    expect(cursorOf(online())).toMatchObject({ cursor: 10 })
  })

  test('[D5] says whether it has what came with its last welcome: after a gap, only when it has the rooms and the missed', () => {
    const wholeOf = (player: Player): unknown =>
      (player.hear(closed, alarm('retry'), opened).sent[0] as { readonly whole?: true }).whole
    expect(wholeOf(new Player().hear(start, opened, welcome()))).toBe(undefined)
    expect(wholeOf(online())).toBe(true)
    // Nothing came after this welcome, and nothing is missing.
    expect(wholeOf(online().hear(closed, alarm('retry'), opened, welcome({ seq: 20, resumed: true })))).toBe(true)
    const overGap = welcome({ seq: 20, resumed: true, gap: true })
    const back = () => online().hear(closed, alarm('retry'), opened, overGap)
    expect(wholeOf(back())).toBe(undefined)
    const rooms = reply({ type: 'conversations', seq: 20, conversations: [] })
    expect(wholeOf(back().hear(rooms))).toBe(undefined)
    expect(wholeOf(back().hear(rooms, reply({ type: 'pong', id: 'gap', seq: 20 })))).toBe(true)
  })

  test('asks whether the server is there, and takes a long silence for the end', () => {
    const player = online()
    expect(player.alarms.ping).toBe(PING_MS)
    player.hear(alarm('ping', now + PING_MS))
    expect([player.sent, player.alarms.ping]).toEqual([[{ type: 'ping', id: now + PING_MS }], PING_MS])
    player.hear(reply({ type: 'pong', id: now + PING_MS, seq: 11 }, now + PING_MS + 30))
    expect(player.at.status).toMatchObject({ roundTrip: 30 })
    expect(player.hear(alarm('ping', now + PING_MS + SILENCE_MS)).at.status.state).toBe('online')
    player.hear(alarm('ping', now + PING_MS + 31 + SILENCE_MS))
    expect(player.at.status).toMatchObject({ state: 'waiting', why: 'no answer from the server' })
    expect(player.effects[0]).toEqual({ type: 'hang-up' })
  })

  test('answers the pings of the server', () => {
    expect(online().hear(reply({ type: 'ping', seq: 11 })).sent).toEqual([{ type: 'pong' }])
  })

  test('is not in step with others: how long it waits is half chance', () => {
    fc.assert(
      fc.property(fc.nat(100), fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), (attempt, random) => {
        const ms = backoff(attempt, random)
        const ceiling = Math.min(15_000, 250 * 2 ** attempt)
        expect(ms).toBeGreaterThanOrEqual(ceiling / 2)
        expect(ms).toBeLessThanOrEqual(ceiling)
        expect(Math.abs(backoff(attempt, 0) * 2 - ceiling)).toBeLessThanOrEqual(1)
      }),
    )
    const waits = [0, 0.5].map(random => {
      const late: SessionMessage = { type: 'alarm', alarm: 'ping', now: now + SILENCE_MS + 1, random }
      return online().hear(late).alarms.retry
    })
    expect(waits[0]).not.toBe(waits[1])
  })
})

describe('a session that was away', () => {
  const back = (more: object = {}): readonly SessionMessage[] => resumed({ seq: 100, gap: true, ...more })
  const part = (seqs: readonly number[], missed: number, more = false): SessionMessage =>
    reply({ type: 'history', seq: 100, room: 'lobby', after: 10, missed, messages: seqs.map(past), more })
  const past = (seq: number) => ({ seq, at: 0, room: 'lobby', from: 'bob', text: `${seq}` })
  const mark = reply({ type: 'pong', id: 'gap', seq: 100 })
  const said = (seq: number): SessionMessage => reply({ type: 'said', ...past(seq) })
  const told = (player: Player) =>
    player.effects.flatMap(effect => {
      if (effect.type !== 'tell') return []
      const { reply: spoken, replayed } = effect.spoken
      return spoken.type === 'said' ? [replayed ? `past ${spoken.seq}` : spoken.seq] : [spoken.type]
    })

  test('is told what it missed when all of that is known, and holds what comes meanwhile [K2]', () => {
    const player = online().hear(...back())
    expect(player.sent).toEqual([
      { ...hello, epoch: 'e', cursor: 10, whole: true },
      { type: 'ping', id: 'gap' },
    ])
    expect(told(player.hear(part([11, 12], 2), said(101)))).toEqual([])
    expect(told(player.hear(mark))).toEqual(['pong', 'past 11', 'past 12', 101])
    expect(told(player.hear(said(102)))).toEqual([102])
    expect(player.at.cursor).toBe(102)
  })

  test('asks for what is more than a page, before what it has to say', () => {
    const player = online().hear(...back(), part([11], 3, true), say('one'))
    expect(player.sent.at(-1)).toEqual(saying(1, 'one'))
    expect(player.hear(mark, say('two')).sent).toEqual([
      { type: 'history', room: 'lobby', before: null, after: 11, since: null, limit: 200, n: 2 },
      saying(3, 'two'),
    ])
    const rest = { type: 'history', n: 2, seq: 101, room: 'lobby', messages: [12, 13].map(past), more: false }
    expect(told(player.hear(reply(rest)))).toEqual(['past 11', 'past 12', 'past 13'])
    expect(player.reports).toEqual([])
  })

  test('hears answers at once, and states what it cannot get', () => {
    const player = online().hear(...back(), part([11], 3, true), mark, said(101), say('one'))
    expect(told(player.hear(ok(2)))).toEqual(['ok'])
    expect(told(player.hear(rejected('not-in-room', 1)))).toEqual(['past 11', 'gap', 101])
  })

  test('asks for all of it where it wants no history with joining a room', () => {
    const player = online({ history: 0 }).hear(...back(), part([], 2, true), mark)
    expect(player.sent[0]).toMatchObject({ type: 'hello', history: 0 })
    expect(player.sent.at(-1)).toMatchObject({ type: 'history', after: 10, limit: 200, n: 1 })
    const all = { type: 'history', n: 1, seq: 101, room: 'lobby', messages: [11, 12].map(past), more: false }
    expect(told(player.hear(reply(all)))).toEqual(['past 11', 'past 12'])
  })

  test('and does not want to hear of it is told how much it was', () => {
    const player = online({ catchUp: false }).hear(...back())
    expect(player.sent[0]).toMatchObject({ history: 0 })
    player.hear(part([], 7, true), mark)
    expect([told(player), player.sent]).toEqual([['pong', 'gap'], []])
  })

  test('goes on where the connection was lost before all was told, with what it has read [K2]', () => {
    const player = online().hear(...back(), part([11, 12], 9, true), mark)
    const answer = (n: number, seqs: readonly number[], more: boolean): SessionMessage =>
      reply({ type: 'history', n, seq: 300, room: 'lobby', messages: seqs.map(past), more })
    player.hear(answer(1, [13, 14], true), closed, alarm('retry'), opened)
    expect(player.sent.at(-1)).toEqual({ ...hello, epoch: 'e', cursor: 10 })
    // The first page comes once more; the requested one is behind all messages that were read.
    player.hear(welcome({ seq: 200, resumed: true, gap: true }), part([11, 12], 10, true), mark)
    expect(player.sent).toEqual([
      { type: 'ping', id: 'gap' },
      { type: 'history', room: 'lobby', before: null, after: 14, since: null, limit: 200, n: 3 },
    ])
    expect(told(player)).toEqual(['welcome', 'pong'])
    // Cut again before the server has told of the gap: nothing of it is lost.
    player.hear(answer(3, [15], true), closed, alarm('retry'), opened)
    player.hear(welcome({ seq: 200, resumed: true, gap: true }), closed, alarm('retry'), opened)
    player.hear(welcome({ seq: 300, resumed: true, gap: true }), part([11, 12], 10, true), mark)
    expect(player.sent.at(-1)).toMatchObject({ after: 15 })
    player.hear(answer(5, [16, 17, 18, 19, 150], false), said(301))
    expect(told(player)).toEqual([...[11, 12, 13, 14, 15, 16, 17, 18, 19, 150].map(seq => `past ${seq}`), 301])
    expect(player.at).toMatchObject({ cursor: 301, interrupted: null, catchingUp: null })
  })

  test('keeps nothing of a gap that is none any more, or of another journal', () => {
    for (const more of [{ gap: false }, { gap: true, epoch: 'other' }, { resumed: false }]) {
      const player = online().hear(...back(), part([11], 9, true), mark, closed, alarm('retry'), opened)
      player.hear(welcome({ seq: 200, resumed: true, ...more }))
      expect(player.at).toMatchObject({ interrupted: null, catchingUp: null })
    }
  })

  test('has what is within one page where the connection is lost before all is told', () => {
    const player = online().hear(...back(), part([11], 2, true), mark, said(101), closed)
    expect(player.at.cursor).toBe(10)
    player.hear(alarm('retry'), opened)
    expect(player.sent).toEqual([{ ...hello, epoch: 'e', cursor: 10 }])
    player.hear(welcome({ seq: 200, resumed: true, gap: true }), part([11, 12, 101], 3), mark)
    expect(told(player)).toEqual(['welcome', 'pong', 'past 11', 'past 12', 'past 101'])
  })

  test('keeps nothing back when it is over meanwhile', () => {
    const player = online().hear(...back(), part([11], 2, true), said(101))
    player.hear(reply({ type: 'closed', code: 'kicked', message: '', reconnect: false }))
    expect(told(player)).toEqual(['closed', 'past 11', 'gap', 101])
  })

  test('for longer than the journal goes back is told the rooms as they are', () => {
    const player = online().hear(...back({ epoch: 'other', seq: 3 }))
    expect(player.sent.slice(1)).toEqual([{ type: 'ping', id: 'gap' }])
    expect(told(player.hear(said(4)))).toEqual([4])
    expect(player.at).toMatchObject({ cursor: 4, epoch: 'other' })
  })

  test('leaves when it has been told all', () => {
    const player = online().hear(...back(), leave)
    expect(player.sent.at(-1)).toEqual({ type: 'ping', id: 'gap' })
    expect(player.hear(mark).sent).toEqual([{ type: 'bye' }])
  })

  test('passes over what it has had of an input that comes once more', () => {
    const event = (i: number, last: boolean) =>
      reply({ type: 'parted', seq: 11, at: 0, i, last, room: 'lobby', name: `${i}` })
    const player = online().hear(event(0, false), event(1, false), ...resumed({ seq: 20 }))
    const names = player.hear(event(0, false), event(1, false), event(2, true)).effects.length
    expect([names, player.at.cursor]).toEqual([1, 11])
  })

  test('says hello by the name that it has now', () => {
    const player = online().hear(reply({ type: 'renamed', seq: 11, at: 0, from: 'alice', to: 'Alicia' }), closed)
    expect(player.hear(alarm('retry'), opened).sent).toMatchObject([{ name: 'Alicia', token: TOKEN, cursor: 11 }])
  })

  test.each<[ErrorCode, number, readonly SessionMessage[]]>([
    ['name-taken', 4, []],
    ['name-taken', 6, [say('one')]],
  ])('and finds itself refused ends: %s, exit code %i', (code, exit, before) => {
    const player = online().hear(...before, closed, alarm('retry'), opened, rejected(code))
    expect(player.at.status).toMatchObject({ state: 'ended', end: { code, exit } })
  })

  test.each<ErrorCode>(['server-full', 'too-many-from-address', 'storage'])(
    'keeps trying where the server has trouble of its own: %s',
    code => {
      const player = online().hear(closed, alarm('retry'), opened, rejected(code))
      expect(player.at.status).toMatchObject({ state: 'waiting', attempt: 2, why: code })
      expect(player.effects).toContainEqual({ type: 'hang-up' })
    },
  )
})

describe('patience', () => {
  const at = (ms: number): SessionMessage => ({
    type: 'wire',
    what: { type: 'failed', reason: 'gone' },
    now: now + ms,
    random: 0,
  })

  test.each([20_000, 60_000, 300_000])('of %i ms is some twenty attempts or more', patience => {
    const player = online({ patience }).hear(closed)
    let [attempts, ms] = [0, 0]
    for (; player.at.status.state === 'waiting'; attempts++) {
      ms += player.at.status.ms
      player.hear(alarm('retry'), { ...at(ms), random: 0.999 } as SessionMessage)
    }
    expect(ms).toBe(patience)
    expect(attempts).toBeGreaterThanOrEqual(20)
  })

  test('ends with a last attempt when it is over, and says whether something was left unanswered', () => {
    for (const [said, exit] of [
      [[], 3],
      [[say('one')], 6],
    ] as const) {
      const player = online({ patience: 1000 }).hear(...said, closed)
      expect(player.hear(alarm('retry'), at(200)).alarms.retry).toBe(250)
      expect(player.hear(alarm('retry'), at(900)).alarms.retry).toBe(100)
      player.hear(alarm('retry'), at(1000))
      expect(player.at.status).toEqual({ state: 'ended', end: { by: 'network', message: 'gone', exit } })
    }
  })

  test('is counted anew after each time that one was back', () => {
    const player = online({ patience: 1000 }).hear(closed, alarm('retry'), at(900), ...resumed())
    player.hear({ ...closed, now: now + 5000 } as SessionMessage)
    expect(player.at.status.state).toBe('waiting')
  })

  test('is not for a server that is not there at first', () => {
    const player = new Player({ insist: false }).hear(start, say('one'), failed)
    expect(player.at.status).toMatchObject({ state: 'ended', end: { exit: 3 } })
  })

  test('may be cut short: the next attempt is made now', () => {
    const player = online().hear(closed)
    expect(player.hear({ type: 'retry' }).effects).toEqual([{ type: 'dial' }])
    expect(player.hear({ type: 'retry' }, alarm('retry')).effects).toEqual([])
  })
})

describe('an unanswered command', () => {
  const states = (player: Player) => pending(player.at.outbox).map(({ id, state }) => [id, state])

  test('is shown as unsent, sent or unsure, in the order in which it was asked [K1]', () => {
    const player = online().hear(say('one'), say('two'), rejected('slow-down', 1))
    expect(states(player)).toEqual([
      [1, 'unsent'],
      [2, 'sent'],
    ])
    player.hear(closed, say('three'))
    expect(states(player)).toEqual([
      [1, 'unsent'],
      [2, 'unsure'],
      [3, 'unsent'],
    ])
    player.hear(...resumed().slice(1))
    expect(states(player).map(([, state]) => state)).toEqual(['sent', 'sent', 'sent'])
    expect(player.sent.slice(1)).toEqual([saying(2, 'two'), saying(3, 'one'), saying(4, 'three')])
  })

  test('and whose result is forgotten has an unknown outcome [K1]', () => {
    const player = online()
      .hear(say('one'))
      .hear(...resumed(), rejected('number-forgotten', 1))
    const asked = { type: 'say', room: 'lobby', text: 'one', action: false }
    expect(player.reports).toEqual([{ id: 1, is: 'unknown', asked }])
  })

  test('is asked again in a new session if it is a question', () => {
    const who: SessionMessage = { type: 'ask', asked: { type: 'who', room: 'lobby' }, now }
    const player = online().hear(say('one'), who, say('two'), closed, alarm('retry'), opened, welcome({ seq: 2 }))
    expect(player.reports).toMatchObject([
      { id: 1, is: 'unknown' },
      { id: 3, is: 'unknown' },
    ])
    expect(player.sent.at(-1)).toEqual({ type: 'who', room: 'lobby', n: 1 })
  })

  test('goes on in another client that remembers it, and no less', () => {
    const player = online().hear(say('one'), say('two'), ok(1), closed, say('three'))
    const snapshot = JSON.parse(JSON.stringify(remembered(player.at))) as Remembered
    expect(snapshot).toMatchObject({ token: TOKEN, epoch: 'e', cursor: 10, name: 'alice', lastN: 2 })
    const next = new Player()
    next.at = rememberedSession({ ...wish, name: 'somebody' }, snapshot)
    next.hear(start, opened, welcome({ resumed: true, token: undefined }), say('four'))
    expect(next.sent).toEqual([
      { ...hello, epoch: 'e', cursor: 10 },
      ...[saying(2, 'two'), saying(3, 'three'), saying(4, 'four')],
    ])
    expect(next.hear(ok(4)).reports).toMatchObject([{ id: 4, is: 'done' }])
  })

  test('is not remembered when all is over', () => {
    const player = online().hear(leave, reply({ type: 'closed', code: 'bye', message: '', reconnect: false }))
    expect(remembered(player.at)).toBe(null)
  })
})

describe('a session that leaves', () => {
  test('needs no connection for that if all was answered', () => {
    const player = online().hear(say('one'), ok(1), closed, leave)
    expect(player.at.status).toEqual({ state: 'ended', end: { by: 'user', exit: 0 } })
    expect(online().hear(leave, say('late'), closed).at.status.state).toBe('ended')
    const waiting = online().hear(say('one'), closed, leave)
    expect(waiting.at.status.state).toBe('waiting')
    expect(waiting.hear(...resumed().slice(1), ok(1)).sent.at(-1)).toEqual({ type: 'bye' })
  })

  test('waits for the acknowledgements, says bye, and ends well', () => {
    const player = online().hear(say('one'), leave)
    expect(player.sent).toEqual([saying(1, 'one')])
    expect(player.hear(ok(1)).sent).toEqual([{ type: 'bye' }])
    player.hear(reply({ type: 'closed', code: 'bye', message: 'Goodbye.', reconnect: false }))
    expect(player.at.status).toEqual({
      state: 'ended',
      end: { by: 'server', code: 'bye', message: 'Goodbye.', exit: 0 },
    })
    expect(player.hear(say('late'), closed, opened).effects).toEqual([])
  })

  test('has left when its goodbye could not be stored: it waits for no other answer [K4]', () => {
    const refused = reply({ type: 'rejected', code: 'storage', message: 'The server cannot store messages now.' })
    const player = online().hear(leave, refused)
    expect(player.at.status).toEqual({ state: 'ended', end: { by: 'user', exit: 0 } })
    expect(player.effects).toContainEqual({ type: 'hang-up' })
    expect(online().hear(refused).at.status.state).toBe('online')
  })

  test('has left when the connection ends after its goodbye', () => {
    expect(online().hear(leave, closed).at.status).toEqual({ state: 'ended', end: { by: 'user', exit: 0 } })
  })

  test('says first what it was asked before there was a connection', () => {
    const player = new Player().hear(start, say('one'), leave, opened, welcome())
    expect(player.sent.slice(1)).toEqual([saying(1, 'one')])
    expect(player.hear(ok(1)).sent).toEqual([{ type: 'bye' }])
  })
})

describe('a session that cannot go on', () => {
  test.each<[ErrorCode, number]>([
    ['name-taken', 4],
    ['name-characters', 4],
    ['server-full', 4],
    ['room-name', 4],
    ['rooms-full', 4],
    ['storage', 6],
  ])('ends when it is not let in: %s', (code, exit) => {
    const player = new Player().hear(start, opened, rejected(code))
    expect(player.at.status).toEqual({ state: 'ended', end: { by: 'server', code, message: code, exit } })
    expect(ERRORS[code].exit).toBe(exit)
  })

  test.each<[CloseCode, number]>([
    ['kicked', 5],
    ['banned', 4],
    ['replaced', 4],
    ['flooding', 4],
  ])('ends when the server ends it for good: %s', (code, exit) => {
    const player = online().hear(reply({ type: 'closed', code, message: code, reconnect: CLOSINGS[code].reconnect }))
    expect(player.at.status).toEqual({ state: 'ended', end: { by: 'server', code, message: code, exit } })
  })

  test.each<[CloseCode, number]>([
    ['kicked', 5],
    ['banned', 4],
    ['flooding', 6],
  ])('ends for good with something unanswered: %s', (code, exit) => {
    const player = online().hear(say('one'), reply({ type: 'closed', code, message: code, reconnect: false }))
    expect(player.at.status).toMatchObject({ state: 'ended', end: { exit } })
  })

  test('comes back when the server says that it may', () => {
    const shutdown = reply({ type: 'closed', code: 'shutdown', message: '', reconnect: true })
    expect(online().hear(shutdown, closed).at.status.state).toBe('waiting')
    expect(online({ reconnect: false }).hear(shutdown).at.status).toMatchObject({ end: { exit: 3 } })
  })

  test('and does not come back says whether something was left unanswered', () => {
    const exitOf = (...heard: readonly SessionMessage[]) => {
      const { status } = online({ reconnect: false }).hear(...heard).at
      return status.state === 'ended' ? status.end.exit : null
    }
    expect(exitOf(closed)).toBe(3)
    expect(exitOf(say('one'), closed)).toBe(6)
    expect(exitOf(say('one'), ok(1), closed)).toBe(3)
    expect(new Player({ reconnect: false }).hear(start, say('one'), failed).at.status).toEqual({
      state: 'ended',
      end: { by: 'network', message: 'nobody there', exit: 3 },
    })
  })
})
