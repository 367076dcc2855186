/**
 * Brings this node's batches into the log, one after another, each once. A batch is appended after the node's own latest
 * inputs, or not at all. So of several attempts at most one is stored, and none after the first batch of the node's next
 * run. While the outcome isn't known, the batch is sent again and again.
 *
 * When the node's latest inputs were purged, the log can't tell any more which attempts are old. So a batch also names
 * its predecessor, and readers leave out one that comes too late (./reading/fold.ts).
 */
import type { Draft } from '../../model/input.ts'
import { ATTEMPT_MAX_MS, ATTEMPT_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import { batchOf } from './stream/messages.ts'
import { Pauses } from './stream/pauses.ts'
import type { BatchPlace } from './stream/places.ts'
import type { AppendOutcome, LogPlace, Stream, StreamBatch } from './stream/stream.ts'

type Deps = {
  readonly stream: Pick<Stream, 'append' | 'last'>
  readonly clock: Clock
  readonly node: string
  /** Names this start of the node. */
  readonly run: string
  /** Gets the stored batch, before anybody has heard of it. */
  readonly stored: (batch: StreamBatch, place: LogPlace) => void
  /** Resolves when everything up to this place is folded. */
  readonly folded: (place: LogPlace) => Promise<void>
  /** A later run of this node has begun. */
  readonly superseded: () => void
  /** The stored batch does not follow the one that this node has: the log was made anew. */
  readonly foreign: () => void
}

/** `came` resolves when the batch has come back. Then it's in the log, even if an attempt failed. */
type Pending = { readonly k: number; isIn: boolean; readonly came: PromiseWithResolvers<void> }

type Attempt = AppendOutcome | { readonly type: 'unknown' }

export class Appender {
  readonly #deps: Deps
  /** The number of the latest batch. */
  #k = 0
  /** The place of the node's latest inputs, as far as this node has folded. */
  #own: LogPlace
  /** The same, as the log should have it: 0 if they were purged. */
  #expected: LogPlace
  /** Whether a batch of this run is in the log. */
  #isIn = false
  /** The batch whose outcome isn't known yet. */
  #pending: Pending | null = null
  #isStopped = false

  readonly #pauses: Pauses

  /** `own`: the place of the node's latest inputs; 0: it has none. */
  constructor(own: LogPlace, deps: Deps) {
    this.#own = this.#expected = own
    this.#deps = deps
    this.#pauses = new Pauses(deps.clock)
  }

  /** A batch of this node is folded. */
  folded({ run, k, place }: BatchPlace): void {
    this.#own = this.#expected = place
    if (run === this.#deps.run) this.#isIn = true
    else if (this.#isIn) return this.#supersede()
    if (run !== this.#deps.run || this.#pending?.k !== k) return
    this.#pending.isIn = true
    this.#pending.came.resolve()
  }

  /** One at a time. Rejects only if nothing of the batch will ever be in the log. */
  async append(drafts: readonly Draft[]): Promise<void> {
    const pending = { k: ++this.#k, isIn: false, came: Promise.withResolvers<void>() }
    this.#pending = pending
    await Promise.race([pending.came.promise, this.#insist(pending, drafts)])
  }

  stop(): void {
    this.#isStopped = true
    this.#pauses.end()
  }

  /**
   * The next attempt doesn't wait long for the outcome of one: a broker that has died gives none. Whichever is stored is
   * known, also if its outcome comes late. Each waits longer than the one before, in case that the brokers are only busy.
   */
  async #insist(pending: Pending, drafts: readonly Draft[]): Promise<void> {
    let isUnsure = false
    for (let ms = ATTEMPT_MS; !pending.isIn; ms *= 2) {
      if (this.#isStopped) return never()
      const attempt = await this.#pauses.within(Math.min(ms, ATTEMPT_MAX_MS), this.#attempt(pending.k, drafts))
      if (attempt?.type === 'stored') return this.#comeBack(pending, attempt.place)
      if (attempt?.type === 'failed') {
        if (isUnsure && !(await this.#replace(pending))) return
        throw new Error(attempt.reason)
      }
      if (attempt?.type === 'refused') await this.#look()
      else isUnsure = true
      if (attempt?.type === 'unknown') await this.#pauses.pause()
    }
  }

  async #comeBack(pending: Pending, place: LogPlace): Promise<void> {
    await this.#deps.folded(place)
    if (pending.isIn || this.#isStopped) return
    this.stop()
    this.#deps.foreign()
    return never()
  }

  /**
   * An earlier attempt may still be stored. An empty batch in its place is, or the batch is: one of the two. Returns
   * whether it is the empty one.
   */
  async #replace(pending: Pending): Promise<boolean> {
    const k = ++this.#k
    while (!pending.isIn) {
      if (this.#isStopped) return never()
      const attempt = await this.#attempt(k, [])
      if (attempt.type === 'stored') {
        await this.#deps.folded(attempt.place)
        return !pending.isIn
      }
      await (attempt.type === 'refused' ? this.#look() : this.#pauses.pause())
    }
    return false
  }

  async #attempt(k: number, drafts: readonly Draft[]): Promise<Attempt> {
    const { stream, run, stored } = this.#deps
    const batch = batchOf({ run, k, after: this.#own }, drafts)
    try {
      const outcome = await stream.append(batch, this.#expected)
      if (outcome.type === 'stored' && !this.#isStopped) stored(batch, outcome.place)
      return outcome
    } catch {
      return { type: 'unknown' }
    }
  }

  /** The node's latest inputs are elsewhere than expected: folds up to them. They may be the pending ones. */
  async #look(): Promise<void> {
    const { stream, node, folded } = this.#deps
    const last = await stream.last(node).catch(() => undefined)
    if (last && last.place > this.#own) {
      await folded(last.place)
      this.#own = this.#expected = Math.max(this.#own, last.place)
    }
    // They were purged, so the log expects that there are none. If it has others all the same, it refuses the batch.
    else if (last === null && this.#expected > 0) this.#expected = 0
    else await this.#pauses.pause()
  }

  #supersede(): void {
    this.stop()
    this.#deps.superseded()
  }
}

const never = (): Promise<never> => new Promise(() => {})
