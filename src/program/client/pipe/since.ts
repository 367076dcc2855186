/** The start of the wanted past, as it's typed. */
import { isDay, readDuration } from '../../../model/duration.ts'
import { UsageError } from '../../config/usage.ts'
import type { Since } from './recall.ts'

/** `1042`: after that input; `90s`, `5m`, `1h`, `2d`: since so long ago; `cursor:NAME`; else a date, with or without a time. */
export function readSince(text: string, now: number): Since {
  if (/^cursor:.*[^/]$/s.test(text)) return { cursor: text.slice('cursor:'.length) }
  if (/^\d{1,15}$/.test(text)) return { after: Number(text) }
  const ago = readDuration(text)
  if (ago !== null) return { since: Math.max(0, now - ago) }
  const at = isDay(text.slice(0, 10)) ? Date.parse(/T/i.test(text) ? text : `${text}T00:00`) : Number.NaN
  if (Number.isFinite(at)) return { since: Math.max(0, at) }
  throw new UsageError(
    `--since must be an input such as 1042, a time ago such as 1h, a date such as 2026-11-22T10:00, or cursor:NAME, not "${text}".`,
  )
}
