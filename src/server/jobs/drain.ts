/**
 * The first part of the end of a server among several: the clients that can resume go on at another one at once. The
 * others, such as those of line mode, would exit with it, so it waits for them, as long as the host wants.
 */
import { type Observable, takeUntil, takeWhile } from 'rxjs'
import type { Clock } from '../../port/clock.ts'

type Deps = {
  readonly clock: Clock
  /** `resumes`: its client can go on elsewhere. */
  readonly connections: () => Iterable<{ readonly resumes: boolean; readonly move: () => void }>
  /** Whether clients know where else to go. */
  readonly hasElsewhere: () => boolean
  /** Emits whenever a connection has ended. */
  readonly left$: Observable<unknown>
  /** Milliseconds that it waits at most. */
  readonly ms: number
  /** Ends the wait. */
  readonly hurry$: Observable<unknown>
}

export async function drain({ clock, connections, hasElsewhere, left$, ms, hurry$ }: Deps): Promise<void> {
  if (!hasElsewhere()) return
  for (const connection of connections()) connection.move()
  const isWaiting = (): boolean => [...connections()].some(({ resumes }) => !resumes)
  if (ms === 0 || !isWaiting()) return
  await new Promise<void>(resolve => {
    const cancel = clock.alarm(ms, resolve)
    left$.pipe(takeWhile(isWaiting), takeUntil(hurry$)).subscribe({
      complete: () => {
        cancel()
        resolve()
      },
    })
  })
}
