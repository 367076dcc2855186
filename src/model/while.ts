/** A while, and a time, as people write them in a flag or an address. */

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds in `90s`, `5m`, `1h`, `2d`; null if it is no such text. */
export function readWhile(text: string): number | null {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return count === undefined ? null : Number(count) * (UNIT_MS[unit] ?? 0)
}

/** A `+` that nobody has escaped in a query comes as a space. */
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[-+ ]\d{2}:?\d{2})?)?$/i

/**
 * Milliseconds since the epoch: `1767225600000` itself, `1h` before `now`, or a date of ISO 8601, with a time or without,
 * in UTC where it names no other zone. Null if it is none of these.
 */
export function readTime(text: string, now: number): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  const ago = readWhile(text)
  if (ago !== null) return Math.max(0, now - ago)
  const [, date, time = '00:00', zone = 'Z'] = TIME.exec(text) ?? []
  const at = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone.replace(' ', '+')}`)
  return Number.isNaN(at) ? null : Math.max(0, at)
}
