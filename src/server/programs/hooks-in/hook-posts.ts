/** Posts the requests to hooks as messages of their tokens: a sender's retry is known, and a burst is folded. */

import { GRANT_KEY_CHARS, HOOK_IN_BURST_TIMES, HOOK_IN_RATE_TIMES } from '../../../model/limits.ts'
import type { Grant } from '../../../model/state/grant.ts'
import type { State } from '../../../model/state.ts'
import type { Clock } from '../../../port/clock.ts'
import type { Entropy } from '../../../port/entropy.ts'
import type { Key } from '../../hooks-in/card.ts'
import { type Bucket, fullBucket, type Rate, take } from '../../ingress/bounds/token-bucket.ts'
import type { Refused } from '../../ingress/vetting/vetted.ts'
import type { ChangeMessage } from '../changes.ts'
import type { PostOutcome, PostReceipt } from '../posting.ts'
import { keyHash, type PostMessage } from '../posts.ts'
import { Folds } from './folds.ts'

export type HookPost = {
  readonly room: string
  readonly text: string
  readonly key: Key | null
  /** A burst is folded by this: the sender, and its subject. */
  readonly about: string
}

/** `folded`: it's counted in a message that was there. */
export type HookOutcome = (PostReceipt & { readonly folded: boolean }) | Refused

export type HooksIn = {
  /** Counts a request. False: there are too many even to be folded. */
  readonly admits: (grant: Grant) => boolean
  readonly post: (grant: Grant, sent: HookPost) => Promise<HookOutcome>
  readonly forget: (grant: string) => void
  /** Before the server stops. */
  readonly close: () => void
}

type Deps = {
  readonly clock: Pick<Clock, 'now' | 'elapsed' | 'alarm'>
  readonly entropy: Pick<Entropy, 'digest'>
  readonly state: () => State
  readonly rate: Rate | null
  /** Takes the cost of a message from the token's rate. Null: it may be posted. */
  readonly pace: (grant: Grant, cost: number) => number | null
  readonly post: PostMessage
  readonly edit: ChangeMessage
  readonly report: (error: unknown) => void
}

export function hooksIn({ clock, entropy, state, rate, pace, post, edit, report }: Deps): HooksIn {
  const requests = rate && { perSecond: rate.perSecond * HOOK_IN_RATE_TIMES, burst: rate.burst * HOOK_IN_BURST_TIMES }
  const buckets = new Map<string, Bucket>()
  const folds = new Folds({
    clock,
    grantOf: id => state().grants.get(id) ?? null,
    edit: (grant, room, seq, text) => edit(grant, room, { type: 'edit', seq, room, text }),
    report,
  })

  /** A key for the same again later, if it comes within the time of a retry. */
  function keyOf(grant: Grant, room: string, { id, retriedFor }: Key): string {
    const whole = `${room} ${id.length > GRANT_KEY_CHARS ? entropy.digest(id) : id}`
    if (retriedFor === undefined) return whole
    const now = clock.now()
    const part = Math.floor(now / retriedFor)
    const before = `${whole} ${part - 1}`
    const known = grant.posted.get(keyHash(entropy, before))
    return known && now - known.at < retriedFor ? before : `${whole} ${part}`
  }

  /** The same delivery is the same message, even if it would be written differently now. */
  function repeated(grant: Grant, key: string | null): HookOutcome | null {
    const known = key === null ? undefined : state().grants.get(grant.id)?.posted.get(keyHash(entropy, key))
    return known ? { ok: true, seq: known.seq, at: known.at, repeated: true, folded: false } : null
  }

  const marked = (outcome: PostOutcome, folded: boolean): HookOutcome => (outcome.ok ? { ...outcome, folded } : outcome)

  return {
    admits({ id }) {
      if (requests === null) return true
      const now = clock.elapsed()
      const bucket = buckets.get(id) ?? fullBucket(requests, now)
      const after = take(bucket, requests, now)
      buckets.set(id, after ?? bucket)
      return after !== null
    },
    async post(grant, { room, text, key: sent, about }) {
      const key = sent && keyOf(grant, room, sent)
      const known = repeated(grant, key)
      if (known) return known
      const one = { room, about, text, key }
      const fold = folds.find(grant, one)
      if (fold) return marked(await folds.count(fold, one), true)
      const message = { room, text, action: false, key }
      const outcome = await post(grant, message, cost => (pace(grant, cost) === null ? null : ''))
      if (outcome.ok) return marked(outcome, false)
      // The same came at the same moment, and was first.
      if (outcome.code === 'key-reused') return repeated(grant, key) ?? outcome
      if (outcome.code !== 'slow-down') return outcome
      // Others may have come meanwhile.
      const begun = folds.find(grant, one)
      if (begun) return marked(await folds.count(begun, one), true)
      return marked(await folds.begin(grant, one, () => post(grant, message, () => null)), false)
    },
    forget: grant => void buckets.delete(grant),
    close: () => folds.close(),
  }
}
