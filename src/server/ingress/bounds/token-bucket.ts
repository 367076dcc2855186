/** A token bucket: how fast one session may send for long, and how much at once. */
import { LINES_PER_TOKEN } from '../../../model/limits.ts'
import { lineCount } from '../../../model/text.ts'

export type Rate = { readonly perSecond: number; readonly burst: number }

/** There were `tokens` at `at`, monotonic time in milliseconds. */
export type Bucket = { readonly tokens: number; readonly at: number }

export const fullBucket = (rate: Rate | null, at: number): Bucket => ({ tokens: rate?.burst ?? 0, at })

/**
 * The bucket after `cost` tokens were taken at `now`; null if it has fewer. Without a rate it always has enough.
 * Nothing costs more than a full bucket.
 */
export function take(bucket: Bucket, rate: Rate | null, now: number, cost = 1): Bucket | null {
  if (!rate) return bucket
  const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * rate.perSecond)
  const due = Math.min(cost, rate.burst)
  return tokens >= due ? { tokens: tokens - due, at: now } : null
}

/**
 * The cost of a text: one token, and one more for every LINES_PER_TOKEN lines. In line mode the author stands before
 * each line.
 */
export const costOf = (text: string): number => 1 + Math.floor(lineCount(text) / LINES_PER_TOKEN)

/** Milliseconds until there is a token again. */
export function untilNext({ tokens, at }: Bucket, rate: Rate, now: number): number {
  return Math.max(0, at + ((1 - tokens) / rate.perSecond) * 1000 - now)
}
