/** Leaving: sessions end. When the last session of a member ends, the member's exit is an event. */
import type { CloseCode } from '../../model/closing.ts'
import type { Event, QuitCause } from '../../model/event.ts'
import type { Input, SessionId } from '../../model/input.ts'
import { LAPSED_MS, LAPSES_AT_ONCE } from '../../model/limits.ts'
import type { Member, Session, State } from '../../model/state.ts'
import { roomsOf } from './lookup.ts'
import { dueIn } from './time.ts'

type Lost = Extract<Input, { type: 'lost' }>

/** How others see an exit. */
export type Exit = { readonly cause: QuitCause; readonly by: string | null; readonly reason: string | null }

const LOST: Exit = { cause: 'lost', by: null, reason: null }

/** A member exits, with all its sessions. */
export function exit(member: Member, how: Exit, code: CloseCode, detail: string): readonly Event[] {
  return [
    ...member.sessions
      .toArray()
      .sort()
      .map(session => ({ type: 'ended', session, code, detail }) as const),
    exitOf(member, how),
  ]
}

/** An exit as others see it. */
export const exitOf = (member: Member, how: Exit): Event => ({
  type: 'quit',
  name: member.name.text,
  ...how,
  member: member.id,
  rooms: roomsOf(member),
})

/**
 * Ends sessions, in this order. A session whose protocol can resume lapses instead of ending. When the last session of a
 * member ends, the member exits. Before format 4 a member had one session, and no other one could lapse.
 */
function end(state: State, ids: readonly SessionId[]): readonly Event[] {
  const gone = new Set<SessionId>()
  return ids.flatMap((id): readonly Event[] => {
    const session = state.sessions.get(id)
    const member = state.members.get(session?.member ?? '')
    if (!session || !member) return []
    gone.add(id)
    const ended: Event = { type: 'ended', session: id, code: 'timeout', detail: '' }
    const isLast = member.sessions.isSubset(gone)
    const over: Event = isResumable(session) ? { type: 'lapsed', session: id, until: state.at + LAPSED_MS } : ended
    return isLast ? [over, exitOf(member, LOST)] : [over]
  })
}

/** A lost connection detaches its session if the protocol can resume, and ends it otherwise. */
export function decideLost(state: State, input: Lost): readonly Event[] {
  const session = state.sessions.get(input.session)
  if (!session || session.via !== input.via) return []
  if (!isResumable(session) || input.until === null) return end(state, [session.id])
  return [{ type: 'detached', session: session.id, until: dueIn(state, input, input.until) }]
}

/**
 * Sessions whose grace is over exit, in the order in which they were due, so that every replay agrees. Since format 5
 * one tick ends LAPSES_AT_ONCE of them at most, and the next tick follows at once.
 */
export function graceOver(state: State): readonly Event[] {
  const due = [...state.due].filter(([, until]) => until <= state.at)
  const sessions = due.sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1)).map(([session]) => session)
  return end(state, state.format < 5 ? sessions : sessions.slice(0, LAPSES_AT_ONCE))
}

/**
 * No session of this server has a connection any more; null: of any server. `until`: when their grace is over, in the
 * room's time.
 */
export function losing(state: State, node: string | null, until: number): readonly Event[] {
  const own = [...state.sessions.values()].filter(({ origin }) => node === null || origin === node)
  const [resumable, others] = [own.filter(isResumable), own.filter(session => !isResumable(session))]
  return [
    ...resumable.sort(byId).map(({ id }): Event => ({ type: 'detached', session: id, until })),
    ...end(
      state,
      others.sort(byId).map(({ id }) => id),
    ),
  ]
}

const isResumable = (session: Session): boolean => session.token !== null
const byId = (a: Session, b: Session): number => (a.id < b.id ? -1 : 1)
