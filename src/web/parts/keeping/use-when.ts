/** A time as a person reads it: the time of day, with the day if that isn't today. */
import { useCalendar } from '../messages/use-calendar.ts'

/** Of milliseconds since the epoch. */
export function useWhen(): (at: number) => string {
  const { dayName, timeOf } = useCalendar()
  const today = dayName(Date.now())
  return at => (dayName(at) === today ? timeOf(at) : `${dayName(at)} ${timeOf(at)}`)
}
