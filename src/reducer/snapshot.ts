/**
 * A state as text and back: what a start goes on from instead of folding every input again. It holds what State holds:
 * no text of a message, and secrets only as hashes.
 */
import { Map as IMap, Set as ISet, OrderedMap } from 'immutable'
import type { Result } from '../model/event.ts'
import type { Grant, Posted } from '../model/grant.ts'
import type { Hook } from '../model/hook.ts'
import type { SessionId } from '../model/input.ts'
import { Results } from '../model/results.ts'
import type { KeptTopic, Lapsed, Member, Session, State } from '../model/state.ts'
import type { MemberView, RoomView } from '../model/view.ts'

/** Raised whenever the shape below, or what a field means, changes. */
const VERSION = 4
/**
 * Those of before there were lapsed sessions, tokens of the API, and the format of the rules: what they have is read as it
 * was meant.
 */
const EARLIER: readonly number[] = [1, 2, 3]

type Plain = {
  readonly version: number
  /** Absent before version 4: 1. */
  readonly format?: number
  readonly seq: number
  readonly at: number
  readonly rooms: readonly (Omit<RoomView, 'members'> & { readonly members: readonly PlainMember[] })[]
  /** Absent before version 4. The oldest first. */
  readonly topics?: readonly (readonly [string, KeptTopic])[]
  readonly members: readonly (Omit<Member, 'rooms' | 'sessions'> & {
    readonly rooms: readonly string[]
    readonly sessions: readonly string[]
  })[]
  readonly sessions: readonly PlainSession[]
  readonly due: readonly (readonly [string, number])[]
  /** The oldest first. Absent in version 1. */
  readonly lapsed?: readonly (Omit<Lapsed, 'session'> & { readonly session: PlainSession })[]
  /** Absent before version 3. `posted`: the oldest first. */
  readonly grants?: readonly (Omit<Grant, 'posted'> & { readonly posted: readonly [string, Posted][] })[]
  readonly hooks?: readonly Hook[]
  /**
   * Tokens that lead elsewhere than their sessions say, since two share one: under format 1 they may come to that, and whom
   * such a token resumes is a decision. Null: to nobody.
   */
  readonly shared?: readonly (readonly [string, SessionId | null])[]
}
/** Without an id before version 4. */
type PlainMember = Omit<MemberView, 'id'> & Partial<Pick<MemberView, 'id'>>
type PlainSession = Omit<Session, 'results'> & { readonly results: readonly Result[] }

/** The same text for equal states, whatever way led to them. */
export const toSnapshot = (state: State): string => [...snapshotParts(state)].join('')

/** The same in parts, for who has not the time for all of it at once: a state never changes, so that it may take a while. */
export function* snapshotParts(state: State): Generator<string> {
  let before = '{'
  for (const [name, value] of Object.entries(plainOf(state))) {
    yield `${before}${JSON.stringify(name)}:`
    before = ','
    if (Array.isArray(value)) yield* listParts(value)
    else yield JSON.stringify(value)
  }
  yield '}'
}

/** Entries of a list in one part: a session has PENDING_MAX results. */
const PART = 16

function* listParts(list: readonly unknown[]): Generator<string> {
  for (let at = 0; at < list.length; at += PART) {
    yield `${at === 0 ? '[' : ','}${JSON.stringify(list.slice(at, at + PART)).slice(1, -1)}`
  }
  yield list.length === 0 ? '[]' : ']'
}

function plainOf(state: State): Plain {
  return {
    version: VERSION,
    format: state.format,
    seq: state.seq,
    at: state.at,
    rooms: sorted([...state.rooms.values()], ({ room }) => room).map(view => ({
      room: view.room,
      topic: view.topic,
      members: sorted([...view.members.values()], ({ name }) => name),
    })),
    topics: [...state.topics],
    members: sorted([...state.members.values()], ({ id }) => id).map(member => ({
      ...member,
      rooms: member.rooms.toArray().sort(),
      sessions: member.sessions.toArray().sort(),
    })),
    sessions: sorted([...state.sessions.values()], ({ id }) => id).map(flat),
    due: sorted([...state.due], ([id]) => id),
    lapsed: [...state.lapsed.values()].map(lapsed => ({ ...lapsed, session: flat(lapsed.session) })),
    grants: sorted([...state.grants.values()], ({ id }) => id).map(grant => ({ ...grant, posted: [...grant.posted] })),
    hooks: [...state.hooks.values()].sort((a, b) => a.id - b.id),
    shared: sharedOf(state),
  }
}

/** Null: another version wrote it, and the inputs have to be folded again. */
export function fromSnapshot(text: string): State | null {
  const plain = JSON.parse(text) as Plain
  if (plain.version !== VERSION && !EARLIER.includes(plain.version)) return null
  const {
    format = 1,
    seq,
    at,
    rooms,
    topics = [],
    members,
    sessions,
    due,
    lapsed = [],
    grants = [],
    hooks = [],
  } = plain
  const ids = new Map(members.map(({ id, name }) => [name.text, id]))
  const listed = ({ id, name, since, away }: PlainMember): [string, MemberView] => [
    name,
    { id: id ?? ids.get(name) ?? '', name, since, away },
  ]
  return {
    format,
    seq,
    at,
    rooms: IMap(rooms.map(view => [view.room, { ...view, members: IMap(view.members.map(listed)) }])),
    topics: OrderedMap<string, KeptTopic>(topics.map(([room, kept]) => [room, kept])),
    members: IMap(
      members.map(member => [member.id, { ...member, rooms: ISet(member.rooms), sessions: ISet(member.sessions) }]),
    ),
    sessions: IMap(sessions.map(session => [session.id, whole(session)])),
    names: IMap([...members, ...grants].flatMap(({ id, name }) => name.keys.map(key => [key, id] as const))),
    tokens: withShared(tokensOf([...sessions, ...lapsed.map(({ session }) => session)]), plain.shared ?? []),
    due: IMap(due),
    lapsed: OrderedMap(lapsed.map(one => [one.session.id, { ...one, session: whole(one.session) }])),
    grants: IMap(grants.map(grant => [grant.id, { ...grant, posted: OrderedMap<string, Posted>(grant.posted) }])),
    hooks: IMap(hooks.map(hook => [hook.id, hook])),
  }
}

const tokensOf = (known: Iterable<Pick<Session, 'id' | 'token'>>): State['tokens'] =>
  IMap([...known].flatMap(({ id, token }) => (token === null ? [] : [[token, id] as const])))

function sharedOf({ sessions, lapsed, tokens }: State): NonNullable<Plain['shared']> {
  const count = sessions.count(({ token }) => token !== null) + lapsed.size
  if (count === tokens.size) return []
  const inOrder = sorted([...sessions.values()], ({ id }) => id)
  const said = tokensOf([...inOrder, ...lapsed.valueSeq().map(({ session }) => session)])
  const other = [...said].filter(([token, id]) => tokens.get(token) !== id)
  const led = other.map(([token]) => [token, tokens.get(token) ?? null] as const)
  return sorted(led, ([token]) => token)
}

const withShared = (tokens: State['tokens'], shared: NonNullable<Plain['shared']>): State['tokens'] =>
  shared.reduce((all, [token, id]) => (id === null ? all.delete(token) : all.set(token, id)), tokens)

const flat = (session: Session): PlainSession => ({ ...session, results: session.results.list() })
const whole = (session: PlainSession): Session => ({ ...session, results: Results.of(session.results) })

const sorted = <T>(values: readonly T[], by: (value: T) => string): readonly T[] =>
  [...values].sort((a, b) => (by(a) < by(b) ? -1 : by(a) > by(b) ? 1 : 0))
