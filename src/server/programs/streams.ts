/**
 * The event streams of all rooms: a ring of the latest events for each room that had listeners lately, and a cursor for
 * each stream. A client that comes back soon gets the events verbatim from the ring.
 */
import { CLOSINGS, type CloseCode, closingText } from '../../model/closing.ts'
import { RING_BYTES, STREAM_ROOMS_MAX, STREAMS_MAX, STREAMS_PER_GRANT } from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import type { Step } from '../../model/step.ts'
import type { Clock } from '../../port/clock.ts'
import type { History } from '../../port/history.ts'
import { Ring } from '../delivery/reading/ring.ts'
import { actFramesIn, frame, framesIn } from './frame.ts'
import { type Listener, Stream, type StreamCursor } from './stream.ts'

/** The topic of a stream: the events of a room, or the acts of moderation in a room or (null) anywhere. */
export type StreamTopic = { readonly room: string } | { readonly acts: string | null }

type StreamChannel = {
  readonly of: StreamTopic
  readonly ring: Ring
  readonly since: number
  readonly streams: Set<Stream>
}

export class Streams {
  readonly #channels = new Map<string, StreamChannel>()
  readonly #clock: Clock
  readonly #history: History
  readonly #epoch: string
  readonly #report: (error: unknown) => void
  #woken = new Set<Stream>()

  /** `report` gets the error of an event that cannot be encoded; the streams get nothing of that event. */
  constructor(clock: Clock, history: History, epoch: string, report: (error: unknown) => void) {
    this.#clock = clock
    this.#history = history
    this.#epoch = epoch
    this.#report = report
  }

  /** Null: there are too many streams. `cursor` null: from now on. */
  listen(
    grant: string,
    of: StreamTopic,
    cursor: StreamCursor | null,
    { seq, at }: State,
    listener: Listener,
  ): Stream | null {
    const open = [...this.#all()]
    if (open.length >= STREAMS_MAX || open.filter(one => one.grant === grant).length >= STREAMS_PER_GRANT) return null
    const key = keyOf(of)
    const fresh = { of, ring: new Ring(RING_BYTES), since: seq, streams: new Set<Stream>() }
    const channel = this.#channels.get(key) ?? fresh
    // The topic that was listened to last stands last, so the first is the first to go.
    this.#channels.delete(key)
    this.#channels.set(key, channel)
    const { ring, since } = channel
    const now = { seq, at, epoch: this.#epoch }
    const about = 'room' in of ? { room: of.room, history: this.#history } : { room: of.acts, history: null }
    const stream = new Stream({ grant, ...about, ring, since, now }, cursor, listener)
    channel.streams.add(stream)
    this.#trim()
    return stream
  }

  leave(stream: Stream): void {
    for (const { streams } of this.#channels.values()) streams.delete(stream)
    this.#woken.delete(stream)
    this.#trim()
  }

  hear(step: Step): void {
    for (const { of, ring, streams } of this.#channels.values()) {
      const frames = this.#written(step, of)
      frames.forEach((text, part) => {
        ring.append({ seq: step.seq, k: 0, part, except: null, bytes: Buffer.from(text) })
      })
      ring.seal()
      if (frames.length > 0) for (const stream of streams) this.#wake(stream)
    }
    for (const { event } of step.events) if (event.type === 'revoked') this.end('revoked', event.grant)
  }

  #written(step: Step, of: StreamTopic): readonly string[] {
    try {
      return 'room' in of ? framesIn(step, of.room, this.#epoch) : actFramesIn(step, of.acts, this.#epoch)
    } catch (error) {
      this.#report(error)
      return []
    }
  }

  /** Ends the streams of one token, or all (null). Each gets the reason. */
  end(code: CloseCode, grant: string | null): void {
    const why = Buffer.from(farewell(code))
    for (const stream of [...this.#all()]) if (grant === null || stream.grant === grant) stream.listener.end(why)
  }

  /** Ends each stream for which `whyOf` gives a last frame. */
  endThose(whyOf: (stream: Stream) => string | null): void {
    for (const stream of [...this.#all()]) {
      const why = whyOf(stream)
      if (why !== null) stream.listener.end(Buffer.from(why))
    }
  }

  get held(): { readonly streams: number; readonly rings: number; readonly bytes: number } {
    const bytes = [...this.#channels.values()].reduce((sum, { ring }) => sum + ring.size, 0)
    return { streams: [...this.#all()].length, rings: this.#channels.size, bytes }
  }

  *#all(): Iterable<Stream> {
    for (const { streams } of this.#channels.values()) yield* streams
  }

  /** At the end of the turn, once for everything that it brought. */
  #wake(stream: Stream): void {
    if (this.#woken.size === 0) {
      this.#clock.turn(() => {
        const woken = this.#woken
        this.#woken = new Set()
        for (const one of woken) one.listener.wake()
      })
    }
    this.#woken.add(stream)
  }

  /** Frees the rings of rooms that have had no listener for the longest time. */
  #trim(): void {
    for (const [room, { streams }] of this.#channels) {
      if (this.#channels.size <= STREAM_ROOMS_MAX) return
      if (streams.size === 0) this.#channels.delete(room)
    }
  }
}

/** No room has a space in its name. */
const keyOf = (of: StreamTopic): string => ('room' in of ? of.room : `acts ${of.acts ?? ''}`)

/** The last frame of a stream. */
export const farewell = (code: CloseCode, detail = ''): string =>
  frame({ type: 'closed', code, message: closingText(code, detail), reconnect: CLOSINGS[code].reconnect }, null)
