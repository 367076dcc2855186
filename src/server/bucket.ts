/** A token bucket: what one session may sustain, and how much it may send at once. */

export type Rate = { readonly perSecond: number; readonly burst: number }

/** `at` is monotonic time in milliseconds, when there were `tokens`. */
export type Bucket = { readonly tokens: number; readonly at: number }

export const fullBucket = (rate: Rate | null, at: number): Bucket => ({ tokens: rate?.burst ?? 0, at })

/** The bucket after one token was taken at `now`; null if there is none. Without a rate there is always one. */
export function take(bucket: Bucket, rate: Rate | null, now: number): Bucket | null {
  if (!rate) return bucket
  const tokens = Math.min(rate.burst, bucket.tokens + ((now - bucket.at) / 1000) * rate.perSecond)
  return tokens >= 1 ? { tokens: tokens - 1, at: now } : null
}

/** Milliseconds until there is one again. */
export function untilNext({ tokens, at }: Bucket, rate: Rate, now: number): number {
  return Math.max(0, at + ((1 - tokens) / rate.perSecond) * 1000 - now)
}
