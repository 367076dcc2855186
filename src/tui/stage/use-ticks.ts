/** Draws once a second while the frame changes with time alone, as a countdown does. */
import { useEffect } from 'react'

export function useTicks(ticks: boolean, draw: () => void): void {
  useEffect(() => {
    if (!ticks) return
    const clock = setInterval(draw, 1000)
    return () => clearInterval(clock)
  }, [ticks, draw])
}
