/**
 * Answers without an input: to queries and refusals, each when everything that was asked before it has been folded, or
 * at once while the server is cut off.
 */
import type { Outgoing } from '../../../codec/codec.ts'
import type { SessionId } from '../../../model/input.ts'
import type { TrialOutcome, TrialRequest } from '../../../port/rehearser.ts'
import { ignoredBy } from '../../../reducer/keeping/messages/ignoring.ts'
import { memberOf } from '../../../reducer/rules/lookup.ts'
import { answerQuery } from '../../delivery/answers/answer-query.ts'
import { sparing } from '../../delivery/backlog/past.ts'
import { refused as noteRefused } from '../../observe/notes.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { HeldEffects } from './held-effects.ts'

type QueryEffect = Extract<Effect, { type: 'query' }>

export class Answers {
  readonly #of: ConnectionContext
  readonly #held: HeldEffects
  /** If the peer has yet to take the last answer, the next query waits for that. */
  #isWaiting = false
  #isOver = false
  readonly #gone = new AbortController()

  constructor(connection: ConnectionContext, held: HeldEffects) {
    this.#of = connection
    this.#held = held
  }

  /** One query a turn, since its answer may be long. Later requests of the connection wait, to stay in order. */
  query(effect: QueryEffect): void {
    this.#held.hold()
    this.#of.server.inTurn(() => this.#answer(effect))
  }

  refuse({ n, code, detail }: Extract<Effect, { type: 'refuse' }>): void {
    const { server, link } = this.#of
    server.note(noteRefused(link, code))
    this.inTurn(() => ({ type: 'rejected', at: server.clock.now(), n, code, detail }))
  }

  /** `outgoing` is called when its turn comes. */
  inTurn(outgoing: () => Outgoing): void {
    this.#of.server.inTurn(() => this.#of.tell(outgoing()))
  }

  /** The peer takes more. */
  goOn(): void {
    if (!this.#isWaiting) return
    this.#isWaiting = false
    this.#done()
  }

  /** Nobody is left to be answered. */
  stop(): void {
    this.#isOver = true
    this.#gone.abort()
    this.goOn()
  }

  #answer({ session, n, query }: QueryEffect): void {
    if (this.#isOver) return this.#done()
    const { clock, history, state, texts, pushes } = this.#of.server
    const context = {
      state: state(),
      history,
      session,
      n,
      at: clock.now(),
      ...texts,
      tries: this.#tries,
      pushKey: pushes?.key,
    }
    try {
      const answered = answerQuery(query, context)
      if (!(answered instanceof Promise)) this.#tell(session, answered)
      // A trial takes long, and holds up nothing else.
      else if (query.type === 'try') void this.#told(session, n, answered)
      else return this.#later(session, n, answered)
    } catch (error) {
      this.#failed(n, error)
    }
    this.#done()
  }

  #later(session: SessionId, n: number | null, answered: Promise<Outgoing>): void {
    void this.#told(session, n, answered).then(() => this.#done())
  }

  #told(session: SessionId, n: number | null, answered: Promise<Outgoing>): Promise<void> {
    return answered.then(
      outgoing => (this.#isOver ? undefined : this.#tell(session, outgoing)),
      (error: unknown) => this.#failed(n, error),
    )
  }

  #tell(session: SessionId, outgoing: Outgoing): void {
    const { link, server } = this.#of
    if (outgoing.type !== 'past' || !link.encoding) return this.#of.tell(outgoing)
    const state = server.state()
    this.#of.tell(sparing(link.encoding, ignoredBy(state, memberOf(state, { session })?.id ?? ''), outgoing))
  }

  #tries = (request: TrialRequest): Promise<TrialOutcome> => this.#of.server.tries(request, this.#gone.signal)

  /** Answers are written at the end of a turn. Only then can it be seen whether the peer took them. */
  #done(): void {
    this.#of.server.clock.turn(() => {
      this.#isWaiting = this.#of.link.isFull && !this.#isOver
      if (!this.#isWaiting) this.#held.release(() => {})
    })
  }

  /** If the history cannot be read, the client and the host get the error; the connection stays. */
  #failed(n: number | null, error: unknown): void {
    const { server } = this.#of
    server.report(error)
    this.#of.tell({ type: 'rejected', at: server.clock.now(), n, code: 'internal', detail: '' })
  }
}
