/** Times and days for a drawn screen, in the time zone of this machine. */

import { localTime } from '../../system/time-of-day.ts'
import type { ClockFace } from '../../tui/clock-face.ts'

let days: Intl.DateTimeFormat | null = null

/** Made for the first day that is shown: Node takes some milliseconds for it. */
function dayOf(at: number): string {
  days ??= new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return days.format(at)
}

export const clockFace: ClockFace = {
  time: at => localTime(at).slice(0, 5),
  day: dayOf,
}
