/**
 * Entering: a hello makes a new member, one more session of an account that is here, or continues a session on a new
 * connection. That session is still live, or it has lapsed and returns.
 */
import type { Event } from '../../model/event.ts'
import type { Enter, Input } from '../../model/input.ts'
import { ROOMS_MAX, SESSIONS_PER_MEMBER } from '../../model/limits.ts'
import type { Name } from '../../model/name/name.ts'
import type { Lapsed, State } from '../../model/state.ts'
import { enterAccount, roomsOfAccount } from '../accounts/entering.ts'
import { takeInvite } from '../accounts/invites.ts'
import { registered, unfitToRegister } from '../accounts/registering.ts'
import { lockedFault, noteFault } from '../keeping/messages/writing.ts'
import { rulesOf } from '../keeping/places.ts'
import { type Fault, fault, refuseFor } from '../keeping/refusals.ts'
import { guestFault, leftOf, returningFault } from '../keeping/rooms/admission.ts'
import { bannedIn } from '../keeping/rooms/modes.ts'
import { partsBanned } from '../keeping/sanctions/matching.ts'
import { onlyAt, type Subject, sanctionOn, subjectNamed, subjectOf, withNets } from '../keeping/sanctions/under.ts'
import { joins, openable } from './founding.ts'
import { holderOf } from './lookup.ts'
import { refuse, refuseTaken } from './refuse.ts'

type Hello = Extract<Input, { type: 'hello' }>
type Resume = Extract<Input, { type: 'resume' }>

/**
 * Two hellos for one name in the same turn are two inputs in the journal: the first in its order wins. Since format 2,
 * a hello with a known token continues that session, even if ingress didn't know it: no two sessions share a token.
 */
export function decideHello(state: State, input: Hello): readonly Event[] {
  const { token } = input
  if (state.format < 2 || token === null) return enter(state, input, input, token)
  return goOn(state, input, token, input)
}

/**
 * The newer connection wins. The older one, if it's still there, is closed by its own server. An unknown token resumes
 * nothing, but with a name it starts a new session that keeps the token.
 */
export function decideResume(state: State, input: Resume): readonly Event[] {
  return goOn(state, input, input.token, input.enter)
}

function goOn(state: State, input: Hello | Resume, token: string, how: Enter | null | undefined): readonly Event[] {
  const session = state.tokens.get(token) ?? ''
  if (state.sessions.has(session)) return resume(state, input, session)
  const lapsed = state.lapsed.get(session)
  if (lapsed && lapsed.until > state.at && how !== undefined) return comeBack(state, input, lapsed, how)
  const isChecked = input.type === 'hello' || !input.known
  return how && isChecked ? enter(state, input, how, token) : refuse(input, 'session-unknown')
}

/** A connection from a banned network doesn't get the session, which others may still have. */
function resume(state: State, input: Hello | Resume, session: string): readonly Event[] {
  const { nets = [] } = input
  const resumed = { type: 'resumed', session, via: input.session, origin: input.origin } as const
  const member = state.sessions.get(session)?.member ?? ''
  if (state.format < 7 || nets.length === 0) return [resumed]
  const subject = onlyAt(subjectOf(state, member), nets)
  const ban = bannedIn(state, null, subject)
  return ban ? refuseFor(input, ban) : [{ ...resumed, nets }, ...partsBanned(state, member, subject)]
}

function enter(state: State, input: Input, how: Enter, token: string | null): readonly Event[] {
  const { session, origin } = input
  const { name, room, protocol, register } = how
  if (state.sessions.has(session) || state.lapsed.has(session)) return refuse(input, 'already-entered')
  if (how.account) return enterAccount(state, input, how, how.account, token)
  const holder = holderOf(state, name)
  if (holder) return refuseTaken(state, input, name, holder)
  if (!state.rooms.has(room) && state.rooms.size >= ROOMS_MAX) return refuse(input, 'rooms-full', `${ROOMS_MAX}`)
  const banned = guestFault(state, input, how)
  if (banned) return refuseFor(input, banned)
  const unfit = register ? unfitToRegister(state, register) : null
  if (unfit) return refuse(input, unfit.code, unfit.detail)
  const invited = takeInvite(state, input, how.invite)
  if (!invited.ok) return invited.refusal
  const member = state.format < 3 ? session : input.id
  const invite = how.invite === undefined ? {} : { invite: how.invite }
  const nets = netsOf(state, how.nets)
  const joining = { id: member, name: name.text, away: null, registers: register !== undefined }
  return [
    ...invited.events,
    { type: 'welcomed', session, member, name, origin, protocol, token, ...invite, ...nets },
    // Before it joins, so that the room sees an account enter, and nothing more.
    ...(register ? [registered({ member, name: name.text, session, rooms: [] }, register)] : []),
    ...joins(state, joining, [room]),
  ]
}

/** The member rejoins its rooms, except rooms that are gone and can't be made again because of ROOMS_MAX. */
function comeBack(state: State, input: Hello | Resume, lapsed: Lapsed, how: Enter | null): readonly Event[] {
  const { session } = lapsed
  const nets = input.nets ?? []
  const account = state.accounts.get(session.member)
  const name = account?.name ?? nameBack(state, lapsed, how)
  const holder = holderOf(state, name, account?.id)
  if (holder) return refuseTaken(state, input, name, holder)
  const here = state.members.get(session.member)
  if (here && here.sessions.size >= SESSIONS_PER_MEMBER) return refuse(input, 'sessions-full', `${SESSIONS_PER_MEMBER}`)
  const named = subjectNamed(name, session.member, nets)
  const subject = account ? named : { ...named, keys: [...new Set([...name.keys, ...lapsed.name.keys])] }
  const unfit = returnFault(state, input, lapsed, how, subject)
  if (unfit) return refuseFor(input, unfit)
  const known = account ? roomsOfAccount(state, account, null) : lapsed.rooms
  const left = account ? leftOf(state, account) : (lapsed.left ?? 0)
  const joining = { subject, account: account !== undefined }
  const rooms = known.filter(room => returningFault(state, room, joining, left) === null)
  const member = { id: session.member, name: name.text, away: null }
  return [
    { type: 'returned', session: session.id, via: input.session, origin: input.origin, name, ...netsOf(state, nets) },
    ...(here ? partsBanned(state, here.id, withNets(subjectOf(state, here.id), nets)) : []),
    ...(here ? [] : joins(state, member, openable(state, rooms))),
  ]
}

/** A guest may come back under another name, except if it's muted: others would read that. */
function nameBack(state: State, { name, session, rooms }: Lapsed, how: Enter | null): Name {
  if (!how || state.format < 7) return how?.name ?? name
  const subject = subjectNamed(name, session.member)
  const isMuted = [null, ...rooms].some(room => sanctionOn(state, 'mute', room, subject) !== null)
  return isMuted ? name : how.name
}

/** Why somebody can't come back: it's banned, no guest enters now, or a word filter matched the name. */
function returnFault(
  state: State,
  input: Hello | Resume,
  lapsed: Lapsed,
  how: Enter | null,
  subject: Subject,
): Fault | null {
  if (state.format < 7) return null
  const ban = bannedIn(state, null, subject)
  if (ban || state.accounts.has(lapsed.session.member)) return ban
  if (rulesOf(state, null).modes.lockdown) return lockedFault(state, null)
  const filtered = noteFault(state, input.session, [null, ...lapsed.rooms], how ? how.filters : input.filters)
  return filtered && fault('name-filtered', filtered.detail)
}

/** The networks of its address that the session keeps. */
const netsOf = ({ format }: State, nets: readonly number[] = []): { readonly nets?: readonly number[] } =>
  format < 7 || nets.length === 0 ? {} : { nets }
