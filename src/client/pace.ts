/** A producer is held back to what the server lets one session sustain, a little below it, so that nothing is refused. */

export type Pace = { readonly take: (now: number) => Taken }
type Taken = { readonly pace: Pace; readonly waitMs: number }

export const unpaced: Pace = { take: () => ({ pace: unpaced, waitMs: 0 }) }

/** Our clock and the server's do not run alike, and what was sent a moment ago arrives together. */
const SHARE = 0.9

/** What a welcome allows, counted from `now`, monotonic milliseconds; null: no bound. */
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
