/** The room that a person's words go to, across a lost connection. */
import { expect, test } from 'vitest'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import { emptyView, evolveView } from '../../../../src/client/session/view.ts'
import { onReply, startingIn, type Whereabouts } from '../../../../src/program/client/plain/current-room.ts'

type Said = Incoming['reply']

const welcome = (seq: number, resumed: boolean): Said => ({
  ...{ type: 'welcome', seq, at: 0, name: 'alice', session: 's', epoch: 'e', resumed, gap: resumed },
  ...{ grace: 0, rate: null },
})
const room = (name: string, seq: number): Said => ({ type: 'room', seq, at: 0, room: name, topic: null, members: [] })
const said: Said = { type: 'said', seq: 99, at: 0, room: 'lobby', from: 'bob', text: 'hi' }
const history: Said = { type: 'history', seq: 20, room: 'lobby', messages: [], more: false }

/** Where one is after all of these. */
function whereAfter(...replies: readonly Said[]): string {
  let at: Whereabouts = startingIn('lobby')
  let view = emptyView
  for (const reply of replies) {
    view = evolveView(view, reply)
    at = onReply(at, reply, view)
  }
  return at.room
}

const inOps = [welcome(1, false), room('lobby', 1), room('ops', 2)]

test('who comes back to a gap is where they were, in whatever order the rooms come', () => {
  expect(whereAfter(...inOps)).toBe('ops')
  expect(whereAfter(...inOps, welcome(20, true), room('ops', 20), room('lobby', 20), said)).toBe('ops')
  expect(whereAfter(...inOps, welcome(20, true), room('lobby', 20), history, room('ops', 20), said)).toBe('ops')
})

test('who is not in that room any more is in another one that they are in', () => {
  expect(whereAfter(...inOps, welcome(20, true), room('lobby', 20), said)).toBe('lobby')
})

test('who enters anew is where the server lets them in; a room joined after that is gone to', () => {
  expect(whereAfter(...inOps, welcome(3, false), room('lobby', 3))).toBe('lobby')
  expect(whereAfter(...inOps, welcome(20, true), room('lobby', 20), room('ops', 20), room('den', 21))).toBe('den')
})
