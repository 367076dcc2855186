/** Times and days as the reader's browser writes them; a time always in the same width. */
const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })

/** Milliseconds since the epoch to `HH:MM`. */
export const timeOf = (at: number): string => time.format(at)
export const exactly = (at: number): string => exact.format(at)

/** To format a day is slow, and a list asks often: those asked for last are kept. */
const QUARTER_MS = 900_000
const KEPT = 2000
const known = new Map<number, string>()

/** Days begin at full quarters of an hour, in every zone. */
export function dayOf(at: number): string {
  const quarter = Math.floor(at / QUARTER_MS)
  const found = known.get(quarter)
  if (found !== undefined) return found
  if (known.size >= KEPT) known.clear()
  const text = day.format(at)
  known.set(quarter, text)
  return text
}
