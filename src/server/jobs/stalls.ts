/** Tells the host and all clients while the server is cut off from its log. */
import { type Observable, skip, takeUntil } from 'rxjs'
import type { Clock } from '../../port/clock.ts'
import type { Note } from '../observe/notes.ts'

type Deps = {
  /** Begins with how it is now. */
  readonly cutOff$: Observable<boolean>
  readonly clock: Clock
  readonly connections: () => Iterable<{ readonly stall: (over: boolean) => void }>
  readonly note: (note: Note) => void
  readonly closing$: Observable<void>
}

export function followStalls({ cutOff$, clock, connections, note, closing$ }: Deps): void {
  let since = 0
  cutOff$.pipe(skip(1), takeUntil(closing$)).subscribe(isCutOff => {
    if (isCutOff) since = clock.elapsed()
    note(isCutOff ? { type: 'cut-off' } : { type: 'reconnected', ms: Math.round(clock.elapsed() - since) })
    for (const connection of connections()) connection.stall(!isCutOff)
  })
}
