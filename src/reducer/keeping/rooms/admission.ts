/** Whether somebody may enter, and come back to its rooms: bans, modes, lock-downs, and word filters on names. */
import type { Enter, Input } from '../../../model/input.ts'
import type { Account } from '../../../model/state/account.ts'
import type { State } from '../../../model/state.ts'
import { isStaff } from '../log.ts'
import { lockedFault, namedFault, noteFault } from '../messages/writing.ts'
import { rulesOf } from '../places.ts'
import { type Fault, fault } from '../refusals.ts'
import { type Subject, subjectNamed, subjectOf, withNets } from '../sanctions/under.ts'
import { bannedIn, type Joining, joiningFault } from './modes.ts'

/** A guest, or somebody who registers by entering, comes as `how` says into one room. */
export function guestFault(state: State, input: Input, how: Enter): Fault | null {
  if (state.format < 7) return null
  const { name, room, nets = [], filters } = how
  const subject = subjectNamed(name, null, nets)
  const banned = bannedIn(state, null, subject)
  if (banned) return banned
  if (rulesOf(state, null).modes.lockdown) return lockedFault(state, null)
  const filtered = noteFault(state, input.session, [null, room], filters)
  if (filtered) return fault('name-filtered', filtered.detail)
  return joiningFault(state, room, { subject, account: how.register !== undefined, invited: isInvited(state, how) })
}

/** A keeper of the room may have any name. */
function nameFault(state: State, { id }: Account, room: string, matched: Enter['filters']): Fault | null {
  const named = isStaff(state, id, room) ? null : namedFault(state, '', room, matched)
  return named && fault('name-filtered', `#${room}`)
}

/** An invite for a room opens it in spite of its modes. */
const isInvited = ({ invites }: State, { invite, room }: Enter): boolean =>
  invite !== undefined && invites.get(invite)?.room === room

const accountSubject = (state: State, { id, name }: Account): Subject => ({
  ...subjectNamed(name, id),
  nets: subjectOf(state, id).nets,
})

/**
 * A member that was in a room comes back to it in spite of its modes. A room that was opened anew since is another one:
 * its name alone makes nobody a member.
 */
export function returningFault(state: State, room: string, joining: Joining, left: number): Fault | null {
  const opened = state.rooms.get(room)?.opened ?? Number.NEGATIVE_INFINITY
  return opened <= left ? bannedIn(state, room, joining.subject) : joiningFault(state, room, joining)
}

/** When an account left last, as a `seq`. If it's here, it's in its rooms. */
export const leftOf = ({ members, format }: State, { id, left = 0 }: Account): number =>
  format < 7 || members.has(id) ? Number.POSITIVE_INFINITY : left

/** The rooms that an account may be in, of those that it is in or asks for; or why not in the one that it asks for. */
export function roomsAllowed(
  state: State,
  account: Account,
  how: Enter,
  rooms: readonly string[],
): { readonly rooms: readonly string[] } | Fault {
  if (state.format < 7) return { rooms }
  const subject = withNets(accountSubject(state, account), how.nets ?? [])
  const banned = bannedIn(state, null, subject)
  if (banned) return banned
  const own = state.members.get(account.id)?.rooms ?? account.rooms
  const asked = how.account?.room ?? null
  const allowed: string[] = []
  for (const room of rooms) {
    const joining = { subject, account: true, invited: isInvited(state, how) }
    const unfit = own.has(room)
      ? returningFault(state, room, joining, leftOf(state, account))
      : joiningFault(state, room, joining)
    const isNew = !own.has(room)
    const filtered = isNew && unfit === null ? nameFault(state, account, room, how.filters) : null
    if (filtered) return filtered
    if (unfit === null) allowed.push(room)
    else if (room === asked && isNew) return unfit
  }
  return { rooms: allowed }
}
