/**
 * A FIFO mailbox. A message posted while another is being handled waits its turn, so that a re-entrant `post` cannot
 * reverse the order that observers see, as a re-entrant `next` on a Subject does.
 */
import { type Observable, Subject } from 'rxjs'

export type Mailbox<T> = {
  readonly messages$: Observable<T>
  /** Never throws; after `close` it does nothing. */
  readonly post: (message: T) => void
  /** Completes `messages$` after what was posted before. */
  readonly close: () => void
}

export function mailbox<T>(): Mailbox<T> {
  const messages = new Subject<T>()
  let queue: T[] = []
  let draining = false
  let open = true

  const drain = (): void => {
    draining = true
    // A head index: `shift` would make a long queue quadratic.
    for (let head = 0; head < queue.length; head++) messages.next(queue[head] as T)
    queue = []
    draining = false
    if (!open) messages.complete()
  }

  return {
    messages$: messages.asObservable(),
    post(message) {
      if (!open) return
      queue.push(message)
      if (!draining) drain()
    },
    close() {
      if (!open) return
      open = false
      if (!draining) drain()
    },
  }
}
