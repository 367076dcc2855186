/**
 * What the server does by itself: it ticks when something is due, retries failed writes, saves snapshots and forgets
 * old texts.
 */
import { EMPTY, map, merge, type Observable } from 'rxjs'
import { type Draft, HOST_SESSION } from '../../model/input.ts'
import type { Hub } from '../commit/hub.ts'
import { retry$ } from '../commit/retry.ts'
import type { Stamper } from '../ingress/stamp.ts'
import type { Note } from '../observe/notes.ts'
import type { Keep, Ports } from '../options.ts'
import { forgetting$ } from './retention.ts'
import { keeping$ } from './snapshots.ts'
import { tick$ } from './ticks.ts'

type Deps = {
  readonly ports: Ports
  readonly hub: Hub
  readonly draft: Stamper
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  /** Messages that are kept; null: all. */
  readonly keep: Keep | null
  readonly report: (error: unknown) => void
  /** Gets the error of a write that failed. */
  readonly unstored: (error: unknown) => void
  readonly note: (note: Note) => void
}

/** The inputs that follow. Never errors. */
export function chores$({ ports, hub, draft, grace, keep, report, unstored, note }: Deps): Observable<Draft> {
  const { clock, journal } = ports
  const forgot = (until: number): void => note({ type: 'forgot', until })
  return merge(
    tick$(hub.state$, clock).pipe(map(() => draft(HOST_SESSION, null, { type: 'tick' }, null))),
    retry$(hub.trouble$, clock, grace, draft),
    keeping$(hub.state$, journal, report),
    keep === null ? EMPTY : forgetting$(hub.state$, ports, keep, unstored, forgot),
  )
}
