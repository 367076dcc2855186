/**
 * Brings the messages that are heard of a log into the order of its places. A message that was not heard is read: after
 * HOLE_MS, since most are only late, or when nothing at all was heard for a while. A message that found no room is read
 * when there is room.
 */
import { HOLE_MS, REPLICATED_PAGE, REPLICATED_SILENCE_MS } from '../../../model/limits.ts'
import type { Clock } from '../../../port/clock.ts'
import { Load } from '../stream/load.ts'
import { Pauses } from '../stream/pauses.ts'
import type { LogPlace, Stream, StreamMessage, StreamPage } from '../stream/stream.ts'

type Deps = {
  readonly stream: Pick<Stream, 'read'>
  readonly clock: Clock
  /** Gets every message once, in order. Must not throw. */
  readonly take: (message: StreamMessage) => void
  /** Whether it can take more. */
  readonly hasRoom: () => boolean
  /** Resolves when all messages taken so far have been handled. */
  readonly handled: () => Promise<void>
  /** How far the log was purged. */
  readonly purged: () => Promise<LogPlace>
  /** The log was purged beyond this node's place. Nothing follows. */
  readonly lost: () => void
}

export class InOrder {
  readonly #deps: Deps
  #place: LogPlace
  /** Heard, but not yet in order. */
  readonly #held = new Map<LogPlace, StreamMessage>()
  readonly #load = new Load()
  /** The log is known to go up to here at least. */
  #known: LogPlace
  #heardAt: number
  #behindSince: number | null = null
  #isReading = false
  #isStopped = false
  #hole: (() => void) | null = null
  #silence: (() => void) | null = null
  readonly #pauses: Pauses

  /** Goes on after `place`. */
  constructor(place: LogPlace, deps: Deps) {
    this.#deps = deps
    this.#place = place
    this.#known = place
    this.#heardAt = deps.clock.elapsed()
    this.#pauses = new Pauses(deps.clock)
  }

  /** Everything up to here was taken, or is gone. */
  get place(): LogPlace {
    return this.#place
  }

  /** Monotonic milliseconds at which anything was last heard or read. */
  get heardAt(): number {
    return this.#heardAt
  }

  /** Monotonic milliseconds since which something is known to be missing; null: nothing is. */
  get behindSince(): number | null {
    return this.#behindSince
  }

  hear(message: StreamMessage): void {
    if (this.#isStopped) return
    this.#heardAt = this.#deps.clock.elapsed()
    if (message.place <= this.#place) return
    this.#hold(message)
    this.knows(message.place)
  }

  /** Something is stored at this place. */
  knows(place: LogPlace): void {
    this.#known = Math.max(this.#known, place)
    this.#goOn()
  }

  /** Reads the log up to `end`. */
  async begin(end: LogPlace): Promise<void> {
    while (this.#place < end && !this.#isStopped) {
      const isMore = await this.#readOnce()
      if (isMore === false) break
      if (isMore === null) await this.#pauses.pause()
    }
    this.#goOn()
  }

  stop(): void {
    this.#isStopped = true
    this.#hole?.()
    this.#silence?.()
    this.#pauses.end()
  }

  #goOn(): void {
    // Messages that are being read come in order by themselves.
    if (!this.#isReading) this.#takeHeld()
    const isBehind = this.#place < this.#known
    this.#behindSince = isBehind ? (this.#behindSince ?? this.#deps.clock.elapsed()) : null
    if (!isBehind) {
      this.#hole?.()
      this.#hole = null
    } else if (!this.#isStopped && !this.#isReading) {
      this.#hole ??= this.#deps.clock.alarm(HOLE_MS, () => {
        this.#hole = null
        void this.#fill()
      })
    }
  }

  #hold(message: StreamMessage): void {
    if (this.#load.isFull || this.#held.has(message.place)) return
    this.#held.set(message.place, message)
    this.#load.add(message)
  }

  #letGo(place: LogPlace): void {
    const message = this.#held.get(place)
    if (!message) return
    this.#held.delete(place)
    this.#load.remove(message)
  }

  #takeHeld(): void {
    while (this.#deps.hasRoom()) {
      const message = this.#held.get(this.#place + 1)
      if (!message) return
      this.#take(message)
    }
  }

  #take(message: StreamMessage): void {
    this.#letGo(message.place)
    this.#place = message.place
    this.#deps.take(message)
  }

  async #fill(): Promise<void> {
    while (this.#place < this.#known && !this.#isReading && !this.#isStopped) {
      if (!(await this.#readOnce())) await this.#pauses.pause()
    }
    this.#goOn()
  }

  /** False: the replica has no more. Null: none answers, or there is no room for its messages. */
  async #readOnce(): Promise<boolean | null> {
    if (!this.#deps.hasRoom()) return null
    this.#isReading = true
    try {
      const before = this.#place
      const page = await this.#deps.stream.read(before, REPLICATED_PAGE)
      const gap = firstGap(before, page)
      // It may have been purged while the page was read.
      if (gap !== null && (await this.#deps.purged()) > gap) this.#lose()
      if (this.#isStopped) return false
      this.#takePage(page)
      await this.#deps.handled()
      return page.upTo > before
    } catch {
      return null
    } finally {
      this.#isReading = false
      this.#goOn()
    }
  }

  #lose(): void {
    this.stop()
    this.#deps.lost()
  }

  #takePage({ messages, upTo }: StreamPage): void {
    if (messages.length > 0) this.#heardAt = this.#deps.clock.elapsed()
    for (const message of messages) if (message.place > this.#place) this.#take(message)
    this.#place = Math.max(this.#place, upTo)
    for (const place of this.#held.keys()) if (place <= this.#place) this.#letGo(place)
  }

  /** Beats are heard all the time. If none is, the connection may be deaf without knowing it. */
  watch(): void {
    if (this.#isStopped) return
    this.#silence = this.#deps.clock.alarm(REPLICATED_SILENCE_MS, () => {
      const isSilent = this.#deps.clock.elapsed() - this.#heardAt >= REPLICATED_SILENCE_MS
      if (isSilent && !this.#isReading) void this.#readOnce().then(() => this.watch())
      else this.watch()
    })
  }
}

/** The last place before which a page has all messages after `place`; null: it has all. */
function firstGap(place: LogPlace, { messages, upTo }: StreamPage): LogPlace | null {
  let last = place
  for (const message of messages) {
    if (message.place > last + 1) return last
    last = Math.max(last, message.place)
  }
  return last < upTo ? last : null
}
