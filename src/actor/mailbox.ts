/**
 * A FIFO mailbox. A message posted while another is being handled waits its turn. A re-entrant `next` on a Subject
 * would reverse the order for some observers; a re-entrant `post` can't.
 */
import { type Observable, Subject } from 'rxjs'

export class Mailbox<T> {
  readonly #messages = new Subject<T>()
  #queue: T[] = []
  #isDraining = false
  #isOpen = true

  get messages$(): Observable<T> {
    return this.#messages
  }

  /** Never throws; after `close` it does nothing. */
  post(message: T): void {
    if (!this.#isOpen) return
    this.#queue.push(message)
    if (!this.#isDraining) this.#drain()
  }

  /** Completes `messages$` behind the messages already posted. */
  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    if (!this.#isDraining) this.#drain()
  }

  #drain(): void {
    this.#isDraining = true
    const queue = this.#queue
    // A head index, because `shift` would make a long queue quadratic.
    for (let head = 0; head < queue.length; head++) this.#messages.next(queue[head] as T)
    this.#queue = []
    this.#isDraining = false
    if (!this.#isOpen) this.#messages.complete()
  }
}
