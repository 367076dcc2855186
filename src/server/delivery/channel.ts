/**
 * The ring of a room in one encoding, and the sessions that read it: in groups that share a cursor, or by themselves.
 * All come up in rounds.
 */
import { RING_BYTES } from '../../model/limits.ts'
import { Group } from './reading/group.ts'
import { Ring } from './reading/ring.ts'
import { Round } from './round.ts'
import type { LocalSession } from './sessions.ts'

type Readers = Group<LocalSession>

export class Channel {
  readonly ring = new Ring(RING_BYTES)
  /** Bytes that are being gathered. */
  gathered = 0
  readonly #round = new Round<LocalSession | Readers>(readers => (readers instanceof Group ? readers.size : 1))
  /** Groups that are not full. */
  readonly #open = new Set<Readers>()
  #size = 0

  /** The number of sessions that read it. */
  get size(): number {
    return this.#size
  }

  /** Whether all have been written to. */
  get isOver(): boolean {
    return this.#round.isOver
  }

  /** The session is to read later frames. It doesn't do so yet. */
  enter(local: LocalSession, room: string): void {
    this.#size++
    this.#round.add(local)
    local.reader.enter(room, this.ring, this.ring.next)
  }

  /** The session reads up to frame `end`, by default all frames so far. */
  leave(local: LocalSession, room: string, end?: number): void {
    this.#size--
    local.reader.leave(room, end)
    this.#round.delete(local)
  }

  /** There is something new for all. */
  begin(): void {
    this.#round.begin()
  }

  /** Writes to at most `most` readers, in their turn. Returns the number of these. */
  advance(most: number): number {
    const done = this.#round.advance(most, readers => {
      if (readers instanceof Group) this.#writeAll(readers)
      else this.#write(readers)
    })
    if (this.isOver) this.ring.rested()
    return done
  }

  #writeAll(group: Readers): void {
    if (!group.write()) for (const local of group.disband()) local.link?.flush()
  }

  #write(local: LocalSession): void {
    const { link, reader } = local
    const { calm } = reader
    link?.flush()
    // A reader that had something of its own may soon have more.
    if (calm && reader.calm && link?.isReady && calm.next === this.ring.sealed) {
      this.#round.delete(local)
      this.#groupAt(calm.next).add(local, calm, link)
    }
  }

  /** A group at this place that has room for one more. */
  #groupAt(next: number): Readers {
    for (const group of this.#open) {
      if (group.isFull) this.#open.delete(group)
      else if (group.next === next) return group
    }
    const group: Readers = new Group(this.ring, this.#left)
    this.#open.add(group)
    this.#round.add(group)
    return group
  }

  readonly #left = (local: LocalSession, group: Readers): void => {
    this.#round.add(local)
    if (group.size > 0) {
      this.#open.add(group)
      return
    }
    this.#open.delete(group)
    this.#round.delete(group)
  }
}
