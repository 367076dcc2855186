/**
 * The output of one turn of the event loop: connections to write to, and notices for their actors. At its end there is
 * one write a connection. In a large room some connections are written to in later turns; until then their frames stay
 * in the rings.
 */
import { WRITES_AT_ONCE } from '../../model/limits.ts'
import type { Channel } from './channel.ts'
import type { Link, Notice } from './link.ts'

/** Carries out a prepared delivery. Never throws. */
export type Delivery = () => void

export class Turn {
  readonly #later: (run: () => void) => void
  readonly #links = new Set<Link>()
  /** Channels whose readers have yet to be written to, in the order in which they get a share of a turn. */
  readonly #unwritten = new Set<Channel>()
  #isWriting = false
  #notices: (() => void)[] = []

  /** `later` calls back at the end of a turn. */
  constructor(later: (run: () => void) => void) {
    this.#later = later
  }

  /** The connection has something to write. */
  touch(link: Link): void {
    this.#links.add(link)
  }

  notify(link: Link, notice: Notice): void {
    this.#notices.push(() => link.notify(notice))
  }

  /** Writes, and then notifies. `channels`: those that have something new. */
  end(channels: readonly Channel[]): void {
    for (const channel of channels) {
      channel.begin()
      this.#unwritten.add(channel)
    }
    if (!this.#isWriting) this.#write()
    for (const link of this.#links) link.flush()
    this.#links.clear()
    const notices = this.#notices
    this.#notices = []
    for (const notice of notices) notice()
  }

  /** In a busy room, the session that has waited longest comes first. A room that isn't through lets the others go on. */
  #write(): void {
    let left = WRITES_AT_ONCE
    for (const channel of this.#unwritten) {
      left -= channel.advance(left)
      this.#unwritten.delete(channel)
      if (channel.isOver) continue
      this.#unwritten.add(channel)
      break
    }
    this.#isWriting = this.#unwritten.size > 0
    if (this.#isWriting) this.#later(() => this.#write())
  }
}
