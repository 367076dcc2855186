/**
 * A FIFO mailbox. A message posted while another is being handled waits its turn. A re-entrant `next` on a Subject
 * would reverse the order for some observers; a re-entrant `post` can't.
 */
import { type Observable, Subject } from 'rxjs'

export type Mailbox<T> = {
  readonly messages$: Observable<T>
  /** Never throws; after `close` it does nothing. */
  readonly post: (message: T) => void
  /** Completes `messages$` behind the messages already posted. */
  readonly close: () => void
}

export function mailbox<T>(): Mailbox<T> {
  const messages = new Subject<T>()
  let queue: T[] = []
  let draining = false
  let open = true

  const drain = (): void => {
    draining = true
    // A head index, because `shift` would make a long queue quadratic.
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
