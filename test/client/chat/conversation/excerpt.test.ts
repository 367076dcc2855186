/** Looking back further than the loaded messages: excerpts of the past, at a server that is an array of messages. */
import fc from 'fast-check'
import { BehaviorSubject, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { here } from '../../../../src/client/chat/chat.ts'
import { createChatStore } from '../../../../src/client/chat/chat-store.ts'
import { latestOf } from '../../../../src/client/chat/conversation/conversation.ts'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import type { Asked } from '../../../../src/client/session/outbox/outbox.ts'
import type { Pending } from '../../../../src/client/session/outbox/pending.ts'
import type { AskOutcome, Status } from '../../../../src/client/session/status.ts'
import type { PastMessage, Reply } from '../../../../src/codec/native/reply.ts'
import { HISTORY_ON_JOIN, HISTORY_PAGE_MAX, TIMELINE_MAX } from '../../../../src/model/limits.ts'
import { runs, seedOf } from '../../../helpers/seeds.ts'

const ROOM = 'lobby'
const message = (seq: number): PastMessage => ({ seq, at: seq, room: ROOM, from: 'bob', text: `m${seq}` })
const whisper = (seq: number, from: string): PastMessage => ({ seq, at: seq, from, to: 'alice', text: `w${seq}` })

/** A talk with a server that knows these messages, and answers when it is told to. */
function sitDown(said: PastMessage[]) {
  const incoming$ = new Subject<Incoming>()
  const outcome$ = new Subject<AskOutcome>()
  const asked: (() => void)[] = []
  let id = 0
  let pages = 0
  const speak = (reply: Reply): void => incoming$.next({ reply, replayed: false })

  function answer(n: number, question: Asked): void {
    // Beside the pages, it asks once for the open questions of the room.
    if (question.type === 'questions') return
    pages++
    if (question.type !== 'history') throw new Error(question.type)
    const all = said.filter(({ room }) => room === (question.room ?? undefined))
    const { before, after, limit = HISTORY_ON_JOIN } = question
    const fits = all.filter(({ seq }) => (after !== null ? seq > after : before === null || seq < before))
    const messages = after !== null ? fits.slice(0, limit) : fits.slice(-limit)
    const of = question.room === null ? {} : { room: ROOM }
    const reply: Reply = { type: 'history', n, seq: 0, ...of, messages, more: messages.length < fits.length }
    speak(reply)
    outcome$.next({ id: n, is: 'done', seq: 0, reply })
  }

  const client = {
    status$: new BehaviorSubject<Status>({ state: 'online', name: 'alice', roundTrip: null }),
    pending$: new BehaviorSubject<readonly Pending[]>([]),
    incoming$,
    outcome$,
    ask(question: Asked): number {
      id++
      const n = id
      asked.push(() => answer(n, question))
      return n
    },
  } as unknown as Client
  const talk = createChatStore(client, { name: 'alice', room: ROOM, panels: true }, () => 0)
  const welcome = { type: 'welcome', seq: 1, at: 0, name: 'alice', session: 's', epoch: 'e', resumed: false } as const
  speak({ ...welcome, gap: false, grace: 0, rate: null })
  speak({ type: 'room', seq: 1, at: 0, room: ROOM, topic: null, members: [] })
  const latest = said.filter(({ room }) => room === ROOM).slice(-HISTORY_ON_JOIN)
  speak({ type: 'history', seq: 0, room: ROOM, messages: latest, more: said.length > latest.length })
  const at = () => here(talk.chat$.value)
  return {
    talk,
    at,
    questions: () => pages,
    settle() {
      for (let next = asked.shift(); next; next = asked.shift()) next()
    },
    hear() {
      const past = message((said.at(-1)?.seq ?? 1) + 1)
      said.push(past)
      speak({ type: 'said', seq: past.seq, at: past.at, room: ROOM, from: past.from, text: past.text ?? '' })
    },
    erase: (target: number) => speak({ type: 'deleted', seq: 10 ** 6, at: 0, room: ROOM, target, by: 'bob' }),
    seqs: () =>
      at()
        .timeline.entries.flatMap(entry => (entry.kind === 'said' ? [entry.seq] : []))
        .toArray(),
  }
}

const run = (count: number, from = 2): PastMessage[] => Array.from({ length: count }, (_, k) => message(from + k))
const isRun = (seqs: readonly number[]): boolean => seqs.every((seq, k) => k === 0 || seq === (seqs[k - 1] ?? 0) + 1)

describe('[G6] looking back', () => {
  test('a message from long ago is one question away, and what was said last is one effect away', () => {
    const one = sitDown(run(3 * TIMELINE_MAX))
    expect(one.talk.seek('#lobby', 500)).toBe(true)
    one.settle()
    expect(one.questions()).toBe(1)
    expect(one.seqs().at(-1)).toBe(500)
    one.talk.later('#lobby')
    one.settle()
    expect(one.seqs()).toEqual(run(2 * HISTORY_PAGE_MAX, 501 - HISTORY_PAGE_MAX).map(({ seq }) => seq))
    one.talk.latest('#lobby')
    expect(one.seqs().at(-1)).toBe(3 * TIMELINE_MAX + 1)
    expect(one.at().past).toBe('more')
  })

  test('[G4] scrolling up ends where the history ends, and scrolling down where it is now', () => {
    const count = 3 * TIMELINE_MAX
    const one = sitDown(run(count))
    const most = 2 * (count / HISTORY_PAGE_MAX)
    for (let k = 0; k < most && one.at().past !== 'all'; k++) {
      one.talk.earlier('#lobby')
      one.settle()
      expect(one.at().timeline.entries.size).toBeLessThanOrEqual(TIMELINE_MAX)
    }
    expect(one.seqs()[0]).toBe(2)
    expect(isRun(one.seqs())).toBe(true)
    for (let k = 0; k < most && one.at().excerpt !== null; k++) {
      one.talk.later('#lobby')
      one.settle()
    }
    expect(one.seqs().at(-1)).toBe(count + 1)
    expect(isRun(one.seqs())).toBe(true)
  })

  test('the shown messages have no hole, and new ones are kept, through any acts', () => {
    const effect = fc.oneof(
      fc.record({ type: fc.constant('seek' as const), seq: fc.integer({ min: 2, max: 900 }) }),
      fc.record({ type: fc.constantFrom('earlier', 'later', 'latest', 'hear', 'settle', 'away') }),
    )
    fc.assert(
      fc.property(fc.array(effect, { maxLength: 40 }), effects => {
        const one = sitDown(run(1000))
        for (const next of effects) {
          if (next.type === 'seek') one.talk.seek('#lobby', next.seq)
          else if (next.type === 'settle') one.settle()
          else if (next.type === 'hear') one.hear()
          else if (next.type === 'away') {
            one.talk.go('@bob')
            one.talk.go('#lobby')
          } else one.talk[next.type]('#lobby')
          expect(isRun(one.seqs())).toBe(true)
        }
        one.settle()
        one.talk.latest('#lobby')
        one.hear()
        expect(isRun(one.seqs())).toBe(true)
        expect(one.seqs().at(-1)).toBe(latestOf(one.at()).entries.last()?.seq)
      }),
      { seed: seedOf(21), numRuns: runs(300) },
    )
  })

  test('a message deleted meanwhile is gone from the latest ones, too', () => {
    const one = sitDown(run(1000))
    one.talk.seek('#lobby', 300)
    one.settle()
    one.erase(1001)
    one.talk.latest('#lobby')
    expect(one.at().timeline.entries.last()).toMatchObject({ seq: 1001, text: null })
  })

  test('of one person’s words the beginning is found, however much others have said to me', () => {
    const said = [whisper(2, 'bob'), ...Array.from({ length: 900 }, (_, k) => whisper(3 + k, 'carol'))]
    const one = sitDown(said)
    one.talk.go('@bob')
    for (let k = 0; k < 20 && one.at().past !== 'all'; k++) {
      one.talk.earlier('@bob')
      one.settle()
    }
    expect(one.seqs()).toEqual([2])
    expect(one.questions()).toBe(5)
  })
})
