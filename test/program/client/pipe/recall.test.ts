/** The past, put before the new messages: each message once and in order, whenever new ones come. */
import { BehaviorSubject, Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import type { Pending } from '../../../../src/client/session/outbox/pending.ts'
import type { AskOutcome, Status } from '../../../../src/client/session/status.ts'
import type { PastMessage, Reply } from '../../../../src/codec/native/reply.ts'
import { recalled$, type Since } from '../../../../src/program/client/pipe/recall.ts'

const said = (seq: number, room = 'ops'): Reply => ({ type: 'said', seq, at: seq, room, from: 'alice', text: `${seq}` })
const past = (seq: number): PastMessage => ({ seq, at: seq, room: 'ops', from: 'alice', text: `${seq}` })
const page = (seqs: readonly number[], more = false): Reply => ({
  ...{ type: 'history', seq: 99, room: 'ops', messages: seqs.map(past), more },
})

/** Recalls messages `since`, with a client whose replies and answers come from the test. */
function recalling(since: Since = { after: 0 }) {
  const incoming$ = new Subject<Incoming>()
  const outcome$ = new Subject<AskOutcome>()
  const asked: object[] = []
  const client: Client = {
    status$: new BehaviorSubject<Status>({ state: 'online', name: 'ears', roundTrip: null }),
    incoming$,
    outcome$,
    waiting$: new BehaviorSubject(0),
    pending$: new BehaviorSubject<readonly Pending[]>([]),
    retry: () => {},
    read: () => {},
    typing: () => {},
    remember: () => null,
    ask: request => asked.push(request),
    leave: () => {},
    close: () => {},
  }
  const heard: (string | number)[] = []
  let done = 0
  let complete = false
  recalled$(
    client,
    'ops',
    since,
    () => done++,
    () => {},
  ).subscribe({
    next: ({ reply, replayed }) => {
      heard.push(reply.type === 'said' ? (replayed ? `past ${reply.seq}` : reply.seq) : reply.type)
    },
    complete: () => {
      complete = true
    },
  })
  const hear = (...replies: readonly Reply[]): void => {
    for (const reply of replies) incoming$.next({ reply, replayed: false })
  }
  return {
    ...{ hear, asked, heard },
    /** The answer to a question, and its output. */
    answer(reply: Reply, id = asked.length): void {
      hear(reply)
      outcome$.next({ id, is: 'done', seq: 99, reply })
    },
    refuse(id = asked.length): void {
      hear({ type: 'rejected', code: 'not-in-room', message: '', retry: false })
      outcome$.next({ id, is: 'refused', code: 'not-in-room', message: '' })
    },
    end: () => incoming$.complete(),
    isDone: () => done,
    isComplete: () => complete,
  }
}

const room: Reply = { type: 'room', seq: 10, at: 10, room: 'ops', topic: null, members: [] }

describe('the past', () => {
  test('is asked for when one is in the room, and comes before what is new', () => {
    const { hear, asked, heard, answer, isDone } = recalling({ since: 5 })
    expect(asked).toEqual([])
    hear(room)
    const range = { before: null, after: null, since: 5 }
    expect(asked).toEqual([{ type: 'history', room: 'ops', ...range, limit: 200 }])
    answer(page([3, 4]))
    hear(said(11))
    expect(heard).toEqual(['room', 'past 3', 'past 4', 11])
    expect([asked.length, isDone()]).toEqual([1, 1])
  })

  test('is asked for page by page, and all of it comes before what was said meanwhile', () => {
    const { hear, asked, heard, answer, isDone } = recalling()
    hear(room, said(11))
    answer(page([1, 2], true))
    expect(asked.at(-1)).toMatchObject({ after: 2, since: null })
    hear(said(12))
    expect([heard, isDone()]).toEqual([['room'], 0])
    answer(page([3]))
    expect([heard, isDone()]).toEqual([['room', 'past 1', 'past 2', 'past 3', 11, 12], 1])
  })

  test('and was heard live as well is told once, as past', () => {
    const { hear, heard, answer } = recalling()
    hear(room, said(11), said(12))
    answer(page([9, 11]))
    expect(heard).toEqual(['room', 'past 9', 'past 11', 12])
  })

  test('stands by its number among the events, and answers behind all of them', () => {
    const { hear, heard, answer } = recalling()
    hear(room, { type: 'ok', n: 1, seq: 11 }, { type: 'joined', seq: 12, at: 12, room: 'ops', name: 'bob' }, said(14))
    answer(page([11, 13]))
    expect(heard).toEqual(['room', 'past 11', 'joined', 'past 13', 14, 'ok'])
  })

  test('is nothing, if nothing was', () => {
    const { hear, heard, answer, isDone } = recalling()
    hear(room, said(11))
    answer(page([]))
    expect([heard, isDone()]).toEqual([['room', 11], 1])
  })

  test('of it nothing is told that was deleted', () => {
    const { hear, heard, answer } = recalling()
    hear(room)
    const gone: PastMessage = { seq: 4, at: 4, room: 'ops', from: 'alice', deleted: true }
    answer({ type: 'history', seq: 99, room: 'ops', messages: [past(3), gone], more: false })
    expect(heard).toEqual(['room', 'past 3'])
  })
})

describe('of the answers to what a script asks itself', () => {
  test('a refusal does not end the past, and comes with what is new', () => {
    const { hear, heard, answer, refuse } = recalling()
    hear(room)
    refuse(77)
    expect(heard).toEqual(['room'])
    answer(page([1]))
    expect(heard).toEqual(['room', 'past 1', 'rejected'])
  })

  test('a page of history is not taken for ours', () => {
    const { hear, asked, heard, answer } = recalling()
    hear(room)
    answer(page([7], true), 77)
    expect(asked.length).toBe(1)
    answer(page([1]))
    expect(heard).toEqual(['room', 'past 1', 'history'])
  })
})

test('a past that is refused is none: what is new comes all the same', () => {
  const { hear, heard, refuse, isDone } = recalling()
  hear(room, said(11))
  refuse()
  hear(said(12))
  expect([heard, isDone()]).toEqual([['room', 11, 'rejected', 12], 1])
})

test('a conversation that ends meanwhile keeps nothing back that has come', () => {
  const { hear, heard, answer, end, isComplete } = recalling()
  hear(room, said(11))
  answer(page([1], true))
  hear({ type: 'closed', code: 'shutdown', message: '', reconnect: true })
  end()
  expect([heard, isComplete()]).toEqual([['room', 'past 1', 11, 'closed'], true])
})
