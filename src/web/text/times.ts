/**
 * Times and days as the reader's browser writes them: in its language, with 12 or 24 hours, in the current time zone.
 * The zone changes on a journey, and the day at midnight. So all of this is a value that is rebuilt then.
 */
import { BehaviorSubject } from 'rxjs'

/** Formats milliseconds since the epoch. */
export type Calendar = {
  /** `14:05`, or `2:05 PM`. */
  readonly timeOf: (at: number) => string
  /** With the day and the second. */
  readonly exactly: (at: number) => string
  /** The day with its date: the same text for the same day. */
  readonly dayOf: (at: number) => string
  /** `24 Nov 2026`. */
  readonly dateOf: (at: number) => string
  /** "Today", "Yesterday", or the day with its date. */
  readonly dayName: (at: number) => string
  readonly hours: 12 | 24
  /** Changes with any of the above. */
  readonly key: string
}

const DAY_MS = 86_400_000
/** Formatting a day is slow, and a list asks often, so results are cached. Days begin at a full quarter of an hour. */
const QUARTER_MS = 900_000
const KEPT = 2000

/** `hours`: those of the reader's choice, in place of the locale's. */
export function calendar(now: number, locale?: string, hours?: 12 | 24): Calendar {
  const usual = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions()
  const { timeZone } = usual
  const hour12 = hours === undefined ? (usual.hour12 ?? false) : hours === 12
  const cycle = { hourCycle: hour12 ? 'h12' : 'h23' } as const
  const time = new Intl.DateTimeFormat(locale, {
    ...{ hour: hour12 ? 'numeric' : '2-digit', minute: '2-digit' },
    ...(hours && cycle),
  })
  const exact = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeStyle: 'medium', ...(hours && cycle) })
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const known = new Map<number, string>()
  const dayOf = (at: number): string => {
    const quarter = Math.floor(at / QUARTER_MS)
    const text = known.get(quarter) ?? day.format(at)
    if (known.size >= KEPT) known.clear()
    known.set(quarter, text)
    return text
  }
  const today = dayOf(now)
  const yesterday = dayOf(new Date(now).setHours(0, 0, 0, 0) - QUARTER_MS)
  const called = new Map([
    [yesterday, capital(relative.format(-1, 'day'))],
    [today, capital(relative.format(0, 'day'))],
  ])
  return {
    timeOf: at => time.format(at),
    exactly: at => exact.format(at),
    dateOf: at => date.format(at),
    dayOf,
    dayName: at => called.get(dayOf(at)) ?? dayOf(at),
    hours: hour12 ? 12 : 24,
    key: `${timeZone} ${time.format(now - (now % DAY_MS))} ${today}`,
  }
}

const capital = (word: string): string => word.charAt(0).toLocaleUpperCase() + word.slice(1)

export const calendar$ = new BehaviorSubject(calendar(Date.now()))
