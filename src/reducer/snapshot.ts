/**
 * A state as text and back: what a start goes on from instead of folding every input again. It holds what State holds:
 * no text of a message, and secrets only as hashes.
 */
import { Map as IMap, Set as ISet } from 'immutable'
import type { Result } from '../model/event.ts'
import { Results } from '../model/results.ts'
import type { Member, Session, State } from '../model/state.ts'
import type { MemberView, RoomView } from '../model/view.ts'

/** Raised whenever the shape below, or what a field means, changes. */
const VERSION = 1

type Plain = {
  readonly version: number
  readonly seq: number
  readonly at: number
  readonly rooms: readonly (Omit<RoomView, 'members'> & { readonly members: readonly MemberView[] })[]
  readonly members: readonly (Omit<Member, 'rooms' | 'sessions'> & {
    readonly rooms: readonly string[]
    readonly sessions: readonly string[]
  })[]
  readonly sessions: readonly (Omit<Session, 'results'> & { readonly results: readonly Result[] })[]
  readonly due: readonly (readonly [string, number])[]
}

/** The same text for equal states, whatever way led to them. */
export function toSnapshot(state: State): string {
  const plain: Plain = {
    version: VERSION,
    seq: state.seq,
    at: state.at,
    rooms: sorted([...state.rooms.values()], ({ room }) => room).map(view => ({
      room: view.room,
      topic: view.topic,
      members: sorted([...view.members.values()], ({ name }) => name),
    })),
    members: sorted([...state.members.values()], ({ id }) => id).map(member => ({
      ...member,
      rooms: member.rooms.toArray().sort(),
      sessions: member.sessions.toArray().sort(),
    })),
    sessions: sorted([...state.sessions.values()], ({ id }) => id).map(session => ({
      ...session,
      results: session.results.list(),
    })),
    due: sorted([...state.due], ([id]) => id),
  }
  return JSON.stringify(plain)
}

/** Null: another version wrote it, and the inputs have to be folded again. */
export function fromSnapshot(text: string): State | null {
  const plain = JSON.parse(text) as Plain
  if (plain.version !== VERSION) return null
  const { seq, at, rooms, members, sessions, due } = plain
  return {
    seq,
    at,
    rooms: IMap(rooms.map(view => [view.room, { ...view, members: IMap(view.members.map(one => [one.name, one])) }])),
    members: IMap(
      members.map(member => [member.id, { ...member, rooms: ISet(member.rooms), sessions: ISet(member.sessions) }]),
    ),
    sessions: IMap(sessions.map(session => [session.id, { ...session, results: Results.of(session.results) }])),
    names: IMap(members.flatMap(({ id, name }) => name.keys.map(key => [key, id] as const))),
    tokens: IMap(sessions.flatMap(({ id, token }) => (token === null ? [] : [[token, id] as const]))),
    due: IMap(due),
  }
}

const sorted = <T>(values: readonly T[], by: (value: T) => string): readonly T[] =>
  [...values].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
