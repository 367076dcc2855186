/**
 * The output of one turn of the event loop: connections to write to, and notices for their actors. At its end there is
 * one write a connection. In a large room some connections are written to in later turns; until then their frames stay
 * in the rings.
 */
import { WRITES_AT_ONCE } from '../../model/limits.ts'
import type { Link, Notice } from './link.ts'
import type { LocalSession } from './sessions.ts'

/** Carries out what was prepared. Never throws. */
export type Delivery = () => void

export class Turn {
  readonly #later: (run: () => void) => void
  readonly #links = new Set<Link>()
  /** Sessions whose rooms have something that is yet to be written to them. */
  readonly #unwritten = new Set<LocalSession>()
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

  /** Writes, and then notifies. `readers`: the sessions whose rooms have something new. */
  end(readers: Iterable<LocalSession>): void {
    for (const local of readers) this.#unwritten.add(local)
    if (!this.#isWriting) this.#write()
    for (const link of this.#links) link.flush()
    this.#links.clear()
    const notices = this.#notices
    this.#notices = []
    for (const notice of notices) notice()
  }

  /** The session that has waited longest comes first, however much is sent meanwhile. */
  #write(): void {
    let left = WRITES_AT_ONCE
    for (const local of this.#unwritten) {
      if (left-- === 0) break
      this.#unwritten.delete(local)
      local.link?.flush()
    }
    this.#isWriting = this.#unwritten.size > 0
    if (this.#isWriting) this.#later(() => this.#write())
  }
}
