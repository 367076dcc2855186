/** Leaving: sessions end, and with the last one of a member the member's exit is an event. */
import type { CloseCode } from '../model/error.ts'
import type { Event, QuitCause } from '../model/event.ts'
import type { Input, SessionId } from '../model/input.ts'
import type { Member, State } from '../model/state.ts'

type Lost = Extract<Input, { type: 'lost' }>
type Started = Extract<Input, { type: 'started' }>

/** How an exit reads to others. */
export type Exit = { readonly cause: QuitCause; readonly by: string | null; readonly reason: string | null }

const LOST: Exit = { cause: 'lost', by: null, reason: null }

/** A member goes, with every session. */
export function exit(member: Member, how: Exit, code: CloseCode, detail: string): readonly Event[] {
  return [
    ...member.sessions.toArray().map(session => ({ type: 'ended', session, code, detail }) as const),
    quit(member, how),
  ]
}

const quit = (member: Member, how: Exit): Event => ({
  type: 'quit',
  name: member.name.text,
  ...how,
  member: member.id,
  rooms: member.rooms.toArray(),
})

/** One session goes; the member follows if it was the last. */
function end(state: State, id: SessionId): readonly Event[] {
  const session = state.sessions.get(id)
  const member = session && state.members.get(session.member)
  if (!member) return []
  const ended: Event = { type: 'ended', session: id, code: 'timeout', detail: '' }
  return member.sessions.size > 1 ? [ended] : [ended, quit(member, LOST)]
}

/** A lost connection detaches its session where the protocol can resume, and ends it where it cannot. */
export function decideLost(state: State, input: Lost): readonly Event[] {
  const session = state.sessions.get(input.session)
  if (!session || session.via !== input.via) return []
  if (session.token === null || input.until === null) return end(state, session.id)
  return [{ type: 'detached', session: session.id, until: input.until }]
}

/** Whose grace is over exits. Sessions are taken in the order in which they are due, so every replay agrees. */
export function decideTick(state: State): readonly Event[] {
  return [...state.due]
    .filter(([, until]) => until <= state.at)
    .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1))
    .flatMap(([session]) => end(state, session))
}

/** After a start no session of this server has a connection: each is lost, the grace counted from now. */
export function decideStarted(state: State, input: Started): readonly Event[] {
  return [...state.sessions.values()]
    .filter(session => session.origin === input.origin)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap(({ id, via }) => decideLost(state, { ...input, type: 'lost', session: id, via }))
}
