/** The end of a server: goodbye to everyone, a bounded wait until they have it, a last commit, nothing left open. */
import type { Subject, Subscription } from 'rxjs'
import type { Draft } from '../../model/input.ts'
import { FAREWELL_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Journal } from '../../port/journal.ts'
import { SilenceAlarm } from '../../port/silence-alarm.ts'
import type { Hub } from '../commit/hub.ts'
import { keep } from './snapshots.ts'

type Running = {
  /** Completes when the last connection is gone. Unsubscribing destroys those that are left. */
  readonly serving: Subscription
  readonly closing: Subject<void>
  readonly host: Subject<Draft>
  readonly hub: Hub
  readonly journal: Journal
  readonly clock: Clock
  /** Whether this server keeps snapshots. */
  readonly keeps: () => boolean
  /** Submits the last input of the server, if it has one. */
  readonly stop: () => void
  readonly report: (error: unknown) => void
}

export async function shutdown(running: Running): Promise<void> {
  const { serving, closing, host, hub, journal, clock, keeps, stop, report } = running
  closing.next()
  closing.complete()
  host.complete()
  await new Promise<void>(resolve => {
    const patience = new SilenceAlarm(clock, resolve)
    patience.set(FAREWELL_MS)
    serving.add(() => {
      patience.off()
      resolve()
    })
  })
  serving.unsubscribe()
  stop()
  // A journal that does not answer would not store a snapshot either. The next start folds a few inputs more.
  if ((await hub.close()) && keeps()) await keep(hub.state$.value, journal, report)
  await journal.close()
}
