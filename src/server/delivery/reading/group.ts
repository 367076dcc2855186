/**
 * Readers of one ring that are equally far along. Each has nothing else to read, and a peer that keeps up. They share
 * one cursor, so new frames are written to each connection, and nothing else of a reader is looked at: in a calm room,
 * the system call after each write leaves nothing of the next reader in the cache.
 *
 * A reader leaves when something concerns it alone: a frame in its lane, another room, an end, another connection, or a
 * peer that takes no more. From then on it reads by itself, from the place of the group. Groups are not merged:
 * docs/decisions/0044 says why.
 */
import { GROUP_READERS, WRITE_BYTES } from '../../../model/limits.ts'
import type { Connection } from '../../../port/transport.ts'
import type { Link } from '../link.ts'
import type { RingCursor, SharedPlace } from './cursor.ts'
import type { Frame, Ring } from './ring.ts'

/** A reader with the connection that it's written to. */
export type Member = { readonly link: Link | null }

export class Group<T extends Member> implements SharedPlace {
  readonly #ring: Ring
  readonly #left: (member: T, group: Group<T>) => void
  /** Side by side, in any order. */
  readonly #members: T[] = []
  readonly #cursors: RingCursor[] = []
  readonly #connections: Connection[] = []
  #next: number
  #seq = 0

  /** `left` is called for each member that has left. */
  constructor(ring: Ring, left: (member: T, group: Group<T>) => void) {
    this.#ring = ring
    this.#left = left
    this.#next = ring.sealed
  }

  get next(): number {
    return this.#next
  }

  get seq(): number {
    return this.#seq
  }

  get size(): number {
    return this.#members.length
  }

  get isFull(): boolean {
    return this.#members.length >= GROUP_READERS
  }

  /** `cursor`: the place of the group. */
  add(member: T, cursor: RingCursor, { connection }: Link): void {
    this.#members.push(member)
    this.#cursors.push(cursor)
    this.#connections.push(connection)
    cursor.share(this)
  }

  leave(cursor: RingCursor): void {
    const at = this.#cursors.indexOf(cursor)
    const member = this.#members[at] as T
    for (const all of [this.#members, this.#cursors, this.#connections]) {
      const last = all.pop() as never
      if (at < all.length) all[at] = last
    }
    this.#left(member, this)
  }

  /**
   * Writes the new frames to all of them. False: they can't read these together, because some are gone, or they are too
   * much for one write. No frame leaves out a member: a frame that does has made it leave (channels.ts).
   */
  write(): boolean {
    const ring = this.#ring
    if (this.#next >= ring.sealed) return true
    const rest = ring.rest(this.#next, WRITE_BYTES)
    if (rest === null) return false
    const { bytes, frames } = rest
    const filled: T[] = []
    const connections = this.#connections
    for (let at = 0; at < connections.length; at++) {
      if (!(connections[at] as Connection).write(bytes)) filled.push(this.#members[at] as T)
    }
    this.#next += frames.length
    this.#seq = (frames.at(-1) as Frame).seq
    for (const { link } of filled) link?.wasFilled()
    return true
  }

  /** All leave. Returns them. */
  disband(): readonly T[] {
    const members = [...this.#members]
    for (const cursor of [...this.#cursors]) cursor.alone()
    return members
  }
}
