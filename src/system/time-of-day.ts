/** `HH:MM:SS` and `YYYY-MM-DD` in the time zone of this machine. */
import type { TimeOfDay } from '../codec/sentence.ts'

const twoDigits = (value: number): string => String(value).padStart(2, '0')

/** The answer for the latest second that was asked for: the console asks for each message. */
let latest = { second: Number.NaN, text: '' }

export const localTime: TimeOfDay = at => {
  const second = Math.floor(at / 1000)
  if (second !== latest.second) latest = { second, text: timeOf(new Date(at)) }
  return latest.text
}

const timeOf = (time: Date): string => [time.getHours(), time.getMinutes(), time.getSeconds()].map(twoDigits).join(':')

export const localDay: TimeOfDay = at => {
  const time = new Date(at)
  return [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(twoDigits).join('-')
}
