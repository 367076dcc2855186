/** Limits a producer to slightly less than the server's rate for one session, so that nothing is refused. */

/** `cost`: of a command; 1 if it isn't given. */
export type Pace = { readonly take: (now: number, cost?: number) => PaceTaken }
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
    take(now, cost = 1) {
      const there = Math.min(most, tokens + (now - at) * perMs)
      if (there >= cost) return { pace: bucket(there - cost, now, most, perMs), waitMs: 0 }
      return { pace: bucket(there, now, most, perMs), waitMs: Math.ceil((cost - there) / perMs) }
    },
  }
}
