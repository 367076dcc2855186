/** When the console reads on: what was asked has been carried out, or can't be for now. */
import { filter, type Subscription } from 'rxjs'
import type { Server } from '../../../server/server.ts'

/**
 * Calls `run` once: when all that was asked so far has been carried out, or when the server is cut off from its log. What
 * was asked waits then, and the host asks why.
 */
export function settledOrCutOff({ settled, cutOff$ }: Pick<Server, 'settled' | 'cutOff$'>, run: () => void): void {
  let isOver = false
  let watching: Subscription | undefined
  const over = (): void => {
    if (isOver) return
    isOver = true
    watching?.unsubscribe()
    run()
  }
  settled(over)
  if (!isOver) watching = cutOff$.pipe(filter(isCutOff => isCutOff)).subscribe(over)
  if (isOver) watching?.unsubscribe()
}
