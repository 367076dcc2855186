/** The console reads on when the last command has been carried out, or can't be for now. */
import { filter, type Subscription } from 'rxjs'
import type { Server } from '../../../server/server.ts'

/**
 * Calls `run` once: when all commands so far have been carried out, or when the server is cut off from its log. Then
 * the commands wait, and the host asks why.
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
