/** The time, drawn anew every `ms` milliseconds; 0: not at all. In milliseconds since the epoch. */
import { useEffect, useState } from 'react'

export function useNow(clock: () => number, ms: number): number {
  const [, tick] = useState(0)
  useEffect(() => {
    if (ms === 0) return
    const timer = setInterval(() => tick(count => count + 1), ms)
    return () => clearInterval(timer)
  }, [ms])
  return clock()
}
