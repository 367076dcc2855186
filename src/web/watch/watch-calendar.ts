/** The calendar is that of now, as long as the chat is there. */
import { Subscription } from 'rxjs'
import type { Clock } from '../../port/clock.ts'
import { listen } from '../listen.ts'
import { calendar, calendar$ } from '../text/times.ts'

const MINUTE_MS = 60_000

/** Looks once a minute, and whenever the reader comes back: a browser tells nobody that its zone is another one. */
export function watchCalendar(clock: Clock): Subscription {
  const look = (): void => {
    const now = calendar(clock.now())
    if (now.key !== calendar$.value.key) calendar$.next(now)
  }
  let callOff = (): void => {}
  const again = (): void => {
    look()
    callOff = clock.alarm(MINUTE_MS - (clock.now() % MINUTE_MS), again)
  }
  again()
  const all = new Subscription(() => callOff())
  for (const [target, event] of [
    [window, 'focus'],
    [window, 'pageshow'],
    [document, 'visibilitychange'],
  ] as const)
    all.add(listen(target, event, look))
  return all
}
