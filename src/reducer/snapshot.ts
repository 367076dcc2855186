/**
 * A state as text and back: what a start goes on from instead of folding every input again. It holds what State holds:
 * no text of a message, and secrets only as hashes.
 */
import { Map as IMap, Set as ISet, OrderedMap } from 'immutable'
import type { Result } from '../model/event.ts'
import { Results } from '../model/results.ts'
import type { Lapsed, Member, Session, State } from '../model/state.ts'
import type { MemberView, RoomView } from '../model/view.ts'

/** Raised whenever the shape below, or what a field means, changes. */
const VERSION = 2
/** That of before there were lapsed sessions. */
const WITHOUT_LAPSED = 1

type Plain = {
  readonly version: number
  readonly seq: number
  readonly at: number
  readonly rooms: readonly (Omit<RoomView, 'members'> & { readonly members: readonly MemberView[] })[]
  readonly members: readonly (Omit<Member, 'rooms' | 'sessions'> & {
    readonly rooms: readonly string[]
    readonly sessions: readonly string[]
  })[]
  readonly sessions: readonly PlainSession[]
  readonly due: readonly (readonly [string, number])[]
  /** The oldest first. Absent in version 1. */
  readonly lapsed?: readonly (Omit<Lapsed, 'session'> & { readonly session: PlainSession })[]
}
type PlainSession = Omit<Session, 'results'> & { readonly results: readonly Result[] }

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
    sessions: sorted([...state.sessions.values()], ({ id }) => id).map(flat),
    due: sorted([...state.due], ([id]) => id),
    lapsed: [...state.lapsed.values()].map(lapsed => ({ ...lapsed, session: flat(lapsed.session) })),
  }
  return JSON.stringify(plain)
}

/** Null: another version wrote it, and the inputs have to be folded again. */
export function fromSnapshot(text: string): State | null {
  const plain = JSON.parse(text) as Plain
  if (plain.version !== VERSION && plain.version !== WITHOUT_LAPSED) return null
  const { seq, at, rooms, members, sessions, due, lapsed = [] } = plain
  const known = [...sessions, ...lapsed.map(({ session }) => session)]
  return {
    seq,
    at,
    rooms: IMap(rooms.map(view => [view.room, { ...view, members: IMap(view.members.map(one => [one.name, one])) }])),
    members: IMap(
      members.map(member => [member.id, { ...member, rooms: ISet(member.rooms), sessions: ISet(member.sessions) }]),
    ),
    sessions: IMap(sessions.map(session => [session.id, whole(session)])),
    names: IMap(members.flatMap(({ id, name }) => name.keys.map(key => [key, id] as const))),
    tokens: IMap(known.flatMap(({ id, token }) => (token === null ? [] : [[token, id] as const]))),
    due: IMap(due),
    lapsed: OrderedMap(lapsed.map(one => [one.session.id, { ...one, session: whole(one.session) }])),
  }
}

const flat = (session: Session): PlainSession => ({ ...session, results: session.results.list() })
const whole = (session: PlainSession): Session => ({ ...session, results: Results.of(session.results) })

const sorted = <T>(values: readonly T[], by: (value: T) => string): readonly T[] =>
  [...values].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
