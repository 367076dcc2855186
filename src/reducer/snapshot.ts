/**
 * A state as text and back. A start continues from such a snapshot, so it needn't fold every input. Like State, a
 * snapshot holds no text of a message, and secrets only as hashes.
 */
import { Map as IMap, Set as ISet, List, OrderedMap } from 'immutable'
import { FORMAT } from '../model/format.ts'
import type { MemberId } from '../model/input.ts'
import type { Name } from '../model/name/name.ts'
import { cursorKey } from '../model/state/cursor.ts'
import type { Posted } from '../model/state/grant.ts'
import type { KeptTopic, State } from '../model/state.ts'
import type { MemberView } from '../model/view.ts'
import { sanctionedWith } from './keeping/sanctions/under.ts'
import { snapshotParts } from './snapshot/parts.ts'
import {
  EARLIER,
  type PlainAccount,
  type PlainMember,
  type PlainState,
  tokensOf,
  VERSION,
  whole,
  wholeAccount,
  wholeQuestion,
  wholeRules,
} from './snapshot/plain.ts'

/** Equal states give the same text, however they came about. */
export const toSnapshot = (state: State): string => [...snapshotParts(state)].join('')

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
    hookEvents = [],
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
    edits = [],
    lives = [],
    files = [],
    doomed = [],
    pushes = [],
    questions = [],
    ended = [],
    cursors = [],
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
    hookEvents: List(hookEvents),
    accounts: IMap(accounts.map(account => [account.id, wholeAccount(account)])),
    reads: IMap(
      reads.map(({ member, floor, places }) => [member, { floor, places: OrderedMap<string, number>(places) }]),
    ),
    pushes: OrderedMap(pushes.map(one => [one.id, one])),
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
    edits: OrderedMap(edits.map(one => [one.seq, one])),
    lives: OrderedMap(lives.map(one => [one.seq, { ...one, pieces: List(one.pieces) }])),
    files: OrderedMap(files.map(one => [one.file, one])),
    doomed: OrderedMap<string, readonly string[]>(doomed.map(([file, hashes]) => [file, hashes])),
    questions: OrderedMap(questions.map(one => [one.seq, wholeQuestion(one)])),
    ended: OrderedMap(ended.map(one => [one.seq, wholeQuestion(one)])),
    // Open questions were asked later than ended ones under the same key.
    askKeys: IMap([...ended, ...questions].flatMap(({ seq, key }) => (key ? [[key.hash, seq] as const] : []))),
    cursors: IMap(cursors.map(one => [cursorKey(one), one])),
    ignored: IMap(
      ignored.map(([id, all]) => [id, OrderedMap<MemberId, string>(all.map(([one, name]) => [one, name]))]),
    ),
  }
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
