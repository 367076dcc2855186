/** Bans, mutes and exceptions: how they begin and end. */
import type { Event, EventOf } from '../../../model/event.ts'
import type { InputOf, MemberId, SessionId, Target } from '../../../model/input.ts'
import { withArticle } from '../../../model/keeping/roles.ts'
import { SANCTION_MAX_MS, SANCTIONS_MAX, SANCTIONS_OF_ROOMS, SANCTIONS_PER_ROOM } from '../../../model/limits.ts'
import type { Name } from '../../../model/name/name.ts'
import type { ActKind, Sanction, SanctionKind } from '../../../model/state/keeping.ts'
import type { Lapsed, State } from '../../../model/state.ts'
import { may, roleOf } from '../../may.ts'
import { holderOfKey, keeperOf, sessionsOf, targetId } from '../../rules/lookup.ts'
import { refuse } from '../../rules/refuse.ts'
import { acted, staffOf } from '../log.ts'
import { reasonBy } from '../messages/writing.ts'
import { refuseRole } from '../refusals.ts'
import { expelsMatched, membersInNets } from './matching.ts'
import { expels } from './removing.ts'
import { evolveSanctions, memberKey, NO_NETS, type Subject, sanctionsIn } from './under.ts'

const SETS: Readonly<Record<SanctionKind, ActKind>> = { ban: 'ban', mute: 'mute', exception: 'except' }
const ENDS: Readonly<Record<SanctionKind, ActKind>> = { ban: 'unban', mute: 'unmute', exception: 'unexcept' }

const actOf = (kind: SanctionKind): 'ban' | 'mute' | 'except' => (kind === 'exception' ? 'except' : kind)

/** A member, an account or a name that nobody has now. */
export function decideRestrict(state: State, input: InputOf<'restrict'>): readonly Event[] {
  const { kind, room, who } = input
  const lapsed = lapsedWith(state, who)
  const id = targetId(state, who) ?? lapsed?.session.member ?? null
  if (!may(state, input.session, actOf(kind), { room, target: id ?? undefined })) {
    return refuseRole(state, id === null ? input : { ...input, who: { ...who, id } }, actOf(kind), room)
  }
  const unfit = unfitFor(state, input)
  if (unfit) return unfit
  const holder = id === null ? undefined : (nameOf(state, id) ?? (lapsed?.session.member === id ? lapsed.name : null))
  const name = holder?.text ?? who.text
  if (name === '') return refuse(input, 'member-unknown', who.id ?? '')
  const keys = holder?.keys ?? freeKeys(state, input)
  const begun = begins(state, input, { member: id, name, keys, text: null })
  const subject: Subject = { id, keys, nets: NO_NETS }
  return [
    ...begun,
    ...(kind === 'ban' ? expels(state, { ...input, reason: reasonBy(state, input, room) }, subject, room) : []),
  ]
}

const nameOf = ({ accounts, members, grants }: State, id: MemberId): Name | undefined =>
  (accounts.get(id) ?? members.get(id) ?? grants.get(id))?.name

/** The last session that lapsed under this name, or of this member. It may come back, with its role. */
const lapsedWith = ({ lapsed }: State, { id, key }: Target): Lapsed | undefined =>
  lapsed.findLast(({ name, session }) => (id === undefined ? name.keys.includes(key) : session.member === id))

/**
 * The holder of the name is gone. Keys that another member has by now are left out: that member may have a higher role.
 */
function freeKeys(state: State, { keys, who }: InputOf<'restrict'>): readonly string[] {
  const all = keys.length > 0 ? keys : [who.key]
  return all.filter(key => holderOfKey(state, key) === undefined)
}

/** The server matches its connections when it has folded this. */
export function decideRestrictNetwork(state: State, input: InputOf<'restrict-network'>): readonly Event[] {
  const { kind, room } = input
  if (!may(state, input.session, actOf(kind), { room })) return refuseRole(state, input, actOf(kind), room)
  const unfit = unfitFor(state, input)
  if (unfit) return unfit
  return [...replacedOn(state, input), ...begins(state, input, { member: null, name: null, keys: [], text: state.seq })]
}

const replacedOn = (state: State, { kind, room, replaces = [] }: InputOf<'restrict-network'>): readonly Event[] =>
  replaces.flatMap(id => {
    const one = state.sanctions.get(id)
    return one && one.text !== null && one.kind === kind && one.room === room ? [{ type: 'lifted', id } as const] : []
  })

type Restricting = InputOf<'restrict' | 'restrict-network'>

function unfitFor(state: State, input: Restricting): readonly Event[] | null {
  const { room, ms } = input
  if (room !== null && !state.rooms.has(room)) return refuse(input, 'room-unknown', room)
  if (ms !== null && (ms <= 0 || ms > SANCTION_MAX_MS)) return refuse(input, 'too-long')
  const full = fullAt(state, room)
  return full === null ? null : refuse(input, 'sanctions-full', `${full}`)
}

/** The bound that is reached; null: there may be one more. */
function fullAt(state: State, room: string | null): number | null {
  const { sanctions } = state
  if (sanctions.size >= SANCTIONS_MAX) return SANCTIONS_MAX
  if (room === null) return null
  if (sanctionsIn(state, room).length >= SANCTIONS_PER_ROOM) return SANCTIONS_PER_ROOM
  const ofRooms = sanctions.size < SANCTIONS_OF_ROOMS ? 0 : sanctions.count(one => one.room !== null)
  return ofRooms >= SANCTIONS_OF_ROOMS ? SANCTIONS_OF_ROOMS : null
}

function begins(
  state: State,
  input: Restricting,
  on: Pick<Sanction, 'member' | 'name' | 'keys' | 'text'>,
): readonly Event[] {
  const { kind, room, ms } = input
  const reason = reasonBy(state, input, room)
  const until = ms === null ? null : state.at + ms
  const by = keeperOf(state, input).name
  const shared = { room, reason, until }
  const to = on.text !== null || kind === 'exception' ? staffOf(state, room) : audienceOf(state, room, on.member)
  return [
    ...replaced(state, input, on),
    { type: 'restricted', id: state.seq, kind, at: state.at, by, ...on, ...shared },
    acted(state, input, { act: SETS[kind], who: on.name, whoId: on.member, rule: state.seq, ...shared }, to),
  ]
}

/**
 * A sanction on the same member takes the place of the one before; a sanction on a name that nobody has now replaces
 * only those that the actor may end. The former holder of that name may be a keeper by now, under another one.
 */
function replaced(
  state: State,
  { kind, room, session }: Restricting,
  { member, name, keys }: Pick<Sanction, 'member' | 'name' | 'keys'>,
): readonly Event[] {
  if (name === null) return []
  const numbers =
    member === null
      ? keys.flatMap(key => state.sanctioned.get(key) ?? [])
      : [...(state.sanctioned.get(memberKey(member)) ?? [])]
  return [...new Set(numbers)].flatMap(number => {
    const one = state.sanctions.get(number)
    const isSame = one?.kind === kind && one.room === room
    return isSame && mayEnd(state, session, one) ? [{ type: 'lifted', id: number } as const] : []
  })
}

/** Nobody ends a sanction on an equal. */
const mayEnd = (state: State, session: SessionId, { kind, room, member }: Sanction): boolean =>
  may(state, session, actOf(kind), { room, target: member ?? undefined })

/** A sanction on the server is shown in the rooms of its subject. */
const audienceOf = (state: State, room: string | null, member: MemberId | null): EventOf<'moderated'>['to'] =>
  room !== null
    ? 'room'
    : [...new Set([...staffOf(state, null), ...(member === null ? [] : sessionsOf(state, member))])]

export function decideLift(state: State, input: InputOf<'lift'>): readonly Event[] {
  const { kind, room, who, sanction } = input
  if (!may(state, input.session, actOf(kind), { room })) return refuseRole(state, input, actOf(kind), room)
  const id = who === null ? undefined : targetId(state, who)
  const found = [...state.sanctions.values()].filter(one => {
    if (one.kind !== kind || one.room !== room) return false
    if (sanction !== null) return one.id === sanction
    return (id !== undefined && one.member === id) || (who !== null && one.keys.includes(who.key))
  })
  if (found.length === 0)
    return refuse(input, 'sanction-unknown', sanction === 0 ? 'none is on that network' : (who?.text ?? `${sanction}`))
  const [above] = found.filter(one => !mayEnd(state, input.session, one))
  if (above?.member)
    return refuse(input, 'outranked', `${above.name} is ${withArticle(roleOf(state, above.member, room))}`)
  const lifted = found.flatMap(one => lifts(state, one, input))
  return kind === 'exception' ? [...lifted, ...unfreed(state, found)] : lifted
}

/** The exceptions are gone, and members in a banned network leave. `gone`: they have left by the same input. */
export function unfreed(
  state: State,
  exceptions: readonly Sanction[],
  gone: ReadonlySet<MemberId> = NOBODY,
): readonly Event[] {
  const after = exceptions.reduce((now, { id }) => evolveSanctions(now, { type: 'lifted', id }), state)
  return expelsMatched(
    after,
    membersInNets(after).filter(id => !gone.has(id)),
  )
}

const NOBODY: ReadonlySet<MemberId> = new Set()

/** `input` null: its time is over. */
export function lifts(state: State, one: Sanction, input: InputOf<'lift'> | null): readonly Event[] {
  const to =
    one.text !== null || one.kind === 'exception' ? staffOf(state, one.room) : audienceOf(state, one.room, one.member)
  const act = { act: ENDS[one.kind], room: one.room, who: one.name, whoId: one.member, rule: one.id }
  return [{ type: 'lifted', id: one.id }, acted(state, input, act, to)]
}
