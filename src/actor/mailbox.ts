/**
 * A FIFO mailbox. A message posted while another is being handled waits its turn. A re-entrant `next` on a Subject
 * would reverse the order for some observers; a re-entrant `post` can't. A server has thousands of mailboxes, and every
 * request passes one, so it's no more than a queue.
 */
export class Mailbox<T> {
  readonly #handle: (message: T) => void
  readonly #over: () => void
  /** Messages that came while another was being handled. */
  #queue: T[] = []
  #isDraining = false
  #isOpen = true
  #isStopped = false

  /**
   * Neither may throw. `over` is called once, when the mailbox is closed and all messages posted before are handled.
   */
  constructor(handle: (message: T) => void, over: () => void = () => {}) {
    this.#handle = handle
    this.#over = over
  }

  /** After `close` it does nothing. */
  post(message: T): void {
    if (!this.#isOpen) return
    if (this.#isDraining) this.#queue.push(message)
    else this.#drain(message)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    if (!this.#isDraining) this.#over()
  }

  /** Closes it at once: drops the waiting messages, and `over` isn't called. */
  stop(): void {
    this.#isOpen = false
    this.#isStopped = true
  }

  #drain(first: T): void {
    this.#isDraining = true
    this.#handle(first)
    // A head index, because `shift` would make a long queue quadratic.
    for (let head = 0; head < this.#queue.length && !this.#isStopped; head++) this.#handle(this.#queue[head] as T)
    if (this.#queue.length > 0) this.#queue = []
    this.#isDraining = false
    if (!this.#isOpen && !this.#isStopped) this.#over()
  }
}
