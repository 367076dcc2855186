/**
 * Whether a server that says that another one is down could know it: the log flowed, so its own beats came back to it,
 * and no beat of the other one came between them.
 */
import type { Draft } from '../../../src/model/input.ts'
import type { HeardBeat } from '../../../src/port/peers.ts'

/** Own beats that come back, at the least, while another server is silent for long enough. */
const FLOWING_BEATS = 2

/** One process, as a judge of others. */
export class Judging {
  readonly #node: string
  /** Beats of its server that it has heard. */
  #own = 0
  /** By run: how many these were when that run was last heard. */
  readonly #since = new Map<string, number>()
  /** Runs that were silent for long enough once: reports about them may wait for the log. */
  readonly #silent = new Set<string>()

  constructor(node: string) {
    this.#node = node
  }

  hear({ node, run }: HeardBeat): void {
    if (this.#isSilent(run)) this.#silent.add(run)
    if (node === this.#node) this.#own++
    else this.#since.set(run, this.#own)
  }

  /** The runs of which a batch says that they are down, and of which it can't know that. */
  unfounded(batch: readonly Draft[]): readonly string[] {
    return batch.flatMap(({ input }) =>
      input.type === 'down' && !this.#silent.has(input.run) && !this.#isSilent(input.run) ? [input.run] : [],
    )
  }

  #isSilent = (run: string): boolean => this.#own - (this.#since.get(run) ?? 0) >= FLOWING_BEATS
}
