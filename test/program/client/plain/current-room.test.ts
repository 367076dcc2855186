/** The room that a person's words go to, across a lost connection. */
import { BehaviorSubject, Subject } from 'rxjs'
import { expect, test } from 'vitest'
import { createChatStore } from '../../../../src/client/chat/chat-store.ts'
import { roomOf } from '../../../../src/client/chat/place.ts'
import type { Client } from '../../../../src/client/session/connection.ts'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import type { Pending } from '../../../../src/client/session/outbox/pending.ts'
import type { AskOutcome, Status } from '../../../../src/client/session/status.ts'
import { followRooms } from '../../../../src/program/client/plain/current-room.ts'

type Said = Incoming['reply']

const welcome = (seq: number, resumed: boolean): Said => ({
  ...{ type: 'welcome', seq, at: 0, name: 'alice', session: 's', epoch: 'e', resumed, gap: resumed },
  ...{ grace: 0, rate: null },
})
const room = (name: string, seq: number): Said => ({ type: 'room', seq, at: 0, room: name, topic: null, members: [] })
const said: Said = { type: 'said', seq: 99, at: 0, room: 'lobby', from: 'bob', text: 'hi' }
const history: Said = { type: 'history', seq: 20, room: 'lobby', messages: [], more: false }

/** A room is asked for, and the answer to that. */
type Act =
  | { readonly type: 'join'; readonly asked: string }
  | { readonly type: 'answer'; readonly is: 'done' | 'refused' }
const join: Act = { type: 'join', asked: 'Ops' }
const done: Act = { type: 'answer', is: 'done' }
const refused: Act = { type: 'answer', is: 'refused' }

/** The current room after all of these. */
function whereAfter(...steps: readonly (Said | Act)[]): string | null {
  const incoming$ = new Subject<Incoming>()
  const outcome$ = new Subject<AskOutcome>()
  const client: Client = {
    status$: new BehaviorSubject<Status>({ state: 'online', name: 'alice', roundTrip: null }),
    ...{ incoming$, outcome$ },
    waiting$: new BehaviorSubject(0),
    pending$: new BehaviorSubject<readonly Pending[]>([]),
    ask: () => 1,
    leave: () => {},
    retry: () => {},
    read: () => {},
    typing: () => {},
    remember: () => null,
    close: () => {},
  }
  const talk = createChatStore(client, { name: 'alice', room: 'Lobby' }, () => 0)
  followRooms(client, talk)
  for (const step of steps) {
    if (step.type === 'join') talk.ask({ type: 'join', room: step.asked })
    else if (step.type !== 'answer') incoming$.next({ reply: step, replayed: false })
    else if (step.is === 'done') outcome$.next({ id: 1, is: 'done', seq: 2, reply: { type: 'ok', n: 1, seq: 2 } })
    else outcome$.next({ id: 1, is: 'refused', code: 'rooms-full', message: '' })
  }
  return roomOf(talk.chat$.value.where)
}

const first = [welcome(1, false), room('lobby', 1)]
const inOps = [...first, join, room('ops', 2), done]

test('is the one that the server lets in, however its name was typed', () => {
  expect(whereAfter(...first)).toBe('lobby')
})

test('is the one that is joined, at once, and again the one before if that is refused', () => {
  expect(whereAfter(...first, join, said)).toBe('ops')
  expect(whereAfter(...first, join, said, refused)).toBe('lobby')
  expect(whereAfter(...inOps, said)).toBe('ops')
})

test('a person who comes back to a gap is in the same room, in any order of the rooms', () => {
  expect(whereAfter(...inOps, welcome(20, true), room('ops', 20), room('lobby', 20), said)).toBe('ops')
  expect(whereAfter(...inOps, welcome(20, true), room('lobby', 20), history, room('ops', 20), said)).toBe('ops')
})

test('a person who left that room is in another one of theirs', () => {
  expect(whereAfter(...inOps, welcome(20, true), room('lobby', 20), said)).toBe('lobby')
})

test('a person who enters anew is in the room of the welcome', () => {
  expect(whereAfter(...inOps, welcome(3, false), room('lobby', 3))).toBe('lobby')
  expect(whereAfter(...first, welcome(3, false), room('den', 3))).toBe('den')
})
