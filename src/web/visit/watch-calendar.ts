/** Keeps the calendar current as long as the chat is there. */
import { Subscription } from 'rxjs'
import type { Clock } from '../../port/clock.ts'
import { listen } from '../browser/listen.ts'
import { settings$ } from '../browser/settings.ts'
import { calendar, calendar$ } from '../text/times.ts'

const MINUTE_MS = 60_000

/** Checks once a minute, and when the reader returns: a browser doesn't report a new time zone. */
export function watchCalendar(clock: Clock): Subscription {
  const look = (): void => {
    const { hours } = settings$.value
    const now = calendar(clock.now(), undefined, hours === 'system' ? undefined : hours === '12' ? 12 : 24)
    if (now.key !== calendar$.value.key) calendar$.next(now)
  }
  let callOff = (): void => {}
  const again = (): void => {
    look()
    callOff = clock.alarm(MINUTE_MS - (clock.now() % MINUTE_MS), again)
  }
  again()
  const all = new Subscription(() => callOff())
  all.add(settings$.subscribe(look))
  for (const [target, event] of [
    [window, 'focus'],
    [window, 'pageshow'],
    [document, 'visibilitychange'],
  ] as const)
    all.add(listen(target, event, look))
  return all
}
