/** A time as a person reads it: the time of day, with the day if that isn't today. */
import { useCalendar } from '../messages/use-calendar.ts'

/** Formats milliseconds since the epoch. */
export function useWhen(): (at: number) => string {
  const { dateOf, dayName, dayOf, timeOf } = useCalendar()
  const today = dayName(Date.now())
  return at => {
    const day = dayName(at)
    if (day === today) return timeOf(at)
    return `${day === dayOf(at) ? dateOf(at) : day} ${timeOf(at)}`
  }
}
