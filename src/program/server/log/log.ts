/** The log on stderr: JSON lines, or readable text on a terminal. Rate limits keep strangers from filling it. */
import { pino } from 'pino'
import { LOG_BURST, LOG_PER_SECOND } from '../../../model/limits.ts'
import { type Bucket, fullBucket, take } from '../../../server/ingress/bounds/token-bucket.ts'
import type { LOG_LEVELS } from '../../cli/server-settings.ts'
import type { LogLine } from './line.ts'
import { readable } from './readable.ts'

export type Log = (line: LogLine) => void

type Output = {
  readonly write: (text: string) => unknown
  /** A person reads it. */
  readonly isTTY?: boolean
}

const RATE = { perSecond: LOG_PER_SECOND, burst: LOG_BURST }

/** `now` is monotonic, in milliseconds. */
export function openLog(level: (typeof LOG_LEVELS)[number], output: Output, now: () => number): Log {
  const logger = pino(
    {
      level: level === 'off' ? 'silent' : level,
      base: null,
      messageKey: 'message',
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: label => ({ level: label }) },
    },
    { write: (line: string) => void output.write(output.isTTY ? readable(line) : line) },
  )
  const spent = new Map<string, { readonly bucket: Bucket; readonly unlogged: number }>()

  return ({ level: of, event, message, fields }) => {
    if (!logger.isLevelEnabled(of)) return
    const at = now()
    const { bucket, unlogged } = spent.get(event) ?? { bucket: fullBucket(RATE, at), unlogged: 0 }
    const left = take(bucket, RATE, at)
    spent.set(event, left ? { bucket: left, unlogged: 0 } : { bucket, unlogged: unlogged + 1 })
    if (left) logger[of]({ event, ...fields, ...(unlogged > 0 ? { unlogged } : {}) }, message)
  }
}
