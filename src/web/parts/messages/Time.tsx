/** The time of a row, as short as it can be; a pointer on it tells all of it. */
import type { Calendar } from '../../text/times.ts'

export function Time({ at, times }: { readonly at: number; readonly times: Calendar }) {
  return (
    <time className="time" dateTime={new Date(at).toISOString()} title={times.exactly(at)}>
      {times.timeOf(at)}
    </time>
  )
}
