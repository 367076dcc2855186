/** Effects that wait while an earlier one of the same connection is under way, to stay in order. */
import { REQUESTS_HELD_BYTES } from '../../../model/limits.ts'
import type { ConnectionContext } from '../context.ts'
import type { Effect } from '../state.ts'

/** These answer no request, and the link cannot go on without them. */
const OF_THE_LINK: ReadonlySet<Effect['type']> = new Set(['writable', 'ping', 'beat-after', 'measured'])
/** These end the connection, and are kept however much waits. */
const ENDINGS: ReadonlySet<Effect['type']> = new Set(['lost', 'detach', 'conclude', 'farewell', 'give-up'])
/** Bytes that an effect takes beside its text: measured, on Node 24. */
const EFFECT_BYTES = 256

export class HeldEffects {
  readonly #of: ConnectionContext
  /** Null: nothing has to wait. */
  #held: Effect[] | null = null
  #bytes = 0
  #isOver = false

  constructor(connection: ConnectionContext) {
    this.#of = connection
  }

  /**
   * Whether the effect has to wait. If so, it is kept, and attempted later. When too many wait, the connection is given
   * up, and later effects are dropped.
   */
  holds(effect: Effect): boolean {
    if (this.#isOver) return !OF_THE_LINK.has(effect.type) && !ENDINGS.has(effect.type)
    if (this.#held === null || OF_THE_LINK.has(effect.type)) return false
    // The client would take the server for dead.
    if (effect.type === 'pong' && this.#of.server.isCutOff()) return false
    const before = this.#bytes
    this.#bytes += bytesOf(effect)
    if (this.#bytes <= REQUESTS_HELD_BYTES || ENDINGS.has(effect.type)) this.#held.push(effect)
    else if (before <= REQUESTS_HELD_BYTES) this.#of.link.giveUp('flooding', this.#of.server.clock.now())
    return true
  }

  /** From now on effects wait. */
  hold(): void {
    this.#held = []
    this.#bytes = 0
  }

  /**
   * The server closes before an effect is done. Later effects may not be done either, since numbers are used in order.
   * Only the end of the connection is carried out. A client repeats the rest at the next server.
   */
  abandon(): void {
    const waiting = this.#held ?? []
    this.#held = null
    this.#isOver = true
    for (const effect of waiting) this.#of.attempt(effect)
  }

  /** Runs `first`, then attempts the effects that waited. */
  release(first: () => void): void {
    const waiting = this.#held ?? []
    this.#held = null
    first()
    for (const effect of waiting) this.#of.attempt(effect)
  }
}

/** UTF-16 units are counted for bytes: it is a bound on memory, not on the bytes of the peer. */
const bytesOf = (effect: Effect): number => EFFECT_BYTES + 2 * (textOf(effect)?.length ?? 0)

function textOf(effect: Effect): string | null {
  if ('text' in effect) return effect.text
  return effect.type === 'change' && 'text' in effect.command ? effect.command.text : null
}
