/** How a connection gets a session: past the password and the bounds, as a new session or as one that comes back. */
import type { Refusal } from '../../../model/error.ts'
import type { Lapsed } from '../../../model/state.ts'
import { refused as noteRefused } from '../../observe/notes.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { Pacing } from './rates.ts'

/** A session counts as over this many milliseconds before the end of its week: its input has yet to be folded. */
const MARGIN_MS = 1000

export type Entering = {
  readonly enter: (effect: Extract<Effect, { type: 'enter' }>) => void
  readonly resume: (effect: Extract<Effect, { type: 'resume' }>) => void
  /** The connection is gone, and its place is free. */
  readonly leave: () => void
}

export function entering(
  { server, link, via, submit, tell }: ConnectionContext,
  { mayGreet, mayEnter }: Pacing,
): Entering {
  const { clock, entropy, registry, admission } = server
  let admitted = false

  const passes = (password: string | null): boolean => lets(server.gate.pass(link.address, password, clock.elapsed()))

  /** `back`: it has a place already. */
  function admit(back: boolean): boolean {
    if (!admitted && !lets(admission.enter(link.address, back))) return false
    admitted = true
    admission.settled(link.address, link.connection)
    return true
  }

  const lets = (refused: Refusal | null): boolean => refused === null || keepOut(refused)

  /**
   * The session of this token: live, or lapsed and long enough before its end that the input will be folded in time.
   * Null: there is none.
   */
  function known(token: string): Lapsed | 'live' | null {
    const { at, tokens, sessions, lapsed } = server.state()
    const id = tokens.get(token) ?? ''
    if (sessions.has(id)) return 'live'
    const away = lapsed.get(id)
    return away && away.until > Math.max(at, clock.now()) + MARGIN_MS ? away : null
  }

  function keepOut(refused: Refusal): false {
    server.note(noteRefused(link, refused.code))
    tell({ type: 'rejected', at: clock.now(), n: null, ...refused })
    link.notify({ type: 'refused' })
    return false
  }

  return {
    enter({ name, room, history, password }) {
      if (!lets(mayGreet()) || !passes(password) || !lets(mayEnter([room])) || !admit(false)) return
      link.history = history
      const protocol = link.encoding?.protocol ?? 'line'
      link.token = link.encoding?.resumes ? entropy.secret() : null
      registry.expect(via, link)
      const token = link.token === null ? null : entropy.digest(link.token)
      submit(via, null, { type: 'hello', name, room, protocol, token }, null)
    },

    /**
     * The client with a session's token has given the password before, and need not give it again while the session
     * exists.
     */
    resume({ resumption, history, enter, password }) {
      const token = entropy.digest(resumption.token)
      const session = known(token)
      if (!lets(mayGreet())) return
      if (session === null && enter !== null && !passes(password)) return
      const rooms = session === null ? (enter ? [enter.room] : []) : session === 'live' ? [] : session.rooms
      if (!lets(mayEnter(rooms)) || !admit(enter === null || session === 'live')) return
      link.history = history
      link.resumption = resumption
      link.token = resumption.token
      const protocol = link.encoding?.protocol ?? 'native'
      registry.expect(via, link)
      submit(via, null, { type: 'resume', token, enter: enter && { ...enter, protocol } }, null)
    },

    leave() {
      if (admitted) admission.leave(link.address)
    },
  }
}
