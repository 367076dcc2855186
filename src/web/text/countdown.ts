/** How long something still lasts, for a text that is drawn anew each second. */
import { leftText } from '../../model/duration.ts'

const HOUR_MS = 3_600_000

/** `9 s`, `4:05`, or, from an hour on, `3 h`. Rounded up, so it's over by then. */
export function countdown(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 60 || ms >= HOUR_MS) return leftText(ms)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
