/** How a connection gets a session: past the password and the bounds, as a new session or as one that comes back. */
import type { Refusal } from '../../../model/error.ts'
import type { Lapsed } from '../../../model/state.ts'
import { refused as noteRefused } from '../../observe/notes.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { AddressBounds } from './address-bounds.ts'

/** A session counts as over this many milliseconds before the end of its week: its input has yet to be folded. */
const MARGIN_MS = 1000

export class SessionStart {
  readonly #of: ConnectionContext
  readonly #bounds: AddressBounds
  #isAdmitted = false

  constructor(connection: ConnectionContext, bounds: AddressBounds) {
    this.#of = connection
    this.#bounds = bounds
  }

  enter({ name, room, history, password }: Extract<Effect, { type: 'enter' }>): void {
    const { server, link, via } = this.#of
    if (!this.#lets(this.#bounds.mayGreet()) || !this.#passes(password)) return
    if (!this.#lets(this.#bounds.mayEnter([room])) || !this.#admit(false)) return
    link.history = history
    const protocol = link.encoding?.protocol ?? 'line'
    link.token = link.encoding?.resumes ? server.entropy.secret() : null
    server.registry.expect(via, link)
    const token = link.token === null ? null : server.entropy.digest(link.token)
    this.#of.submit(via, null, { type: 'hello', name, room, protocol, token }, null)
  }

  /**
   * The client with a session's token has given the password before, and need not give it again while the session
   * exists.
   */
  resume({ resumption, history, enter, password }: Extract<Effect, { type: 'resume' }>): void {
    const { server, link, via } = this.#of
    const token = server.entropy.digest(resumption.token)
    const session = this.#known(token)
    if (!this.#lets(this.#bounds.mayGreet())) return
    if (session === null && enter !== null && !this.#passes(password)) return
    const rooms = session === null ? (enter ? [enter.room] : []) : session === 'live' ? [] : session.rooms
    if (!this.#lets(this.#bounds.mayEnter(rooms)) || !this.#admit(enter === null || session === 'live')) return
    link.history = history
    link.resumption = resumption
    link.token = resumption.token
    const protocol = link.encoding?.protocol ?? 'native'
    server.registry.expect(via, link)
    this.#of.submit(via, null, { type: 'resume', token, enter: enter && { ...enter, protocol } }, null)
  }

  /** The connection is gone, and its place is free. */
  leave(): void {
    if (this.#isAdmitted) this.#of.server.admission.leave(this.#of.link.address)
  }

  /**
   * The session of this token: live, or lapsed and long enough before its end that the input will be folded in time.
   * Null: there is none.
   */
  #known(token: string): Lapsed | 'live' | null {
    const { at, tokens, sessions, lapsed } = this.#of.server.state()
    const id = tokens.get(token) ?? ''
    if (sessions.has(id)) return 'live'
    const away = lapsed.get(id)
    return away && away.until > Math.max(at, this.#of.server.clock.now()) + MARGIN_MS ? away : null
  }

  #passes(password: string | null): boolean {
    const { gate, clock } = this.#of.server
    return this.#lets(gate.pass(this.#of.link.address, password, clock.elapsed()))
  }

  /** `back`: it has a place already. */
  #admit(back: boolean): boolean {
    const { address, connection } = this.#of.link
    const { admission } = this.#of.server
    if (!this.#isAdmitted && !this.#lets(admission.enter(address, back))) return false
    this.#isAdmitted = true
    admission.settled(address, connection)
    return true
  }

  #lets(refused: Refusal | null): boolean {
    if (refused === null) return true
    const { server, link } = this.#of
    server.note(noteRefused(link, refused.code))
    this.#of.tell({ type: 'rejected', at: server.clock.now(), n: null, ...refused })
    link.notify({ type: 'refused' })
    return false
  }
}
