/** Entering: a name becomes a member, or a session that lost its connection goes on with a new one. */
import type { Event } from '../model/event.ts'
import type { Input } from '../model/input.ts'
import { ROOMS_MAX } from '../model/limits.ts'
import type { State } from '../model/state.ts'
import { holderOf } from './lookup.ts'
import { refuse } from './refuse.ts'

type Hello = Extract<Input, { type: 'hello' }>
type Resume = Extract<Input, { type: 'resume' }>

/** Two hellos for one name in the same turn are two inputs in the journal: the first in its order wins. */
export function decideHello(state: State, input: Hello): readonly Event[] {
  if (state.sessions.has(input.session)) return refuse(input, 'already-entered')
  const holder = holderOf(state, input.name)
  if (holder) return refuse(input, 'name-taken', takenBy(holder.name.text, input.name.text))
  if (!state.rooms.has(input.room) && state.rooms.size >= ROOMS_MAX) return refuse(input, 'rooms-full', `${ROOMS_MAX}`)
  const { session, name, origin, protocol, token, room } = input
  return [
    { type: 'welcomed', session, member: session, name, origin, protocol, token },
    { type: 'joined', room, name: name.text, away: null, member: session },
  ]
}

/** The newer attachment wins; the connection before it, if it is still there, is told so by its own server. */
export function decideResume(state: State, input: Resume): readonly Event[] {
  const session = state.tokens.get(input.token)
  if (session === undefined) return refuse(input, 'session-unknown')
  return [{ type: 'resumed', session, via: input.session, origin: input.origin }]
}

/** "Taken" says by which lookalike. */
export const takenBy = (holder: string, wanted: string): string =>
  holder === wanted ? 'somebody here' : `${holder}, which reads like ${wanted}`
