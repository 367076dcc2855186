/**
 * Deletions: the input is submitted only after the text is erased. Later requests of the connection wait meanwhile,
 * since numbers are used in order.
 */
import type { ErrorCode } from '../../../model/error.ts'
import type { Body } from '../../../model/input.ts'
import { deletion } from '../../ingress/targets/deletion.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'
import type { HeldEffects } from './held-effects.ts'

type DeleteEffect = Extract<Effect, { type: 'delete' }>

/** The body of a repeated deletion: it is only answered again. */
const NOTHING: Body = { type: 'delete', target: 0, room: null, members: [], everyone: false }

export class Deletions {
  readonly #of: ConnectionContext
  readonly #held: HeldEffects

  constructor(connection: ConnectionContext, held: HeldEffects) {
    this.#of = connection
    this.#held = held
  }

  /** The message is looked up when all inputs before are settled. */
  erase(effect: DeleteEffect): void {
    this.#held.hold()
    this.#of.server.settled(() => {
      try {
        const instead = this.#begin(effect)
        if (instead) this.#goOn(instead)
      } catch (error) {
        this.#of.server.report(error)
        this.#goOn({ type: 'refuse', n: effect.n, code: 'internal', detail: '' })
      }
    })
  }

  /** Begins to erase and returns null; or returns the effect to carry out instead. */
  #begin({ session, n, seq, room }: DeleteEffect): Effect | null {
    const { history, state, erase } = this.#of.server
    const refusal = (code: ErrorCode, detail = ''): Effect => ({ type: 'refuse', n, code, detail })
    const last = state().sessions.get(session)?.last ?? 0
    // A repeat: the reducer answers it again, and nothing more is deleted.
    if (n !== null && n <= last) return { type: 'submit', session, n, body: NOTHING, text: null }
    const found = deletion(history, state(), session, { seq, room })
    if (!found.ok) return refusal(found.code, found.detail)
    erase(...found.targets).then(
      () => this.#goOn({ type: 'submit', session, n, body: found.body, text: null }),
      () => this.#goOn(refusal('storage')),
    )
    return null
  }

  #goOn(next: Effect): void {
    this.#held.release(() => this.#of.attempt(next))
  }
}
