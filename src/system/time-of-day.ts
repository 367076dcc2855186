/** `HH:MM:SS` and `YYYY-MM-DD` in the time zone of this machine. */
import type { TimeOfDay } from '../codec/sentence.ts'

const twoDigits = (value: number): string => String(value).padStart(2, '0')

export const localTime: TimeOfDay = at => {
  const time = new Date(at)
  return [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':')
}

export const localDay: TimeOfDay = at => {
  const time = new Date(at)
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-')
}
