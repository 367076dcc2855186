/** Limits a producer to slightly less than the server's rate for one session, so that nothing is refused. */

export type Pace = { readonly take: (now: number) => PaceTaken }
type PaceTaken = { readonly pace: Pace; readonly waitMs: number }

export const unpaced: Pace = { take: () => ({ pace: unpaced, waitMs: 0 }) }

/** The two clocks don't run alike, and messages sent at different times may arrive together. */
const SHARE = 0.9

/** The rate that a welcome allows, counted from `now` in monotonic milliseconds; null: no limit. */
export function allowance(rate: { readonly perSecond: number; readonly burst: number } | null, now: number): Pace {
  if (!rate) return unpaced
  const most = Math.max(1, Math.floor(rate.burst * SHARE))
  return bucket(most, now, most, (rate.perSecond * SHARE) / 1000)
}

function bucket(tokens: number, at: number, most: number, perMs: number): Pace {
  return {
    take(now) {
      const there = Math.min(most, tokens + (now - at) * perMs)
      if (there >= 1) return { pace: bucket(there - 1, now, most, perMs), waitMs: 0 }
      return { pace: bucket(there, now, most, perMs), waitMs: Math.ceil((1 - there) / perMs) }
    },
  }
}
