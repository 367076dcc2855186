/**
 * The first part of the end of a server among several: the clients that can resume go on at another one at once. The
 * others, such as those of line mode, would exit with it. They get a notice, and the server waits for them, as long as
 * the host wants and another server runs.
 */
import { filter, first, map, merge, type Observable, startWith, switchMap } from 'rxjs'
import { CUT_OFF_MS, MOVE_AFTER_MS } from '../../model/limits.ts'
import { alarm$ } from '../../port/alarm.ts'
import type { Clock } from '../../port/clock.ts'
import type { DrainEnd, Note } from '../observe/notes.ts'

export type Drained = {
  readonly resumes: boolean
  readonly move: () => void
  /** Tells its client that the server stops within so many milliseconds, if it can't be moved. */
  readonly closesWithin: (ms: number) => void
}

type Deps = {
  readonly clock: Clock
  readonly connections: () => Iterable<Drained>
  /** Whether clients know another server. */
  readonly hasElsewhere: () => boolean
  /** Emits whenever a connection has ended, or a server has begun or ended. */
  readonly changes$: Observable<unknown>
  /** Milliseconds since which the log has answered nothing, whenever that begins to last, and 0 when it's over. */
  readonly silent$: Observable<number>
  /** Milliseconds that it waits at most. */
  readonly ms: number
  /** Ends the wait. */
  readonly hurry$: Observable<unknown>
  readonly note: (note: Note) => void
}

export async function drain({ connections, hasElsewhere, ms, note, ...deps }: Deps): Promise<void> {
  const isThere = hasElsewhere()
  if (isThere) for (const connection of connections()) connection.move()
  const left = (): number => [...connections()].filter(({ resumes }) => !resumes).length
  if (ms === 0 || left() === 0) return
  if (isThere) {
    note({ type: 'draining', connections: left(), ms })
    for (const connection of connections()) connection.closesWithin(ms)
  }
  const why = await new Promise<DrainEnd>(resolve => {
    ended$({ ...deps, ms, left, hasElsewhere }).subscribe(resolve)
  })
  note({ type: 'drained', why, connections: left() })
}

type Wait = Pick<Deps, 'clock' | 'hasElsewhere' | 'changes$' | 'silent$' | 'ms' | 'hurry$'> & {
  /** Connections that can't go on elsewhere. */
  readonly left: () => number
}

function ended$({ clock, hasElsewhere, changes$, silent$, ms, hurry$, left }: Wait): Observable<DrainEnd> {
  const seen = (): DrainEnd | null => (left() === 0 ? 'left' : hasElsewhere() ? null : 'nowhere')
  return merge(
    changes$.pipe(
      startWith(null),
      map(seen),
      filter(why => why !== null),
    ),
    silent$.pipe(
      switchMap(silence => (silence === 0 ? [] : alarm$(clock, CUT_OFF_MS + MOVE_AFTER_MS - silence))),
      map(() => 'cut-off' as const),
    ),
    alarm$(clock, ms).pipe(map(() => 'time' as const)),
    hurry$.pipe(map(() => 'told' as const)),
  ).pipe(first())
}
