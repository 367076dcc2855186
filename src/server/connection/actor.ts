/**
 * The actor of one connection. Messages from the peer, the clock and the room go through its mailbox. behaviour.ts
 * decides which effects follow; they are carried out here or in effects/. A server has thousands of these, most of them
 * quiet, so each holds objects with shared methods, and not closures.
 */
import { Observable, type Subscriber, type Subscription } from 'rxjs'
import { type Behaviour, respond } from '../../actor/behaviour.ts'
import { Mailbox } from '../../actor/mailbox.ts'
import type { Outgoing } from '../../codec/codec.ts'
import { type CloseCode, closingText } from '../../model/closing.ts'
import type { Body, Draft, SessionId } from '../../model/input.ts'
import { HANDSHAKE_MS, LANE_ASK_BYTES } from '../../model/limits.ts'
import { SilenceAlarm } from '../../port/silence-alarm.ts'
import type { Connection, Signal } from '../../port/transport.ts'
import { originOf } from '../../transport/trust.ts'
import { Link, type Notice } from '../delivery/link.ts'
import { inForce } from '../ingress/in-force.ts'
import { vetOnNetwork } from '../ingress/targets/member-network.ts'
import { peerOf } from '../observe/notes.ts'
import { behaviourOf, initialState } from './behaviour.ts'
import type { ConnectionContext, ServerContext } from './context.ts'
import { AccountCommands } from './effects/account-commands.ts'
import { AddressBounds } from './effects/address-bounds.ts'
import { Answers } from './effects/answers.ts'
import { Changes } from './effects/changes.ts'
import { Deletions } from './effects/deletions.ts'
import { Handshake } from './effects/handshake.ts'
import { HeldEffects } from './effects/held-effects.ts'
import { Reads } from './effects/reads.ts'
import { release } from './effects/releases.ts'
import { SessionStart } from './effects/session-start.ts'
import { SigningIn } from './effects/signing-in.ts'
import type { ConnectionMessage, ConnectionState, Effect } from './state.ts'
import { NOT_SERVED } from './turn-away.ts'

/**
 * The inputs that a connection brings, as a function of the connection. They complete when it is gone, and never error.
 * The subscriber owns the connection.
 */
export function inputsOf(server: ServerContext): (connection: Connection) => Observable<Draft> {
  const behaviour = behaviourOf(server.policy)
  const [stranger, vouched] = [initialState(false), initialState(true)]
  return connection =>
    new Observable<Draft>(inputs => {
      const state = server.trusts(connection.address) ? vouched : stranger
      const actor = new ConnectionActor(connection, server, inputs, behaviour, state)
      actor.start()
      return () => actor.stop()
    })
}

/** The network of the member that the command names, or why not. */
function networked({ session, n, command }: Extract<Effect, { type: 'on-network' }>, server: ServerContext): Effect {
  const vetted = vetOnNetwork(command, { session, n }, server)
  if (!vetted.ok) return { type: 'refuse', n, code: vetted.code, detail: vetted.detail }
  return { type: 'submit', session, n, body: vetted.body, text: vetted.text }
}

type ConnectionBehaviour = Behaviour<ConnectionState, ConnectionMessage, Effect>

class ConnectionActor implements ConnectionContext {
  readonly server: ServerContext
  readonly link: Link
  /** Changes with a login. */
  via: SessionId
  readonly #inputs: Subscriber<Draft>
  readonly #behaviour: ConnectionBehaviour
  readonly #box: Mailbox<ConnectionMessage>
  #state: ConnectionState
  readonly #handshake: Handshake
  readonly #bounds: AddressBounds
  readonly #signingIn: SigningIn
  readonly #start: SessionStart
  readonly #held: HeldEffects
  readonly #answers: Answers
  /** Made for the first command that needs them: most clients only read and write. */
  #accounts: AccountCommands | null = null
  #deletions: Deletions | null = null
  #changes: Changes | null = null
  #reading: Reads | null = null
  readonly #sniffing: SilenceAlarm
  readonly #beating: SilenceAlarm
  #sniffMs = 0
  /** The last input before the ping that waits for its pong. */
  #asked = 0
  #listening: Subscription | null = null

  constructor(
    connection: Connection,
    server: ServerContext,
    inputs: Subscriber<Draft>,
    behaviour: ConnectionBehaviour,
    state: ConnectionState,
  ) {
    this.server = server
    this.via = server.entropy.id()
    this.link = new Link(connection, server.clock, server.nameOf, notice => this.#hear(notice))
    this.#inputs = inputs
    this.#behaviour = behaviour
    this.#state = state
    this.#box = new Mailbox(
      message => this.#handle(message),
      () => inputs.complete(),
    )
    this.#handshake = new Handshake(this, () => this.#box.post({ type: 'late' }))
    this.#bounds = new AddressBounds(this)
    this.#signingIn = new SigningIn(this)
    this.#start = new SessionStart(this, this.#bounds, this.#signingIn)
    this.#held = new HeldEffects(this)
    this.#answers = new Answers(this, this.#held)
    this.#sniffing = new SilenceAlarm(server.clock, () => this.#wasSilent(this.#sniffMs))
    this.#beating = new SilenceAlarm(server.clock, () => this.#beat())
  }

  start(): void {
    const { server, link } = this
    server.roster.set(link, this)
    server.note({ type: 'connected', address: link.address })
    this.#handshake.knock()
    this.#listening = link.connection.signals$.subscribe(signal => this.#on(signal))
    // From here on the server also waits for silence: a person with nc may never send anything first.
    this.#wasSilent(0)
  }

  stop(): void {
    const { server, link } = this
    this.#box.stop()
    this.#listening?.unsubscribe()
    this.#sniffing.off()
    this.#beating.off()
    server.roster.delete(link)
    server.note({ type: 'disconnected', ...peerOf(link), ms: server.clock.now() - link.since })
    link.dispose()
    this.#handshake.leave()
    this.#start.leave()
  }

  submit(session: SessionId, n: number | null, body: Body, text: string | null): void {
    this.#inputs.next(this.server.draft(session, n, body, text))
  }

  tell(outgoing: Outgoing): void {
    this.link.answer(outgoing, this.#seq)
  }

  extend(ms: number): void {
    this.#handshake.extend(ms)
  }

  /** The server is about to stop. */
  farewell(): void {
    this.#box.post({ type: 'farewell', code: 'shutdown' })
  }

  /** An HTTP request is over soon. */
  get resumes(): boolean {
    return this.link.encoding?.resumes ?? true
  }

  move(): void {
    if (this.link.encoding?.resumes) this.#box.post({ type: 'farewell', code: 'moved' })
  }

  closesWithin(ms: number): void {
    const nodes = this.server.elsewhere(this.via)
    if (!this.resumes) this.tell({ type: 'draining', at: this.server.clock.now(), ms, nodes })
  }

  stall(over: boolean): void {
    this.tell({ type: 'stalled', at: this.server.clock.now(), over })
  }

  #elsewhere(code: CloseCode): { readonly nodes?: readonly string[] } {
    return code === 'moved' ? { nodes: this.server.elsewhere(this.via) } : {}
  }

  get #reads(): Reads {
    this.#reading ??= new Reads(this)
    return this.#reading
  }

  get #seq(): number {
    return this.server.state().seq
  }

  #handle(message: ConnectionMessage): void {
    const [state, effects] = respond(this.#behaviour, this.#state, message, this.server.report)
    this.#state = state
    for (const effect of effects) this.attempt(effect)
  }

  #on(signal: Signal): void {
    const { server, link } = this
    this.#sniffing.off()
    if (signal.type === 'bytes') link.heard()
    if (signal.type === 'closed') this.#signingIn.leave()
    if (signal.type === 'secured') {
      link.certificate = signal.certificate
      this.#handshake.knock()
    }
    if (signal.type === 'upgraded') {
      link.page = signal.origin
      this.#handshake.comeFrom(originOf(link.address, signal.forwarded, server.trusts))
    }
    this.#box.post({ type: 'signal', signal, now: server.clock.elapsed() })
  }

  #hear(notice: Notice): void {
    const { server, link } = this
    if (notice.type === 'fell-behind') server.note({ type: 'gave-up', ...peerOf(link), code: 'too-slow' })
    this.#box.post({ type: 'notice', notice, now: server.clock.elapsed() })
  }

  #wasSilent(ms: number): void {
    const { server, link } = this
    const now = server.clock.elapsed()
    this.#box.post({ type: 'silence', ms, now, mayBrowse: server.admission.hasBrowsed(link.address, now) })
  }

  #beat(): void {
    const keepsMuch = this.link.reader.lane.kept > LANE_ASK_BYTES
    this.#box.post({ type: 'beat', now: this.server.clock.elapsed(), keepsMuch })
  }

  /** An error on one connection ends that connection, and is reported. */
  attempt(effect: Effect): void {
    if (effect.type === 'lost' || effect.type === 'detach') this.#answers.stop()
    if (this.#held.holds(effect)) return
    try {
      this.#carryOut(this.#bounds.bounded(effect))
    } catch (error) {
      this.server.report(error)
      this.link.connection.destroy()
    }
  }

  #carryOut(effect: Effect): void {
    const { server, link } = this
    const { clock } = server
    switch (effect.type) {
      case 'speak':
        link.encoding = effect.codec.encoding
        if (server.isCutOff()) this.stall(false)
        return server.note({ type: 'spoke', address: link.address, protocol: link.encoding.protocol })
      case 'write-in':
        link.encoding = effect.encoding
        return
      case 'sniff-after':
        this.#sniffMs = effect.ms
        return this.#sniffing.set(effect.ms)
      case 'enter':
        return this.#start.enter(effect)
      case 'resume':
        return this.#start.resume(effect)
      case 'wait-again':
        return this.extend(HANDSHAKE_MS)
      case 'prove':
        return this.#start.prove(effect)
      case 'login':
        return this.#start.login(effect)
      case 'switched':
        return this.#switch(effect)
      case 'account':
        this.#accounts ??= new AccountCommands(this, this.#signingIn, this.#held)
        return this.#accounts.carryOut(effect)
      case 'submit': {
        const known = inForce(server.state(), { ok: true, body: effect.body, text: effect.text })
        if (!known.ok) return this.#answers.refuse({ ...known, type: 'refuse', n: effect.n })
        if (effect.body.type === 'quit' || effect.body.type === 'logout') return this.#quit(effect)
        if (effect.body.type === 'release') return release(this, this.#held, effect, effect.body)
        return this.submit(effect.session, effect.n, effect.body, effect.text)
      }
      case 'on-network':
        return this.attempt(networked(effect, server))
      case 'query':
        return this.#answers.query(effect)
      case 'delete':
        this.#deletions ??= new Deletions(this, this.#held)
        return this.#deletions.erase(effect)
      case 'typing':
        return server.typing.hear(effect.session, effect.where)
      case 'change':
        this.#changes ??= new Changes(this, this.#held)
        return this.#changes.carryOut(effect)
      case 'read': {
        const refusal = this.#reads.read(effect)
        return refusal ? this.#answers.refuse({ type: 'refuse', n: effect.n, ...refusal }) : undefined
      }
      case 'refuse':
        return this.#answers.refuse(effect)
      case 'answer':
        return this.#answers.inTurn(() => effect.outgoing)
      case 'reply':
        return server.inTurn(() => link.reply(effect.text, this.#seq))
      case 'pong':
        return this.#answers.inTurn(() => ({ type: 'pong', id: effect.id, seq: this.#seq }))
      case 'help':
        return this.#answers.inTurn(() => ({ ...effect, at: clock.now() }))
      case 'ping':
        this.#asked = this.#seq
        return this.tell({ type: 'ping', seq: this.#asked })
      case 'beat-after':
        return this.#beating.set(effect.ms)
      case 'measured':
        link.roundTrip = effect.roundTrip
        return link.reader.lane.wasRead(this.#asked)
      case 'hand-on':
        return this.#handshake.handOn(effect.spoken, effect.bytes)
      case 'came-from':
        return this.#handshake.comeFrom(effect.address)
      case 'turn-away':
        return this.#handshake.turnAway(effect.spoken, closingText(effect.why, NOT_SERVED))
      case 'give-up':
        server.note({ type: 'gave-up', ...peerOf(link), code: effect.code })
        return link.giveUp(effect.code, clock.now())
      case 'farewell':
        this.#reads.leave()
        this.tell({ type: 'closed', at: clock.now(), code: effect.code, detail: '', ...this.#elsewhere(effect.code) })
        link.finish(effect.code)
        return link.flush()
      case 'conclude':
        return server.settled(() => {
          link.finish()
          link.flush()
        })
      case 'writable':
        link.writable()
        return this.#answers.goOn()
      case 'detach':
        server.roster.delete(link)
        return this.#detach(effect.session)
      case 'lost':
        link.dispose()
        this.#detach(effect.session)
        return this.#box.close()
    }
  }

  /** A client that quits gets all its answers first: nothing is written after the goodbye. */
  #quit({ session, n, body, text }: Extract<Effect, { type: 'submit' }>): void {
    this.#reads.leave()
    this.#held.hold()
    this.server.settled(() => this.#held.release(() => this.submit(session, n, body, text)))
  }

  /** After a login: the connection is the account's, and its former session leaves. */
  #switch({ from, to }: Extract<Effect, { type: 'switched' }>): void {
    const { server, via } = this
    this.via = to
    this.#start.switched()
    this.#reads.flush()
    this.submit(from, null, { type: 'quit', reason: null }, null)
    // A goodbye that could not be stored is not repeated, but the loss of a session is retried until it is stored. This connection
    // may be gone by then.
    server.settled(() => {
      if (server.state().sessions.has(from)) server.submitFor(from, { type: 'lost', via, until: null })
    })
  }

  #detach(session: SessionId | null): void {
    const { server, link } = this
    const via = session !== null && this.#start.isLogin(session) ? session : this.via
    server.registry.forget(via, session, link)
    if (session === null) return this.#reads.stop()
    this.#reads.leave()
    const until = link.encoding?.resumes ? server.clock.now() + server.grace : null
    this.submit(session, null, { type: 'lost', via, until }, null)
  }
}
