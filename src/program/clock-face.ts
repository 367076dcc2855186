/** Times and days for a drawn screen, in the time zone of this machine. */
import type { ClockFace } from '../tui/clock-face.ts'
import { localTime } from './time-of-day.ts'

const day = new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

export const clockFace: ClockFace = {
  time: at => localTime(at).slice(0, 5),
  day: at => day.format(at),
}
