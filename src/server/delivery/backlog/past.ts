/**
 * Earlier messages for sessions that come later: the latest of a room, encoded once and kept until the next message; or
 * for a returning session, the missed ones.
 */
import type { OrderedMap } from 'immutable'
import type { Encoding, Outgoing } from '../../../codec/codec.ts'
import type { MemberId, SessionId } from '../../../model/input.ts'
import { HISTORY_ON_JOIN, MISSED_MAX, PAGES_AT_ONCE } from '../../../model/limits.ts'
import type { Message } from '../../../model/message/message.ts'
import type { History, HistoryPage, Part } from '../../../port/history.ts'
import { type FramePosition, sharedFrames } from '../frames.ts'
import type { Frame } from '../reading/ring.ts'

/** Valid for one version of the history and one hour: times of another day are shown with the day. */
type Cached = { readonly version: string; readonly frames: readonly Frame[] }

type Ignored = OrderedMap<MemberId, string>

type PastPage = Pick<Extract<Outgoing, { type: 'past' }>, 'room' | 'messages' | 'more' | 'gap' | 'gone'>

export class PastFrames {
  readonly #history: History
  readonly #report: (error: unknown) => void
  readonly #cache = new Map<string, Cached>()
  /** Pages read since `endTurn`. */
  #read = 0

  /** `report` gets the error when the history cannot be read; sessions enter all the same. */
  constructor(history: History, report: (error: unknown) => void) {
    this.#history = history
    this.#report = report
  }

  /** True if so many pages were read that the event loop should go round first. */
  get hasReadEnough(): boolean {
    return this.#read >= PAGES_AT_ONCE
  }

  /** A message; null: it's gone. Undefined: the history can't be read now. */
  find(seq: number): Message | null | undefined {
    try {
      return this.#history.find(seq)
    } catch (error) {
      this.#report(error)
      return undefined
    }
  }

  /** The event loop has gone round. */
  endTurn(): void {
    this.#read = 0
  }

  /**
   * For a session that joins. Empty if the room has no messages, or if the protocol cannot tell history from news. Here
   * and below, messages of ignored members are left out for clients that don't hide them themselves.
   */
  onJoin(
    encoding: Encoding,
    room: string,
    count: number,
    at: number,
    place: FramePosition,
    ignored: Ignored,
  ): readonly Frame[] {
    if (!encoding.recalls || count === 0) return []
    if (isSpared(encoding, ignored)) return this.latest(encoding, room, count, at, place, ignored) ?? []
    const key = `${encoding.id} ${count} ${room}`
    const version = `${this.#history.version} ${Math.floor(at / HOUR_MS)}`
    const cached = this.#cache.get(key)
    if (cached?.version === version) return cached.frames.map(frame => ({ ...frame, ...place }))
    const frames = this.latest(encoding, room, count, at, place, ignored)
    // A read that failed is not cached: the next session that joins tries it again.
    if (frames === null) return []
    if (this.#cache.size >= CACHED_ROOMS) this.#cache.clear()
    this.#cache.set(key, { version, frames })
    return frames
  }

  /**
   * For a session that returns too late for the rings: the first messages after `cursor`, and how many there are up to
   * `place`. Empty if there are none.
   */
  onReturn(
    encoding: Encoding,
    part: Part,
    cursor: number,
    count: number,
    at: number,
    place: FramePosition,
    ignored: Ignored,
  ): readonly Frame[] {
    const told = this.#tell(encoding, at, place, () => {
      const since = { after: cursor, upTo: place.seq }
      const page = sparing(encoding, ignored, this.#history.page(part, since, count))
      // Messages that are not kept any more count as well.
      const missed = this.#history.count(part, since, MISSED_MAX)
      const room = 'room' in part ? part.room : null
      const gone = goneBefore(this.#history, part, cursor, page.messages)
      return missed === 0 ? null : { ...page, room, gap: { after: cursor, missed }, gone }
    })
    return told ?? []
  }

  /** The latest messages before `place`, read anew. Null: they cannot be read. */
  latest(
    encoding: Encoding,
    room: string,
    count: number,
    at: number,
    place: FramePosition,
    ignored: Ignored,
  ): readonly Frame[] | null {
    return this.#tell(encoding, at, place, () => {
      const page = sparing(encoding, ignored, this.#history.page({ room }, { before: place.seq }, count))
      return page.messages.length === 0 ? null : { ...page, room, gap: null, gone: 0 }
    })
  }

  /** The first direct messages after input `after`, for a client that can't ask for them. */
  waiting(encoding: Encoding, part: Part, after: number, at: number, place: FramePosition): readonly Frame[] {
    const told = this.#tell(encoding, at, place, () => {
      const page = this.#history.page(part, { after, upTo: place.seq }, HISTORY_ON_JOIN)
      return page.messages.length === 0 ? null : { ...page, room: null, gap: null, gone: 0 }
    })
    return told ?? []
  }

  /** Null: the history cannot be read. */
  #tell(encoding: Encoding, at: number, place: FramePosition, read: () => PastPage | null): readonly Frame[] | null {
    if (!encoding.recalls) return []
    this.#read++
    try {
      const told = read()
      return told
        ? sharedFrames(encoding, { type: 'past', seq: place.seq, at, n: null, words: null, ...told }, place, NOBODY)
        : []
    } catch (error) {
      this.#report(error)
      return null
    }
  }
}

/** The number of messages between input `after` and the first of a page. They are not kept any more. */
export const goneBefore = (history: History, part: Part, after: number, [first]: HistoryPage['messages']): number =>
  first ? history.count(part, { after, upTo: first.seq - 1 }, MISSED_MAX) : 0

const isSpared = ({ ignores }: Encoding, ignored: Ignored): boolean => !ignores && !ignored.isEmpty()

/** The part of a page that a client in this encoding is shown. */
export const sparing = <Page extends Pick<HistoryPage, 'messages'>>(
  encoding: Encoding,
  ignored: Ignored,
  page: Page,
): Page =>
  isSpared(encoding, ignored) ? { ...page, messages: page.messages.filter(one => !ignored.has(one.author)) } : page

const NOBODY: SessionId | null = null
const CACHED_ROOMS = 256
const HOUR_MS = 3_600_000
