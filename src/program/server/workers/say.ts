/** Messages of a worker to its parent. */
import type { FromWorker } from './messages.ts'

/**
 * A parent that was killed takes nothing more, and the worker may not have heard of that yet. It's no error of the
 * worker: `disconnect` follows.
 */
export const say = (message: FromWorker): void => {
  if (process.connected) process.send?.(message, undefined, undefined, () => {})
}
