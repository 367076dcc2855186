/** Times and days for a drawn screen, in the time zone of this machine. */

import { localTime } from '../../system/time-of-day.ts'
import type { ClockFace } from '../../tui/clock-face.ts'

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

export const clockFace: ClockFace = {
  time: at => localTime(at).slice(0, 5),
  day: at => day.format(at),
}
