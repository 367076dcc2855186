/**
 * The start of a session on a connection: checks of the password, the invite or the credential of an account, and of
 * the bounds; then a new session, or a resumed one. The token of a session takes precedence over everything else.
 */
import type { Refusal } from '../../../model/error.ts'
import type { Enter, SessionId } from '../../../model/input.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import type { Lapsed } from '../../../model/state.ts'
import { refused as noteRefused } from '../../observe/notes.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { AddressBounds } from './address-bounds.ts'
import { Identification, type Identified, type Wanted } from './identification.ts'
import type { SigningIn } from './signing-in.ts'

type EffectOf<T extends Effect['type']> = Extract<Effect, { type: T }>

/** A session counts as over this many milliseconds before the end of its week: its input has yet to be folded. */
const MARGIN_MS = 1000

export class SessionStart {
  readonly #of: ConnectionContext
  readonly #bounds: AddressBounds
  readonly #signingIn: SigningIn
  readonly #identification: Identification
  #isAdmitted = false
  /** The id of the session that a login is to begin; the same for each attempt. */
  #login: SessionId | null = null

  constructor(connection: ConnectionContext, bounds: AddressBounds, signingIn: SigningIn) {
    this.#of = connection
    this.#bounds = bounds
    this.#signingIn = signingIn
    this.#identification = new Identification(connection, signingIn)
  }

  enter(effect: EffectOf<'enter'>): void {
    if (!this.#lets(this.#bounds.mayGreet())) return
    this.#identify(effect, how => {
      const { server, link, via } = this.#of
      if (!this.#lets(this.#bounds.mayEnter(this.#roomsOf(how.enter))) || !this.#admit(false)) return how.undo()
      link.history = effect.history
      link.token = link.encoding?.resumes ? server.entropy.secret() : null
      server.registry.expect(via, link)
      const token = link.token === null ? null : server.entropy.digest(link.token)
      const hello = { type: 'hello', ...how.enter, ...this.#matched, protocol: this.#protocol, token } as const
      this.#of.submit(via, null, hello, null)
      how.done(via)
    })
  }

  /**
   * The client with a session's token has proved itself before, and need not do so again while the session exists.
   */
  resume(effect: EffectOf<'resume'>): void {
    const { server } = this.#of
    const token = server.entropy.digest(effect.resumption.token)
    const session = this.#known(token)
    if (!this.#lets(this.#bounds.mayGreet())) return
    const { enter } = effect
    if (session === null && enter !== null) {
      return this.#identify({ ...effect, ...enter }, how => this.#resume(effect, token, how))
    }
    const name = enter?.name ?? null
    const how = name && enter ? { enter: { name, room: enter.room ?? LOBBY }, undo() {}, done() {} } : null
    this.#resume(effect, token, how, session)
  }

  /** The answer to a challenge. */
  prove({ proof }: EffectOf<'prove'>): void {
    this.#signingIn.prove(proof, verdict => {
      if (!verdict.ok) this.#refuse(verdict)
    })
  }

  /** The connection keeps its session unless the account has entered (docs/spec.md, I11). */
  login({ name, room, account, n }: EffectOf<'login'>): void {
    const { server, link } = this.#of
    if (!this.#lets(this.#bounds.mayGreet(), n)) return
    this.#signingIn.begin(name, account, n, verdict => {
      if (!verdict.ok) return this.#refuse(verdict, n)
      const { account: id, credential, name: called } = verdict
      const enter = { name: called, room: room ?? LOBBY, account: { id, credential, room } }
      if (!this.#lets(this.#bounds.mayEnter(this.#roomsOf(enter)), n)) return
      this.#login ??= server.entropy.id()
      link.token = link.encoding?.resumes ? server.entropy.secret() : null
      link.resumption = null
      server.registry.expect(this.#login, link)
      const token = link.token === null ? null : server.entropy.digest(link.token)
      const hello = { type: 'hello', ...enter, ...this.#matched, protocol: this.#protocol, token } as const
      this.#of.submit(this.#login, n, hello, null)
    })
  }

  /** Whether this session began on the connection by a login. */
  isLogin(session: SessionId): boolean {
    return session === this.#login
  }

  /** The connection has the session of the login now. */
  switched(): void {
    this.#login = null
  }

  /** The connection is gone, and its place is free. */
  leave(): void {
    const { server, link } = this.#of
    this.#signingIn.leave()
    if (this.#login !== null) server.registry.forget(this.#login, null, link)
    if (this.#isAdmitted) server.admission.leave(link.address)
  }

  #identify(wanted: Wanted, go: (how: Identified) => void): void {
    this.#identification.begin(wanted, { go, refuse: refusal => this.#refuse(refusal) })
  }

  #resume(
    { resumption, history }: EffectOf<'resume'>,
    token: string,
    how: Identified | null,
    session: Lapsed | 'live' | null = null,
  ): void {
    const { server, link, via } = this.#of
    const isBack = how === null || session === 'live'
    if (!this.#lets(this.#bounds.mayEnter(this.#roomsBack(session, how))) || !this.#admit(isBack)) return how?.undo()
    link.history = history
    link.resumption = resumption
    link.token = resumption.token
    server.registry.expect(via, link)
    const enter = how && { ...how.enter, ...this.#matched, protocol: this.#protocol }
    const known = session === null ? {} : ({ known: true } as const)
    this.#of.submit(via, null, { type: 'resume', token, enter, ...known, ...this.#matched }, null)
    how?.done(via)
  }

  /** The sanctions on networks that the client's address is in. One that is folded meanwhile is matched later. */
  get #matched(): { readonly nets?: readonly number[] } {
    const { server, link } = this.#of
    const nets = server.texts.matching(link.address)
    return nets.length === 0 ? {} : { nets }
  }

  get #protocol(): Enter['protocol'] {
    return this.#of.link.encoding?.protocol ?? 'native'
  }

  /** The rooms that a hello with a token asks for. A live session stays where it is. */
  #roomsBack(session: Lapsed | 'live' | null, how: Identified | null): readonly string[] {
    if (session === null) return how ? this.#roomsOf(how.enter) : []
    if (session === 'live' || this.#of.server.state().accounts.has(session.session.member)) return []
    return session.rooms
  }

  /**
   * The rooms that a hello asks for, and may make. An account's own don't count for the address: others there could
   * keep its owner out.
   */
  #roomsOf({ room, account }: Omit<Enter, 'protocol'>): readonly string[] {
    if (!account) return [room]
    return account.room === null ? [] : [account.room]
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

  /** `back`: it has a place already. */
  #admit(back: boolean): boolean {
    const { address, connection } = this.#of.link
    const { admission } = this.#of.server
    if (!this.#isAdmitted && !this.#lets(admission.enter(address, back))) return false
    this.#isAdmitted = true
    admission.settled(address, connection)
    return true
  }

  #lets(refusal: Refusal | null, n: number | null = null): boolean {
    if (refusal !== null) this.#refuse(refusal, n)
    return refusal === null
  }

  #refuse({ code, detail }: Refusal, n: number | null = null): void {
    const { server, link } = this.#of
    server.note(noteRefused(link, code, true))
    this.#of.tell({ type: 'rejected', at: server.clock.now(), n, code, detail })
    link.notify({ type: 'refused' })
  }
}
