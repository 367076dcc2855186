/** The sanctions that a member is under: an index makes this one lookup for most members. */
import type { EventOf } from '../../../model/event.ts'
import type { MemberId, SessionId } from '../../../model/input.ts'
import type { Name } from '../../../model/name/name.ts'
import type { Sanction, SanctionKind } from '../../../model/state/keeping.ts'
import type { Member, State } from '../../../model/state.ts'
import { endOf, withEnd, withoutEnd } from '../ends.ts'
import { isStaff } from '../log.ts'
import { rulesOf, sanctionKey, withRules } from '../places.ts'

/** Somebody as sanctions see it: an id, if it has one, its names' keys, and the sanctions on the networks of each address. */
export type Subject = {
  readonly id: MemberId | null
  readonly keys: readonly string[]
  readonly nets: readonly (readonly number[])[]
}

/** Empty for most members, so that a message of theirs costs no lookup. */
export const NO_NETS: Subject['nets'] = []

export function subjectOf(state: State, id: MemberId): Subject {
  const member = state.members.get(id)
  const name = member?.name ?? state.accounts.get(id)?.name ?? state.grants.get(id)?.name
  return { id, keys: name?.keys ?? [], nets: member ? netsOf(state, member.sessions) : NO_NETS }
}

/** The subject with one more session, whose address is in these networks. */
export const withNets = (subject: Subject, nets: readonly number[]): Subject => ({
  ...subject,
  nets: [...subject.nets, nets],
})

/** Somebody by this address alone. */
export const onlyAt = (subject: Subject, nets: readonly number[]): Subject => ({ ...subject, nets: [nets] })

function netsOf(state: State, sessions: Iterable<SessionId>): Subject['nets'] {
  let all = NO_NETS
  for (const session of sessions) {
    const nets = state.sessions.get(session)?.nets
    if (nets) all = [...all, nets]
  }
  return all
}

/** Cache, since each message asks: the index in which nothing was found about a member. It changes no answer. */
const unknown = new WeakMap<Member, State['sanctioned']>()

/** Whether no sanction of any kind is on a member anywhere. Quick, since few members are under one. */
export function isUnknown(state: State, id: MemberId): boolean {
  if (state.sanctions.size === 0) return true
  const member = state.members.get(id)
  if (!member || netsOf(state, member.sessions).length > 0) return false
  if (unknown.get(member) === state.sanctioned) return true
  if (numbersOn(state, { id, keys: member.name.keys, nets: NO_NETS }).length > 0) return false
  unknown.set(member, state.sanctioned)
  return true
}

/**
 * The sanction of this kind that a member is under in a room: of the room or of the whole server, the one that ends
 * last. An exception frees a member from sanctions on networks, an exception in a room only from those of the room. A
 * keeper of a place is free of them there, so that an operator can't reach the founder by a network.
 */
export function sanctionOn(
  state: State,
  kind: Exclude<SanctionKind, 'exception'>,
  room: string | null,
  subject: Subject,
): Sanction | null {
  if (state.sanctions.size === 0) return null
  const numbers = numbersOn(state, subject)
  const byNets = subject.nets.flatMap(nets => nets.filter(reaching(state, room, subject.id, [...numbers, ...nets])))
  return longest(state, byNets.length === 0 ? numbers : [...numbers, ...byNets], kind, room)
}

/** The sanctions on networks that hold for a member in one of them. `numbers`: all that are on it or on its address. */
function reaching(
  state: State,
  room: string | null,
  id: MemberId | null,
  numbers: readonly number[],
): (number: number) => boolean {
  const isFree = (of: string | null): boolean =>
    longest(state, numbers, 'exception', of) !== null || (id !== null && isStaff(state, id, of))
  const [everywhere, here] = [isFree(null), isFree(room)]
  return number => !(state.sanctions.get(number)?.room == null ? everywhere : here)
}

function numbersOn({ sanctioned }: State, { id, keys }: Subject): readonly number[] {
  let all: readonly number[] = id === null ? [] : (sanctioned.get(memberKey(id)) ?? [])
  for (const key of keys) {
    const more = sanctioned.get(key)
    if (more) all = all.length === 0 ? more : [...all, ...more]
  }
  return all
}

/** If several end together, the oldest: the order of the numbers depends on how a set of sessions was built. */
function longest(state: State, numbers: readonly number[], kind: SanctionKind, room: string | null): Sanction | null {
  let [found, last] = [null as Sanction | null, Number.NEGATIVE_INFINITY]
  for (const number of numbers) {
    const sanction = state.sanctions.get(number)
    if (!sanction || sanction.kind !== kind || (sanction.room !== null && sanction.room !== room)) continue
    const until = endOf(state, sanctionKey(number)) ?? Number.POSITIVE_INFINITY
    if (until > last || (until === last && found && number < found.id)) [found, last] = [sanction, until]
  }
  return found
}

/** The sanctions of a room, or (null) of the whole server. */
export const sanctionsIn = ({ sanctions }: State, room: string | null): readonly Sanction[] =>
  [...sanctions.values()].filter(one => one.room === room)

export const memberKey = (id: MemberId): string => `@${id}`

const keysOf = ({ member, keys }: Sanction): readonly string[] => [
  ...(member === null ? [] : [memberKey(member)]),
  ...keys,
]

export function evolveSanctions(state: State, event: EventOf<'restricted' | 'lifted' | 'carried'>): State {
  if (event.type === 'restricted') {
    const { type: _, until, ...sanction } = event
    const ended = withEnd(state, sanctionKey(sanction.id), until)
    return {
      ...ended,
      sanctions: state.sanctions.set(sanction.id, sanction),
      sanctioned: sanctionedWith(state.sanctioned, sanction),
      // The rules of a room go with it, and then so do its sanctions.
      rules: withRules(state, sanction.room, rulesOf(state, sanction.room)).rules,
    }
  }
  const sanction = state.sanctions.get(event.id)
  if (!sanction) return state
  const obsolete = sanction.text === null ? state.obsolete : state.obsolete.add(sanction.text)
  if (event.type === 'carried') {
    return { ...state, obsolete, sanctions: state.sanctions.set(sanction.id, { ...sanction, text: state.seq }) }
  }
  return {
    ...withoutEnd(state, sanctionKey(sanction.id)),
    obsolete,
    sanctions: state.sanctions.delete(sanction.id),
    sanctioned: sanctionedWithout(state.sanctioned, sanction),
  }
}

export const sanctionedWith = (all: State['sanctioned'], one: Sanction): State['sanctioned'] =>
  keysOf(one).reduce((now, key) => now.set(key, [...(now.get(key) ?? []), one.id]), all)

const sanctionedWithout = (all: State['sanctioned'], one: Sanction): State['sanctioned'] =>
  keysOf(one).reduce((now, key) => {
    const left = (now.get(key) ?? []).filter(number => number !== one.id)
    return left.length === 0 ? now.delete(key) : now.set(key, left)
  }, all)

/** A name as a subject: of a guest that wants to enter or to be called so. */
export const subjectNamed = (name: Name, id: MemberId | null, nets: readonly number[] = []): Subject => ({
  id,
  keys: name.keys,
  nets: nets.length === 0 ? NO_NETS : [nets],
})

/** Whether a name is banned on the server, or in one of these rooms. */
export const isBannedName = (state: State, rooms: readonly (string | null)[], name: Name): boolean =>
  state.format >= 7 && rooms.some(room => sanctionOn(state, 'ban', room, subjectNamed(name, null)) !== null)

/** The member that a sanction is on, by its name now; null: a network. */
export const nameOn = ({ accounts, members, grants }: State, { member, name }: Sanction): string | null =>
  member === null ? name : ((accounts.get(member) ?? members.get(member) ?? grants.get(member))?.name.text ?? name)
