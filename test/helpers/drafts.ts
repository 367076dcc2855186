/** Inputs as another server would write them to the same journal. */
import { type Body, type Draft, HOST_SESSION, textsOf } from '../../src/model/input.ts'
import type { State } from '../../src/model/state.ts'
import { nameOf } from './arbitrary-inputs.ts'

let count = 0

/** `at` is 0, so the room's time stands still. */
export const foreign = (session: string, body: Body, text: string | null = null): Draft => ({
  input: { ...body, id: `elsewhere.${++count}`, at: 0, origin: 'elsewhere', session, n: null },
  texts: textsOf(text),
})

/** That server takes part from then on. */
export const starts = (): Draft => foreign(HOST_SESSION, { type: 'started', until: 0 })

/** An input of a session, as the server that it's connected to would write it. */
export function ofSession(state: State, session: string, body: Body, text: string | null = null): Draft {
  const origin = state.sessions.get(session)?.origin ?? ''
  const id = `${state.nodes.get(origin)?.run}.again-${++count}`
  return { input: { ...body, id, at: 0, origin, session, n: null }, texts: textsOf(text) }
}

/** Somebody enters at that server; the session id is the name. With a token, the session can be resumed. */
export const enters = (name: string, room = 'lobby', token: string | null = null): Draft =>
  foreign(name, { type: 'hello', name: nameOf(name), room, protocol: 'native', token })

export const says = (name: string, text: string, room = 'lobby'): Draft =>
  foreign(name, { type: 'say', room, action: false }, text)

/** The session whose token has this hash goes on over a connection to that server. */
export const resumes = (via: string, token: string): Draft => foreign(via, { type: 'resume', token, enter: null })
