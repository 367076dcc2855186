/**
 * Messages that were missed in a gap: asked for page by page, delivered in order and once, and a missing rest is
 * stated.
 */
import fc from 'fast-check'
import { List } from 'immutable'
import { describe, expect, test } from 'vitest'
import {
  CATCH_UP_MAX,
  type CatchingUp,
  catchingUp,
  caughtUp,
  goingOn,
  nextQuestion,
  withoutPage,
  withPage,
  withPart,
} from '../../../../src/client/session/backfill/backfill.ts'
import type { PastMessage, Reply } from '../../../../src/codec/native/reply.ts'
import { HISTORY_PAGE_MAX, MISSED_MAX } from '../../../../src/model/limits.ts'
import { seedOf } from '../../../helpers/seeds.ts'

const FROM = 10
const TO = 20_000

type History = Extract<Reply, { type: 'history' }>

const inRoom = (seq: number, room: string | undefined): PastMessage => ({
  ...{ seq, at: seq, from: 'bob', text: `${seq}` },
  ...(room === undefined ? { to: 'alice' } : { room }),
})
const page = (room: string | undefined, seqs: readonly number[], more = false): History => ({
  ...{ type: 'history', seq: TO, ...(room === undefined ? {} : { room }) },
  ...{ messages: seqs.map(seq => inRoom(seq, room)), more },
})
const part = (room: string | undefined, seqs: readonly number[], missed: number, more = false): History => ({
  ...page(room, seqs, more),
  ...{ after: FROM, missed },
})
/** `gone` messages right before the page are not kept. */
const behind = (gone: number, history: History): History => ({ ...history, gone })
const range = (from: number, count: number): number[] => Array.from({ length: count }, (_, k) => from + k)

const begun = (...parts: readonly History[]): CatchingUp => parts.reduce(withPart, catchingUp(FROM, TO))
const told = (at: CatchingUp): readonly unknown[] =>
  caughtUp(at).map(({ reply }) => {
    const { type } = reply
    return type === 'gap' ? reply : type === 'said' || type === 'told' ? [type, reply.seq] : type
  })

describe('the missed past', () => {
  test('is told in one order over all rooms, as of the past, before what came live [D6] [K2]', () => {
    const live: Reply = { type: 'said', seq: TO + 1, at: 0, room: 'ops', from: 'bob', text: 'live' }
    const at = begun(part('lobby', [11, 14], 2), part('ops', [12], 1), part(undefined, [13], 1))
    const held = List([{ reply: live, replayed: false }])
    const spoken = caughtUp({ ...at, held })
    expect(spoken.map(({ reply, replayed }) => ['seq' in reply && reply.seq, replayed])).toEqual([
      ...[11, 12, 13, 14].map(seq => [seq, true]),
      [TO + 1, false],
    ])
    expect(spoken.map(({ reply }) => reply.type)).toEqual(['said', 'said', 'told', 'said', 'said'])
  })

  test('is asked for from the last message on, room after room, until all is there [K2]', () => {
    let at = begun(part('lobby', [11], 3, true), part(undefined, [12], 2, true))
    const question = { type: 'history', before: null, since: null, limit: HISTORY_PAGE_MAX }
    expect(nextQuestion(at)).toEqual({ ...question, room: 'lobby', after: 11 })
    at = withPage(at, page('lobby', [13], true))
    expect(nextQuestion(at)).toEqual({ ...question, room: 'lobby', after: 13 })
    at = withPage(at, page('lobby', [15]))
    expect(nextQuestion(at)).toEqual({ ...question, room: null, after: 12 })
    at = withPage(at, page(undefined, [14]))
    expect(nextQuestion(at)).toBe(null)
    expect(told(at)).toEqual([11, 12, 13, 14, 15].map(seq => [seq === 12 || seq === 14 ? 'told' : 'said', seq]))
  })

  test('ends where the live events begin: those come by themselves, and once', () => {
    const at = withPage(begun(part('lobby', [11], 2, true)), page('lobby', [TO, TO + 1, TO + 2], true))
    expect(nextQuestion(at)).toBe(null)
    expect(told(at)).toEqual([
      ['said', 11],
      ['said', TO],
    ])
  })

  test('is not asked for again and again where a page has nothing and says there is more', () => {
    const at = withPage(begun(part('lobby', [11], 3, true)), page('lobby', [], true))
    expect(nextQuestion(at)).toBe(null)
  })

  test('and was deleted leaves nothing to tell, and is not missing', () => {
    const gone: PastMessage = { seq: 11, at: 11, room: 'lobby', from: 'bob', deleted: true }
    expect(told(begun({ ...part('lobby', [12], 2), messages: [gone, inRoom(12, 'lobby')] }))).toEqual([['said', 12]])
  })
})

describe('a line that is cut, and goes on at another server', () => {
  const again = (at: CatchingUp, ...parts: readonly History[]): CatchingUp => parts.reduce(withPart, goingOn(at, TO))

  test('brings what the first one no longer had, in its place, and nothing twice [K2]', () => {
    const first = begun(part('lobby', [14], 1), part('ops', [13], 1))
    const both = again(first, part('lobby', [11, 12, 14, 15], 4), part('ops', [13], 1))
    expect(told(both)).toEqual([11, 12, 13, 14, 15].map(seq => ['said', seq]))
  })

  test('fills the gap that the first one stated, as far as the second one can [K2]', () => {
    const first = begun(behind(3, part('lobby', [14], 4)))
    const both = again(first, behind(1, part('lobby', [12, 13, 14], 4)))
    expect(told(both)).toEqual([
      ['said', 12],
      ['said', 13],
      { type: 'gap', seq: 13, room: 'lobby', after: FROM, missed: 1 },
      ['said', 14],
    ])
    expect(told(again(first, part('lobby', [11, 12, 13, 14], 4)))).toEqual([11, 12, 13, 14].map(seq => ['said', seq]))
  })
})

describe('a missing part', () => {
  test('from the beginning, since it is not kept any more, is stated before the rest [K2]', () => {
    expect(told(begun(behind(5, part('lobby', [21, 22], 7))))).toEqual([
      { type: 'gap', seq: 20, room: 'lobby', after: FROM, missed: 5 },
      ['said', 21],
      ['said', 22],
    ])
    expect(told(begun(part(undefined, [], 7)))).toEqual([{ type: 'gap', seq: TO, after: FROM, missed: 7 }])
  })

  test(`beyond ${CATCH_UP_MAX} messages is stated after them, and not asked for`, () => {
    let at = begun(part('lobby', range(11, 200), MISSED_MAX, true), part('ops', range(9000, 3), 8, true))
    for (let question = nextQuestion(at), asked = 0; question; question = nextQuestion(at), asked++) {
      if (question.type !== 'history') throw new Error('another question')
      expect(asked).toBeLessThan(CATCH_UP_MAX / 100)
      at = withPage(at, page(question.room ?? undefined, range((question.after ?? 0) + 1, question.limit), true))
    }
    expect(at.messages.length).toBe(CATCH_UP_MAX)
    expect(told(at).filter(one => !Array.isArray(one))).toEqual([
      { type: 'gap', seq: TO, room: 'lobby', after: 10 + CATCH_UP_MAX - 3, missed: 5003, more: true },
      { type: 'gap', seq: TO, room: 'ops', after: 9002, missed: 5 },
    ])
  })

  test('over a line that is always cut is read on and on, each message asked for once [K2]', () => {
    const rooms = ['lobby', 'ops', undefined]
    const numOf = (room: string | undefined): number => rooms.indexOf(room)
    /** The messages of a room after input `after` and up to `to`, no more than `limit`. */
    const saidIn = (
      room: string | undefined,
      after: number,
      to: number,
      limit: number,
    ): readonly [number[], boolean] => {
      const all = range(FROM + 1, to - FROM).filter(seq => seq % 3 === numOf(room) && seq > after)
      return [all.slice(0, limit), all.length > limit]
    }
    fc.assert(
      fc.property(fc.array(fc.nat(4), { maxLength: 40 }), fc.integer({ min: 1, max: 9 }), (cuts, size) => {
        let to = 200
        let asked = 0
        const list = (at: CatchingUp): CatchingUp =>
          rooms.reduce((so, room) => {
            const [seqs, more] = saidIn(room, FROM, to, size)
            return withPart(so, part(room, seqs, saidIn(room, FROM, to, 9999)[0].length, more))
          }, at)
        const read = (at: CatchingUp): CatchingUp => {
          const question = nextQuestion(at)
          if (question?.type !== 'history') return at
          asked += 1
          const [seqs, more] = saidIn(question.room ?? undefined, question.after ?? 0, to, size)
          return withPage(at, page(question.room ?? undefined, seqs, more))
        }
        let at = list(catchingUp(FROM, to))
        for (const pages of cuts) {
          for (let k = 0; k < pages; k++) at = read(at)
          to += 5
          at = list(goingOn(at, to))
        }
        while (nextQuestion(at)) at = read(at)
        expect(told(at)).toEqual(range(FROM + 1, to - FROM).map(seq => [seq % 3 === 2 ? 'told' : 'said', seq]))
        // No page twice: each question brings some that were not read, but for a last one of each room and cut.
        expect(asked).toBeLessThanOrEqual((to - FROM) / size + 3 * (cuts.length + 1))
      }),
      { seed: seedOf(26) },
    )
  })

  test('because a page was refused is stated after what is there', () => {
    const at = withoutPage(begun(part('lobby', [11], 3, true)), 'lobby')
    expect(nextQuestion(at)).toBe(null)
    expect(told(at)).toEqual([['said', 11], { type: 'gap', seq: TO, room: 'lobby', after: 11, missed: 2 }])
  })

  test('on both sides of a page is stated on both sides of it [K2]', () => {
    const at = withoutPage(begun(behind(130, part('lobby', range(145, 16), 150, true))), 'lobby')
    expect(told(at)).toEqual([
      { type: 'gap', seq: 144, room: 'lobby', after: FROM, missed: 130 },
      ...range(145, 16).map(seq => ['said', seq]),
      { type: 'gap', seq: TO, room: 'lobby', after: 160, missed: 4 },
    ])
  })

  test('of a room that the server lists no more was counted up to where it was listed', () => {
    const cut = begun(part('lobby', [11], 3, true))
    expect(told(goingOn(cut, TO + 5))).toEqual([
      ['said', 11],
      { type: 'gap', seq: TO, room: 'lobby', after: 11, missed: 2 },
    ])
  })

  test('is in one gap with its number, through messages forgotten, refusals and cuts [K2]', () => {
    const PAGE = 4
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.constant({ is: 'read' } as const) },
      { weight: 3, arbitrary: fc.record({ is: fc.constant('forget' as const), upTo: fc.nat(60) }) },
      { weight: 2, arbitrary: fc.record({ is: fc.constant('cut' as const), later: fc.nat(9) }) },
      { weight: 1, arbitrary: fc.constant({ is: 'refuse' } as const) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), fc.boolean(), fc.nat(60), (steps, readsOn, first) => {
        let [forgotten, to] = [FROM + first, FROM + 50]
        const isIn = (seq: number): boolean => seq % 3 !== 0
        const saidIn = (after: number, upTo: number): number[] => range(after + 1, upTo - after).filter(isIn)
        const pageOf = (after: number, end: number): History => {
          const all = saidIn(Math.max(after, forgotten), end)
          const [oldest] = all
          const gone = oldest === undefined ? 0 : saidIn(after, oldest - 1).length
          return behind(gone, page('lobby', all.slice(0, PAGE), all.length > PAGE))
        }
        const list = (at: CatchingUp): CatchingUp =>
          withPart(at, { ...pageOf(FROM, to), after: FROM, missed: saidIn(FROM, to).length })
        let at = list(catchingUp(FROM, to))
        const read = (): void => {
          const question = nextQuestion(at)
          // The room goes on while a page is asked for.
          if (question?.type === 'history') at = withPage(at, pageOf(question.after ?? 0, to + 7))
        }
        for (const one of steps) {
          if (one.is === 'read') read()
          if (one.is === 'forget') forgotten = Math.max(forgotten, FROM + one.upTo)
          if (one.is === 'refuse') at = withoutPage(at, 'lobby')
          if (one.is !== 'cut') continue
          to += one.later
          at = list(goingOn(at, to))
        }
        while (readsOn && nextQuestion(at)) read()

        const spoken = caughtUp(at).map(({ reply }) => reply)
        const shown = spoken.flatMap(reply => (reply.type === 'said' ? [reply.seq] : []))
        const gaps = spoken.flatMap(reply => (reply.type === 'gap' ? [reply] : []))
        for (const { after, seq, missed } of gaps) {
          expect(missed).toBe(saidIn(after, seq).length)
          expect(shown.filter(one => one > after && one <= seq)).toEqual([])
        }
        const missing = gaps.flatMap(({ after, seq }) => saidIn(after, seq))
        expect([...shown, ...missing].sort((a, b) => a - b)).toEqual(saidIn(FROM, to))
        expect(shown).toEqual([...shown].sort((a, b) => a - b))
      }),
      { seed: seedOf(87) },
    )
  })
})
