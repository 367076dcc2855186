/**
 * Folded messages: requests that come to a hook faster than its token may post are counted in one message, which is
 * edited to show their number and the latest of them. The counts are in memory. They're shown within FOLD_EDIT_MS, one
 * edit of a token after another (docs/spec.md, HI5).
 */
import { FOLD_EDIT_MS, FOLD_MS, FOLD_QUIET_MS, FOLDS_PER_GRANT, GRANT_KEYS_MAX } from '../../../model/limits.ts'
import type { Grant } from '../../../model/state/grant.ts'
import type { Clock } from '../../../port/clock.ts'
import { countedText } from '../../hooks-in/render.ts'
import type { PostOutcome } from '../posting.ts'

type Deps = {
  readonly clock: Pick<Clock, 'elapsed' | 'alarm'>
  /** The grant as it is now; null: it is revoked. */
  readonly grantOf: (id: string) => Grant | null
  readonly edit: (grant: Grant, room: string, seq: number, text: string) => Promise<PostOutcome>
  /** Gets errors that no sender gets. */
  readonly report: (error: unknown) => void
}

/** Two posts with these in common may be folded: the room, and the sender and its title. */
export type Foldable = {
  readonly room: string
  readonly about: string
  readonly text: string
  readonly key: string | null
}

export type Fold = {
  readonly grant: string
  readonly room: string
  readonly about: string
  /** The outcome of the message. While it's being posted, others wait for it. */
  readonly posted: Promise<PostOutcome>
  seq: number | null
  readonly began: number
  latest: string
  latestAt: number
  count: number
  /** The count in its message. */
  shown: number
  shownAt: number
  /** Keys of those that it counts. */
  readonly keys: Set<string>
}

export class Folds {
  readonly #deps: Deps
  readonly #folds = new Set<Fold>()
  /** Tokens whose next edit has its time. */
  readonly #timers = new Map<string, () => void>()
  #isClosed = false

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** The fold that counts such a message now. */
  find({ id }: Grant, { room, about }: Foldable): Fold | undefined {
    this.#sweep()
    const own = [...this.#folds].filter(one => one.grant === id && one.room === room && !this.#isOver(one))
    return own.find(one => one.about === about) ?? (this.#hasRoom(id) ? undefined : own.find(one => one.about === ANY))
  }

  /** Begins a fold with the message that `post` posts, although that's too fast. Folds beyond the bound share one. */
  begin({ id }: Grant, { room, about, text, key }: Foldable, post: () => Promise<PostOutcome>): Promise<PostOutcome> {
    const now = this.#deps.clock.elapsed()
    const fold: Fold = {
      ...{ grant: id, room, about: this.#hasRoom(id) ? about : ANY, posted: post(), seq: null, began: now },
      ...{ latest: text, latestAt: now, count: 1, shown: 1, shownAt: now, keys: new Set(key === null ? [] : [key]) },
    }
    this.#folds.add(fold)
    void fold.posted.then(outcome => {
      if (outcome.ok) fold.seq = outcome.seq
      else this.#folds.delete(fold)
    })
    return fold.posted
  }

  /** Resolves with the message that counts this one. A repeat isn't counted again. */
  async count(fold: Fold, { text, key }: Foldable): Promise<PostOutcome> {
    const outcome = await fold.posted
    if (!outcome.ok) return outcome
    if (key !== null && fold.keys.has(key)) return { ...outcome, repeated: true }
    if (key !== null && fold.keys.size < GRANT_KEYS_MAX) fold.keys.add(key)
    Object.assign(fold, { latest: text, latestAt: this.#deps.clock.elapsed(), count: fold.count + 1 })
    this.#plan(fold.grant)
    return outcome
  }

  /** Before the server stops: shows counts that aren't shown yet. */
  close(): void {
    this.#isClosed = true
    for (const cancel of this.#timers.values()) cancel()
    for (const fold of this.#folds) if (fold.count > fold.shown) void this.#show(fold)
    this.#folds.clear()
  }

  #hasRoom(grant: string): boolean {
    let count = 0
    for (const fold of this.#folds) if (fold.grant === grant && fold.about !== ANY) count++
    return count < FOLDS_PER_GRANT
  }

  #isOver({ latestAt, began }: Fold): boolean {
    const now = this.#deps.clock.elapsed()
    return now - latestAt >= FOLD_QUIET_MS || now - began >= FOLD_MS
  }

  #sweep(): void {
    for (const fold of this.#folds) if (fold.count === fold.shown && this.#isOver(fold)) this.#folds.delete(fold)
  }

  #plan(grant: string): void {
    if (this.#isClosed || this.#timers.has(grant)) return
    this.#timers.set(
      grant,
      this.#deps.clock.alarm(FOLD_EDIT_MS, () => void this.#next(grant)),
    )
  }

  /** Shows the fold of this token that has waited longest. */
  async #next(grant: string): Promise<void> {
    const waiting = [...this.#folds].filter(one => one.grant === grant && one.count > one.shown)
    const [longest] = waiting.sort((a, b) => a.shownAt - b.shownAt)
    if (longest) await this.#show(longest)
    this.#timers.delete(grant)
    if ([...this.#folds].some(one => one.grant === grant && one.count > one.shown)) this.#plan(grant)
    this.#sweep()
  }

  /** The edit is submitted before this returns. */
  async #show(fold: Fold): Promise<void> {
    const { count, latest, seq, room } = fold
    const grant = this.#deps.grantOf(fold.grant)
    const edit = grant && seq !== null ? this.#deps.edit(grant, room, seq, countedText(count, latest)) : null
    const outcome = await edit?.catch(this.#deps.report)
    fold.shownAt = this.#deps.clock.elapsed()
    // A text that a filter stops isn't shown. The next one may be.
    if (outcome?.ok || outcome?.code === 'filtered') fold.shown = count
    else if (!outcome || !LATER.has(outcome.code)) this.#folds.delete(fold)
  }
}

/** Stands for all folds beyond the bound. */
const ANY = ''

/** Refusals after which the same edit is tried again. After others, such as a deleted message, the fold is over. */
const LATER: ReadonlySet<string> = new Set(['edit-under-way', 'storage', 'outcome-unknown', 'slow-down'])
