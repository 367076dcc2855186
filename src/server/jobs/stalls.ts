/**
 * While the server is cut off from its log: the host and the clients are told, and when it lasts, the clients that can
 * resume are sent to other servers.
 */
import { type Observable, skip, takeUntil } from 'rxjs'
import { MOVE_AFTER_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Note } from '../observe/notes.ts'

type Deps = {
  /** Begins with how it is now. */
  readonly cutOff$: Observable<boolean>
  readonly clock: Clock
  readonly connections: () => Iterable<{ readonly stall: (over: boolean) => void; readonly move: () => void }>
  /** Whether clients know where else to go. */
  readonly hasElsewhere: () => boolean
  readonly note: (note: Note) => void
  readonly closing$: Observable<void>
}

export function followStalls({ cutOff$, clock, connections, hasElsewhere, note, closing$ }: Deps): void {
  let since = 0
  let cancel = (): void => {}
  const move = (): void => {
    if (hasElsewhere()) for (const connection of connections()) connection.move()
  }
  // Again and again: clients may come while it lasts, too.
  const wait = (): void => {
    cancel = clock.alarm(MOVE_AFTER_MS, () => {
      move()
      wait()
    })
  }
  cutOff$.pipe(skip(1), takeUntil(closing$)).subscribe({
    next(isCutOff) {
      cancel()
      if (isCutOff) {
        since = clock.elapsed()
        wait()
      }
      note(isCutOff ? { type: 'cut-off' } : { type: 'reconnected', ms: Math.round(clock.elapsed() - since) })
      for (const connection of connections()) connection.stall(!isCutOff)
    },
    complete: () => cancel(),
  })
}
