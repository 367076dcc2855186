/** A log line for a person: time, level, message and fields. */
import { flatten, neutralise } from '../../../model/text.ts'
import { localTime } from '../../../system/time-of-day.ts'

type Logged = {
  readonly [key: string]: unknown
  readonly level: string
  readonly time: string
  readonly message: string
}

/** `10:04:05 WARN  the disk is full (storage, refused 3)`, with the stack below it if there is one. */
export function readable(line: string): string {
  const { level, time, event, message, stack, ...rest }: Logged = JSON.parse(line)
  const fields = Object.entries(rest).flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]))
  const head = `${localTime(Date.parse(time))} ${level.toUpperCase().padEnd(5)} ${message}`
  const below = typeof stack === 'string' ? neutralise(stack.replace(/^.*\n/, '')).concat('\n') : ''
  return `${flatten(`${head} (${[event, ...fields].join(', ')})`)}\n${below}`
}
