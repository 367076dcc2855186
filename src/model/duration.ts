/** Reads durations and times, as people write them in a flag or a URL, and shows them. */

const UNIT_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Milliseconds of `90s`, `5m`, `1h`, `2d`; null for any other text. */
export function readDuration(text: string): number | null {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? []
  return count === undefined ? null : Number(count) * (UNIT_MS[unit] ?? 0)
}

/** `45 s`, `10 min`, `3 h 5 min`: rounded down. */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** How long something still lasts, for a person: `9 s`, `10 min`, `3 h`, `2 days`. Rounded up, so it's over by then. */
export function leftText(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000))
  if (seconds < 120 && seconds !== 60) return `${seconds} s`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 120 && minutes !== 60) return `${minutes} min`
  const hours = Math.ceil(minutes / 60)
  if (hours < 48 && hours !== 24) return `${hours} h`
  const days = Math.ceil(hours / 24)
  return days === 1 ? '1 day' : `${days} days`
}

/** Whether the calendar has the day `YYYY-MM-DD`. `Date.parse` takes February 30 for the first days of March. */
export function isDay(date: string): boolean {
  const at = Date.parse(`${date}T00:00Z`)
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date)
}

/** An unescaped `+` in a query string arrives as a space. */
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[-+ ]\d{2}:?\d{2})?)?$/i

/**
 * Milliseconds since the epoch. Takes `1767225600000` as it is, `1h` as an hour before `now`, and a date of ISO 8601,
 * with or without a time, in UTC unless it names another zone. Null for any other text.
 */
export function readTime(text: string, now: number): number | null {
  if (/^\d{1,15}$/.test(text)) return Number(text)
  const ago = readDuration(text)
  if (ago !== null) return Math.max(0, now - ago)
  const [, date, time = '00:00', zone = 'Z'] = TIME.exec(text) ?? []
  const at = date === undefined || !isDay(date) ? Number.NaN : Date.parse(`${date}T${time}${zone.replace(' ', '+')}`)
  return Number.isNaN(at) ? null : Math.max(0, at)
}
