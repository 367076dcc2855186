/**
 * Checks that all servers come to the same room. Each sends with its beats the hash of its state after every input
 * whose number is a multiple of `every`, and compares the others' hashes with its own. The text of a state is long, so
 * it's hashed a piece a turn.
 */
import { createHash } from 'node:crypto'
import { DIGEST_PIECE_CHARS, DIGESTS_COMPARED } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { Beat } from '../../port/peers.ts'
import { snapshotParts } from '../../reducer/snapshot/parts.ts'

export type Digest = { readonly seq: number; readonly hash: string }

/**
 * `alone`: the hash of this server is not that of most. `split`: there are several, and none is that of most; said once,
 * until all agree again.
 */
export type Verdict = 'same' | 'alone' | 'split'

export class Digests {
  readonly #own: string
  readonly #clock: Clock
  readonly #every: number
  #latest: Digest | null = null
  #isBusy = false
  #isSplit = false
  /** By the number of the input: the hash of each node. */
  readonly #said = new Map<number, Map<string, string>>()

  /** `own` is the name of this server. */
  constructor(own: string, clock: Clock, every: number) {
    this.#own = own
    this.#clock = clock
    this.#every = every
  }

  /** The latest digest of this server; null: none yet. */
  get latest(): Digest | null {
    return this.#latest
  }

  follow(steps: readonly Step[]): void {
    for (const { seq, after } of steps) if (seq % this.#every === 0 && !this.#isBusy) void this.#make(after)
  }

  /** Takes the digest of a beat, by this server or another one. `nodes`: how many take part. */
  hear({ node, digest }: Beat, nodes: number): Verdict {
    if (digest === null) return 'same'
    const hashes = this.#note(node, digest)
    const mine = hashes.get(this.#own)
    const counts = new Map<string, number>()
    for (const hash of hashes.values()) counts.set(hash, (counts.get(hash) ?? 0) + 1)
    if (counts.size === 1 && hashes.size >= nodes) this.#isSplit = false
    if (mine === undefined || counts.size === 1) return 'same'
    // The last report of a server that is gone counts too.
    const voters = Math.max(nodes, hashes.size)
    const most = [...counts].find(([, count]) => count > voters / 2)?.[0]
    if (most !== undefined) return most === mine ? 'same' : 'alone'
    if (this.#isSplit || hashes.size < nodes) return 'same'
    this.#isSplit = true
    return 'split'
  }

  /** Returns the hashes of all servers for this input. */
  #note(node: string, { seq, hash }: Digest): ReadonlyMap<string, string> {
    const hashes = this.#said.get(seq) ?? new Map<string, string>()
    this.#said.set(seq, hashes.set(node, hash))
    const [oldest] = this.#said.keys()
    if (this.#said.size > DIGESTS_COMPARED && oldest !== undefined) this.#said.delete(oldest)
    return hashes
  }

  async #make(state: State): Promise<void> {
    this.#isBusy = true
    const hash = createHash('sha256')
    let chars = 0
    for (const part of snapshotParts(state)) {
      hash.update(part)
      chars += part.length
      if (chars < DIGEST_PIECE_CHARS) continue
      chars = 0
      await new Promise<void>(resolve => this.#clock.turn(resolve))
    }
    this.#latest = { seq: state.seq, hash: hash.digest('hex').slice(0, HASH_CHARS) }
    // Under load, a beat leaves some out. The others' hashes of these are still compared.
    this.#note(this.#own, this.#latest)
    this.#isBusy = false
  }
}

/** 128 bits: two states with one hash won't come about by accident. */
const HASH_CHARS = 32
