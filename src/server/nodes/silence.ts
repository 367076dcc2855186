/**
 * Judges which servers are down. Only the log is asked: this server judges another one only while its own beats come
 * back in the log without a break, so that a beat that it hasn't got isn't there. One that is cut off judges nobody.
 */
import { DOWN_MS, FLOW_BREAK_MS } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { HeardBeat } from '../../port/peers.ts'

export type Gone = { readonly node: string; readonly run: string }

export class Silence {
  readonly #own: string
  /** By run: when its last beat came, or when it could first have come. Monotonic milliseconds. */
  #heardAt = new Map<string, number>()
  /** When the last own beat came back; null: none yet. */
  #flowsAt: number | null = null

  constructor(own: string) {
    this.#own = own
  }

  /** Milliseconds of silence of this run; null: nothing is known of it. */
  age(run: string, now: number): number | null {
    const at = this.#heardAt.get(run)
    return at === undefined ? null : now - at
  }

  /** Takes a beat from the log, in its order. Returns the servers that are down by now. */
  hear({ node, run, heardAt: now }: HeardBeat, isOwn: boolean, { nodes }: State): readonly Gone[] {
    this.#heardAt.set(run, now)
    if (!isOwn) return []
    const isBroken = this.#flowsAt === null || now - this.#flowsAt > FLOW_BREAK_MS
    this.#flowsAt = now
    const others = [...nodes].filter(([other]) => other !== node && other !== this.#own)
    const before = this.#heardAt
    this.#heardAt = new Map([[run, now]])
    const gone: Gone[] = []
    for (const [other, { run: its }] of others) {
      // While the log stood still, nobody's beats could come.
      const at = isBroken ? now : (before.get(its) ?? now)
      this.#heardAt.set(its, at)
      if (now - at >= DOWN_MS) gone.push({ node: other, run: its })
    }
    return gone
  }
}
