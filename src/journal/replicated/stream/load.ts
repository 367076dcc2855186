/** How much of the log a node holds in memory: HELD_MESSAGES and HELD_BYTES at most. */
import { HELD_BYTES, HELD_MESSAGES } from '../../../model/limits.ts'
import type { StreamMessage } from './stream.ts'

export class Load {
  #messages = 0
  #bytes = 0

  /** Nothing more should be taken. */
  get isFull(): boolean {
    return this.#messages >= HELD_MESSAGES || this.#bytes >= HELD_BYTES
  }

  /** It should be found out whether anything can be let go. */
  get isHigh(): boolean {
    return this.#messages >= HELD_MESSAGES / 4 || this.#bytes >= HELD_BYTES / 4
  }

  add({ data }: StreamMessage): void {
    this.#messages += 1
    this.#bytes += data.length
  }

  remove({ data }: StreamMessage): void {
    this.#messages -= 1
    this.#bytes -= data.length
  }
}
