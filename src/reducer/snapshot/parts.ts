/** A state as the text of a snapshot, in parts that are each made quickly. */
import type { Map as IMap } from 'immutable'
import type { State } from '../../model/state.ts'
import type { RoomView } from '../../model/view.ts'
import { inOrder } from '../in-order.ts'
import {
  flat,
  type PlainRules,
  type PlainState,
  plainAccount,
  plainCursor,
  plainQuestion,
  plainReads,
  plainRules,
  sorted,
  tokensOf,
  VERSION,
  VERSION_BEFORE_7,
  VERSION_BEFORE_8,
  VERSION_BEFORE_9,
} from './plain.ts'

/** A state never changes, so there may be pauses between the parts. An empty part is a chance to pause. */
export function* snapshotParts(state: State): Generator<string> {
  const { format, seq, at, offset } = state
  yield `{"version":${versionOf(format)},"format":${format},"seq":${seq},"at":${at},"offset":${offset},"rooms":[`
  yield* separated(valuesOf(state.rooms), format < 7 ? roomPartsBefore7 : roomParts)
  yield ']'
  const lists = listsOf(state)
  for (const [name, entries] of Object.entries(lists)) {
    if (SINCE.some(([since, names]) => format < since && names.has(name))) continue
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

const SINCE_8: ReadonlySet<string> = new Set<keyof Lists>(['edits', 'files', 'doomed', 'pushes'])

const SINCE_9: ReadonlySet<string> = new Set<keyof Lists>(['questions', 'ended', 'cursors', 'lives', 'hookEvents'])

/** The formats with lists of their own. */
const SINCE = [
  [9, SINCE_9],
  [8, SINCE_8],
  [7, SINCE_7],
] as const

function versionOf(format: number): number {
  if (format < 7) return VERSION_BEFORE_7
  if (format < 8) return VERSION_BEFORE_8
  return format < 9 ? VERSION_BEFORE_9 : VERSION
}

const roomParts = (view: RoomView): Generator<string> => viewParts(view, ruledOf(view))
const roomPartsBefore7 = (view: RoomView): Generator<string> => viewParts(view, '')

const ruledOf = ({ roles, modes, opened, pins, hands }: RoomView): string =>
  `"roles":${JSON.stringify([...inOrder(roles)].filter(one => one !== null))},"modes":${JSON.stringify(sorted(modes))},` +
  (opened === undefined ? '' : `"opened":${opened},`) +
  (pins === undefined ? '' : `"pins":${JSON.stringify(pins)},`) +
  (hands === undefined ? '' : `"hands":${JSON.stringify(hands)},`)

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
  | ('topics' | 'members' | 'sessions' | 'due' | 'lapsed' | 'grants' | 'hooks' | 'hookEvents')
  | ('accounts' | 'pushes' | 'reads' | 'invites' | 'founders' | 'fresh' | 'absent' | 'erasing' | 'nodes')
  | ('administrators' | 'rules' | 'sanctions' | 'held' | 'ends' | 'purges' | 'obsolete' | 'ignored' | 'shared')
  | ('edits' | 'files' | 'doomed')
  | ('questions' | 'ended' | 'cursors' | 'lives')
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
  hookEvents: state.hookEvents,
  accounts: mapped(valuesOf(state.accounts), plainAccount),
  reads: mapped(inOrder(state.reads), plainReads),
  pushes: state.pushes.values(),
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
  edits: state.edits.values(),
  files: state.files.values(),
  lives: mapped(state.lives.values(), live => ({ ...live, pieces: live.pieces.toArray() })),
  doomed: state.doomed,
  questions: mapped(state.questions.values(), plainQuestion),
  ended: mapped(state.ended.values(), plainQuestion),
  cursors: mapped(valuesOf(state.cursors), plainCursor),
  shared: sharedOf(state),
})

function* mapped<A, B>(values: Iterable<A | null>, to: (value: A) => B): Generator<B | null> {
  for (const value of values) yield value === null ? null : to(value)
}

const valuesOf = <T>(map: IMap<string, T>): Iterable<T | null> => mapped(inOrder(map), ([, value]) => value)

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
