/** An account enters with a credential: as a member, or with one more session if it is here already. */
import type { Event } from '../../model/event.ts'
import type { Enter, Identity, Input } from '../../model/input.ts'
import { ROOMS_PER_MEMBER, SESSIONS_PER_MEMBER } from '../../model/limits.ts'
import { LOBBY } from '../../model/name/standing.ts'
import type { Account } from '../../model/state/account.ts'
import type { State } from '../../model/state.ts'
import { refuseFor } from '../keeping/refusals.ts'
import { roomsAllowed } from '../keeping/rooms/admission.ts'
import { partsBanned } from '../keeping/sanctions/matching.ts'
import { subjectOf, withNets } from '../keeping/sanctions/under.ts'
import { joins, openable } from '../rules/founding.ts'
import { lapsedOf, sessionsOf } from '../rules/lookup.ts'
import { refuse } from '../rules/refuse.ts'

/** Ingress has verified the credential, but it may have been revoked since. */
export function enterAccount(
  state: State,
  input: Input,
  how: Enter,
  asked: NonNullable<Identity['account']>,
  token: string | null,
): readonly Event[] {
  const { session, origin } = input
  const { protocol } = how
  const account = state.accounts.get(asked.id)
  if (!account?.credentials.has(asked.credential)) return refuse(input, 'credential-gone')
  const here = state.members.get(account.id)
  if (here && here.sessions.size >= SESSIONS_PER_MEMBER) return refuse(input, 'sessions-full', `${SESSIONS_PER_MEMBER}`)
  const { id, name } = account
  const allowed = roomsAllowed(state, account, how, roomsOfAccount(state, account, asked.room))
  if ('code' in allowed) return refuseFor(input, allowed)
  const rooms = allowed.rooms.filter(room => !here?.rooms.has(room))
  const nets = state.format >= 7 && how.nets && how.nets.length > 0 ? { nets: how.nets } : {}
  const joining = { id, name: name.text, away: here?.away ?? null }
  return [
    ...surplus(state, account),
    { type: 'welcomed', session, member: id, name, origin, protocol, token, credential: asked.credential, ...nets },
    ...joins(state, joining, openable(state, rooms)),
    ...(here && nets.nets ? partsBanned(state, id, withNets(subjectOf(state, id), nets.nets)) : []),
  ]
}

/** Lapsed sessions count, too: the oldest of them makes room for one more. */
function surplus(state: State, { id }: Account): readonly Event[] {
  const [live, lapsed] = [sessionsOf(state, id), lapsedOf(state, id)]
  const count = Math.max(0, live.length + lapsed.length + 1 - SESSIONS_PER_MEMBER)
  return lapsed.slice(0, count).map(session => ({ type: 'ended', session, code: 'replaced', detail: '' }))
}

/** The rooms of its last presence, sorted, and the one that it asks for; the lobby if there are none. */
export function roomsOfAccount(state: State, { id, rooms }: Account, asked: string | null): readonly string[] {
  const known = (state.members.get(id)?.rooms ?? rooms).toArray().sort()
  const more = asked !== null && !known.includes(asked) && known.length < ROOMS_PER_MEMBER ? [asked] : []
  const all = [...known, ...more]
  return all.length > 0 ? all : [LOBBY]
}
