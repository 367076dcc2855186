/**
 * What was said before, as those read it who come later: the latest of a room, encoded once until more is said; or for
 * who comes back, what was missed.
 */
import type { Encoding, Outgoing } from '../codec/codec.ts'
import type { SessionId } from '../model/input.ts'
import { MISSED_MAX, PAGES_AT_ONCE } from '../model/limits.ts'
import type { History, Part } from '../port/history.ts'
import { framesOf, type Place } from './frames.ts'
import type { Frame } from './ring.ts'

/** As of a version of the history and an hour: times of another day are shown with it. */
type Cached = { readonly version: string; readonly frames: readonly Frame[] }

type Told = Pick<Extract<Outgoing, { type: 'past' }>, 'room' | 'messages' | 'more' | 'gap'>

export class Past {
  readonly #history: History
  readonly #report: (error: unknown) => void
  readonly #cache = new Map<string, Cached>()
  /** Pages read since `rested`. */
  #read = 0

  /** `report` is told of a past that cannot be read; nobody is kept from coming in by that. */
  constructor(history: History, report: (error: unknown) => void) {
    this.#history = history
    this.#report = report
  }

  /** It has read so much that the loop is to go round. */
  get isSpent(): boolean {
    return this.#read >= PAGES_AT_ONCE
  }

  /** The loop goes round. */
  rested(): void {
    this.#read = 0
  }

  /** For one who joins. None if nothing was said yet, or the protocol has no way to tell the past from news. */
  onJoin(encoding: Encoding, room: string, count: number, at: number, place: Place): readonly Frame[] {
    if (!encoding.recalls || count === 0) return []
    const key = `${encoding.id} ${count} ${room}`
    const version = `${this.#history.version} ${Math.floor(at / HOUR_MS)}`
    const cached = this.#cache.get(key)
    if (cached?.version === version) return cached.frames.map(frame => ({ ...frame, ...place }))
    const frames = this.latest(encoding, room, count, at, place)
    // What could not be read now is read by the next who joins.
    if (frames === null) return []
    if (this.#cache.size >= CACHED_ROOMS) this.#cache.clear()
    this.#cache.set(key, { version, frames })
    return frames
  }

  /**
   * For one who comes back too late for the rings: the first that was said after `cursor`, and how much there is of that
   * up to `place`. None if nothing was.
   */
  onReturn(encoding: Encoding, part: Part, cursor: number, count: number, at: number, place: Place): readonly Frame[] {
    const told = this.#tell(encoding, at, place, () => {
      const since = { after: cursor, upTo: place.seq }
      const page = this.#history.page(part, since, count)
      // Also what is not kept any more.
      const missed = this.#history.count(part, since, MISSED_MAX)
      const room = 'room' in part ? part.room : null
      return missed === 0 ? null : { ...page, room, gap: { after: cursor, missed } }
    })
    return told ?? []
  }

  /** The latest before `place`, read anew. Null: it cannot be read. */
  latest(encoding: Encoding, room: string, count: number, at: number, place: Place): readonly Frame[] | null {
    return this.#tell(encoding, at, place, () => {
      const page = this.#history.page({ room }, { before: place.seq }, count)
      return page.messages.length === 0 ? null : { ...page, room, gap: null }
    })
  }

  /** Null: it cannot be read. */
  #tell(encoding: Encoding, at: number, place: Place, read: () => Told | null): readonly Frame[] | null {
    if (!encoding.recalls) return []
    this.#read++
    try {
      const told = read()
      return told
        ? framesOf(encoding, { type: 'past', seq: place.seq, at, n: null, words: null, ...told }, place, NOBODY)
        : []
    } catch (error) {
      this.#report(error)
      return null
    }
  }
}

const NOBODY: SessionId | null = null
const CACHED_ROOMS = 256
const HOUR_MS = 3_600_000
