/**
 * A state as text and back. A start continues from such a snapshot, so it needn't fold every input. A snapshot holds
 * what State holds: no text of a message, and secrets only as hashes.
 */
import { Map as IMap, Set as ISet, List, OrderedMap } from 'immutable'
import type { Result } from '../model/event.ts'
import { FORMAT } from '../model/format.ts'
import type { MemberId, SessionId } from '../model/input.ts'
import type { Modes } from '../model/modes.ts'
import type { Name } from '../model/name/name.ts'
import type { RoomRole } from '../model/roles.ts'
import type { Account, Credential, Invite } from '../model/state/account.ts'
import type { Grant, Posted } from '../model/state/grant.ts'
import type { Hook } from '../model/state/hook.ts'
import type { Filter, Held, LoggedAct, Purge, Rules, Sanction } from '../model/state/keeping.ts'
import type { Node } from '../model/state/node.ts'
import type { Reads } from '../model/state/reads.ts'
import { Results } from '../model/state/results.ts'
import type { KeptTopic, Lapsed, Member, Session, State } from '../model/state.ts'
import type { MemberView, RoomView } from '../model/view.ts'
import { inOrder } from './in-order.ts'
import { sanctionedWith } from './keeping/under.ts'

/** Raised whenever the shape below changes, or the meaning of a field. */
const VERSION = 7
/**
 * What the rules before format 7 can lead to is written as it was then: servers with the program from before take part
 * until the rules change, and compare the hashes of these texts.
 */
const VERSION_BEFORE_7 = 6
/**
 * Versions before lapsed sessions, tokens of the API, the format of the rules, accounts, several servers, and moderation.
 * Each keeps its meaning.
 */
const EARLIER: readonly number[] = [1, 2, 3, 4, 5, 6]

type PlainState = {
  readonly version: number
  /** Absent before version 4, where it is 1. */
  readonly format?: number
  readonly seq: number
  readonly at: number
  /** Absent before version 6. */
  readonly offset?: number | null
  readonly rooms: readonly (Omit<RoomView, 'members' | 'roles' | 'modes'> & {
    readonly members: readonly PlainMember[]
    /** These are absent before version 7. */
    readonly roles?: readonly (readonly [MemberId, RoomRole])[]
    readonly modes?: Modes
  })[]
  /** Oldest first. Absent before version 4. */
  readonly topics?: readonly (readonly [string, KeptTopic])[]
  readonly members: readonly (Omit<Member, 'rooms' | 'sessions'> & {
    readonly rooms: readonly string[]
    readonly sessions: readonly string[]
  })[]
  readonly sessions: readonly PlainSession[]
  readonly due: readonly (readonly [string, number])[]
  /** Oldest first. Absent in version 1. */
  readonly lapsed?: readonly (Omit<Lapsed, 'session'> & { readonly session: PlainSession })[]
  /** Absent before version 3. `posted` is oldest first. */
  readonly grants?: readonly (Omit<Grant, 'posted'> & { readonly posted: readonly [string, Posted][] })[]
  readonly hooks?: readonly Hook[]
  /** These are absent before version 5. */
  readonly accounts?: readonly PlainAccount[]
  readonly reads?: readonly PlainReads[]
  readonly invites?: readonly Invite[]
  readonly founders?: readonly (readonly [string, MemberId])[]
  readonly fresh?: readonly [MemberId, number][]
  readonly absent?: readonly [MemberId, number][]
  readonly erasing?: readonly [MemberId, string][]
  /** Absent before version 6. */
  readonly nodes?: readonly (readonly [string, Node])[]
  /** These are absent before version 7. */
  readonly administrators?: readonly MemberId[]
  readonly rules?: readonly PlainRules[]
  readonly sanctions?: readonly Sanction[]
  readonly held?: readonly Held[]
  readonly ends?: readonly (readonly [string, number])[]
  readonly purges?: readonly Purge[]
  readonly obsolete?: readonly number[]
  readonly ignored?: readonly (readonly [MemberId, readonly (readonly [MemberId, string])[]])[]
  /**
   * Tokens that don't lead to the session that has them, because two sessions share one. Under format 1 this can
   * happen, and the state has to say which session such a token resumes. Null: none.
   */
  readonly shared?: readonly (readonly [string, SessionId | null])[]
}
/** `credentials` are oldest first. */
type PlainAccount = Omit<Account, 'credentials' | 'rooms'> & {
  readonly credentials: readonly Credential[]
  readonly rooms: readonly string[]
}
/** The place that moved last comes last. */
type PlainReads = {
  readonly member: MemberId
  readonly floor: number
  readonly places: readonly [string, number][]
}
/** `filters`, `spoke` and `log` are oldest first. */
type PlainRules = Omit<Rules, 'filters' | 'spoke' | 'invited' | 'log'> & {
  readonly place: string
  readonly filters: readonly Filter[]
  readonly spoke: readonly (readonly [MemberId, number])[]
  readonly invited: readonly MemberId[]
  readonly log: readonly LoggedAct[]
}
/** Before version 4 there was no id. */
type PlainMember = Omit<MemberView, 'id'> & Partial<Pick<MemberView, 'id'>>
type PlainSession = Omit<Session, 'results'> & { readonly results: readonly Result[] }

/** Equal states give the same text, however they came about. */
export const toSnapshot = (state: State): string => [...snapshotParts(state)].join('')

/**
 * The same text in parts, each made quickly. A state never changes, so there may be pauses between the parts. An empty
 * part is a chance to pause, though nothing was written.
 */
export function* snapshotParts(state: State): Generator<string> {
  const { format, seq, at, offset } = state
  const version = format < 7 ? VERSION_BEFORE_7 : VERSION
  yield `{"version":${version},"format":${format},"seq":${seq},"at":${at},"offset":${offset},"rooms":[`
  yield* separated(valuesOf(state.rooms), format < 7 ? roomPartsBefore7 : roomParts)
  yield ']'
  const lists = listsOf(state)
  for (const [name, entries] of Object.entries(lists)) {
    if (format < 7 && SINCE_7.has(name)) continue
    yield `,"${name}":[`
    yield* name === 'rules' ? separated(lists.rules, rulesParts) : separated<unknown>(entries, one)
    yield ']'
  }
  yield '}'
}

/** Null is no entry, but a chance to pause. */
function* separated<T>(entries: Iterable<T | null>, parts: (entry: T) => Iterable<string>): Generator<string> {
  let isFirst = true
  for (const entry of entries) {
    if (entry === null) {
      yield ''
      continue
    }
    if (!isFirst) yield ','
    isFirst = false
    yield* parts(entry)
  }
}

function* one(entry: unknown): Generator<string> {
  yield JSON.stringify(entry)
}

const SINCE_7: ReadonlySet<string> = new Set<keyof Lists>([
  ...(['administrators', 'rules', 'sanctions', 'held', 'ends', 'purges', 'obsolete', 'ignored'] as const),
])

const roomParts = (view: RoomView): Generator<string> => viewParts(view, ruledOf(view))
const roomPartsBefore7 = (view: RoomView): Generator<string> => viewParts(view, '')

const ruledOf = ({ roles, modes, opened }: RoomView): string =>
  `"roles":${JSON.stringify([...inOrder(roles)].filter(one => one !== null))},"modes":${JSON.stringify(sorted(modes))},` +
  (opened === undefined ? '' : `"opened":${opened},`)

/** The rules of a place in parts: slow mode may remember as many members as a large room has. */
function* rulesParts({ filters, spoke, invited, log, ...head }: PlainRules): Generator<string> {
  yield JSON.stringify(head).slice(0, -1)
  for (const [name, entries] of Object.entries({ filters, spoke, invited, log })) {
    yield `,"${name}":[`
    yield* separated<unknown>(entries, one)
    yield ']'
  }
  yield '}'
}

/** A room in parts: it may have as many members as the server. */
function* viewParts({ room, topic, members }: RoomView, ruled: string): Generator<string> {
  yield `{"room":${JSON.stringify(room)},"topic":${JSON.stringify(topic)},${ruled}"members":[`
  yield* separated(valuesOf(members), one)
  yield ']}'
}

type Lists = Pick<
  Required<PlainState>,
  | ('topics' | 'members' | 'sessions' | 'due' | 'lapsed' | 'grants' | 'hooks')
  | ('accounts' | 'reads' | 'invites' | 'founders' | 'fresh' | 'absent' | 'erasing' | 'nodes')
  | ('administrators' | 'rules' | 'sanctions' | 'held' | 'ends' | 'purges' | 'obsolete' | 'ignored' | 'shared')
>

/** The lists after the rooms. Each entry is made only when it is taken. */
const listsOf = (state: State): { readonly [K in keyof Lists]: Iterable<Lists[K][number] | null> } => ({
  topics: state.topics,
  members: mapped(valuesOf(state.members), ({ named, noted, ...member }) => ({
    ...member,
    rooms: member.rooms.toArray().sort(),
    sessions: member.sessions.toArray().sort(),
    ...(named && { named }),
    ...(noted && { noted }),
  })),
  sessions: mapped(valuesOf(state.sessions), flat),
  due: inOrder(state.due),
  lapsed: mapped(state.lapsed.values(), lapsed => ({ ...lapsed, session: flat(lapsed.session) })),
  grants: mapped(valuesOf(state.grants), grant => ({ ...grant, posted: [...grant.posted] })),
  hooks: [...state.hooks.values()].sort((a, b) => a.id - b.id),
  accounts: mapped(valuesOf(state.accounts), plainAccount),
  reads: mapped(inOrder(state.reads), plainReads),
  invites: state.invites.values(),
  founders: inOrder(state.founders),
  fresh: state.fresh,
  absent: state.absent,
  erasing: state.erasing,
  nodes: inOrder(state.nodes),
  administrators: state.administrators.toArray().sort(),
  rules: mapped(inOrder(state.rules), plainRules),
  sanctions: state.sanctions.values(),
  held: state.held.values(),
  ends: inOrder(state.ends),
  purges: state.purges.values(),
  obsolete: state.obsolete.toArray().sort((a, b) => a - b),
  ignored: mapped(inOrder(state.ignored), ([id, all]) => [id, [...all]] as const),
  shared: sharedOf(state),
})

function* mapped<A, B>(values: Iterable<A | null>, to: (value: A) => B): Generator<B | null> {
  for (const value of values) yield value === null ? null : to(value)
}

const valuesOf = <T>(map: IMap<string, T>): Iterable<T | null> => mapped(inOrder(map), ([, value]) => value)

/**
 * Null: the snapshot has another version, or its rules are beyond `latest`, so the inputs have to be folded again.
 */
export function fromSnapshot(text: string, latest: number = FORMAT): State | null {
  const plain = JSON.parse(text) as PlainState
  if (plain.version !== VERSION && !EARLIER.includes(plain.version)) return null
  const {
    format = 1,
    seq,
    at,
    offset = null,
    rooms,
    topics = [],
    members,
    sessions,
    due,
    lapsed = [],
    grants = [],
    hooks = [],
    accounts = [],
    reads = [],
    invites = [],
    founders = [],
    fresh = [],
    absent = [],
    erasing = [],
    nodes = [],
    administrators = [],
    rules = [],
    sanctions = [],
    held = [],
    ends = [],
    purges = [],
    obsolete = [],
    ignored = [],
  } = plain
  // Its rules are not known here: the inputs are read, and the one that began them is refused.
  if (format > latest) return null
  const ids = new Map(members.map(({ id, name }) => [name.text, id]))
  const listed = ({ id, name, ...rest }: PlainMember): [string, MemberView] => [
    name,
    { id: id ?? ids.get(name) ?? '', name, ...rest },
  ]
  return {
    format,
    seq,
    at,
    rooms: IMap(
      rooms.map(({ roles = [], modes = {}, ...view }) => [
        view.room,
        { ...view, roles: IMap(roles), modes, members: IMap(view.members.map(listed)) },
      ]),
    ),
    topics: OrderedMap<string, KeptTopic>(topics.map(([room, kept]) => [room, kept])),
    members: IMap(
      members.map(member => [member.id, { ...member, rooms: ISet(member.rooms), sessions: ISet(member.sessions) }]),
    ),
    sessions: IMap(sessions.map(session => [session.id, whole(session)])),
    names: IMap(namesOf(accounts, [...accounts, ...members, ...grants])),
    tokens: withShared(IMap(tokensOf([...sessions, ...lapsed.map(({ session }) => session)])), plain.shared ?? []),
    due: IMap(due),
    lapsed: OrderedMap(lapsed.map(one => [one.session.id, { ...one, session: whole(one.session) }])),
    grants: IMap(grants.map(grant => [grant.id, { ...grant, posted: OrderedMap<string, Posted>(grant.posted) }])),
    hooks: IMap(hooks.map(hook => [hook.id, hook])),
    accounts: IMap(accounts.map(account => [account.id, wholeAccount(account)])),
    reads: IMap(
      reads.map(({ member, floor, places }) => [member, { floor, places: OrderedMap<string, number>(places) }]),
    ),
    invites: OrderedMap(invites.map(invite => [invite.id, invite])),
    founders: IMap(founders),
    fresh: OrderedMap<MemberId, number>(fresh),
    absent: OrderedMap<MemberId, number>(absent),
    erasing: OrderedMap<MemberId, string>(erasing),
    nodes: IMap(nodes),
    offset,
    administrators: ISet(administrators),
    rules: IMap(rules.map(({ place, ...one }) => [place, wholeRules(one)])),
    sanctions: OrderedMap(sanctions.map(one => [one.id, one])),
    sanctioned: sanctions.reduce(sanctionedWith, IMap<string, readonly number[]>()),
    held: OrderedMap(held.map(one => [one.seq, one])),
    ends: IMap(ends),
    purges: OrderedMap(purges.map(one => [one.id, one])),
    obsolete: ISet(obsolete),
    ignored: IMap(
      ignored.map(([id, all]) => [id, OrderedMap<MemberId, string>(all.map(([one, name]) => [one, name]))]),
    ),
  }
}

type TokenHolder = Pick<Session, 'id' | 'token'>

const tokensOf = (known: Iterable<TokenHolder>): ReadonlyMap<string, SessionId> =>
  new Map([...known].flatMap(({ id, token }) => (token === null ? [] : [[token, id] as const])))

function* sharedOf({ sessions, lapsed, tokens }: State): Generator<Lists['shared'][number]> {
  const count = sessions.count(({ token }) => token !== null) + lapsed.size
  if (count === tokens.size) return
  const said = tokensOf([
    ...[...valuesOf(sessions)].filter(one => one !== null),
    ...lapsed.valueSeq().map(({ session }) => session),
  ])
  const other = [...said].filter(([token, id]) => tokens.get(token) !== id)
  const led = other.map(([token]) => [token, tokens.get(token) ?? null] as const)
  yield* led.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
}

const withShared = (tokens: State['tokens'], shared: NonNullable<PlainState['shared']>): State['tokens'] =>
  shared.reduce((all, [token, id]) => (id === null ? all.delete(token) : all.set(token, id)), tokens)

/** A key of a held name may have gone to somebody else since. */
function namesOf(
  accounts: readonly PlainAccount[],
  holders: readonly { readonly id: MemberId; readonly name: Name }[],
): ReadonlyMap<string, MemberId> {
  const held = accounts.flatMap(({ id, held: names }) => names.map(({ name }) => ({ id, name })))
  return new Map([...held, ...holders].flatMap(({ id, name }) => name.keys.map(key => [key, id] as const)))
}

/** Its fields in one order, however the account came about. */
const plainAccount = ({ id, name, since, used, credentials, rooms, left, held }: Account): PlainAccount => ({
  ...{ id, name, since, used, held },
  ...(left === undefined ? {} : { left }),
  credentials: [...credentials.values()],
  rooms: rooms.toArray().sort(),
})

const wholeAccount = ({ credentials, rooms, ...account }: PlainAccount): Account => ({
  ...account,
  credentials: OrderedMap(credentials.map(one => [one.id, one])),
  rooms: ISet(rooms),
})

const plainRules = ([place, { modes, key, filters, spoke, invited, log }]: readonly [string, Rules]): PlainRules => ({
  ...{ place, modes: sorted(modes), key },
  filters: [...filters.values()],
  spoke: [...spoke],
  invited: invited.toArray().sort(),
  log: log.toArray(),
})

const wholeRules = ({ filters, spoke, invited, log, ...rules }: Omit<PlainRules, 'place'>): Rules => ({
  ...rules,
  filters: OrderedMap(filters.map(one => [one.id, one])),
  spoke: OrderedMap<MemberId, number>(spoke.map(([id, at]) => [id, at])),
  invited: ISet(invited),
  log: List(log),
})

/** In one order, however they were set. */
const sorted = (modes: Modes): Modes => Object.fromEntries(Object.entries(modes).sort(([a], [b]) => (a < b ? -1 : 1)))

const plainReads = ([member, { floor, places }]: readonly [MemberId, Reads]): PlainReads => ({
  member,
  floor,
  places: [...places],
})

const flat = (session: Session): PlainSession => ({ ...session, results: session.results.list() })
const whole = (session: PlainSession): Session => ({ ...session, results: Results.of(session.results) })
