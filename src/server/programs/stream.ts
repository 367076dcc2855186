/**
 * The reading order of one HTTP stream of a room: its beginning; the messages since its cursor, if the ring does not
 * reach back that far; then the ring of the room (docs/spec.md, A4).
 */

import { living } from '../../codec/native/encoding.ts'
import type { SessionId } from '../../model/input.ts'
import { MISSED_MAX, STREAM_PAST_MAX } from '../../model/limits.ts'
import { marksOf } from '../../model/message/message.ts'
import type { History } from '../../port/history.ts'
import { goneBefore } from '../delivery/backlog/past.ts'
import { concat, type Ring } from '../delivery/reading/ring.ts'
import { frame, type StreamEvent } from './frame.ts'

/** How far the client has read. `epoch` null: the number was written by hand, and means this journal. */
export type StreamCursor = { readonly seq: number; readonly epoch: string | null }

/** `wake` says that there is something to take, `end` that the stream is over. */
export type Listener = {
  readonly wake: () => void
  readonly end: (last: Uint8Array) => void
  /** That of the client. */
  readonly address: string
}

type StreamOptions = {
  readonly grant: SessionId
  /** Null: the whole server. */
  readonly room: string | null
  readonly ring: Ring
  /** The ring has everything that happened after this input. */
  readonly since: number
  /** The journal as it is now. */
  readonly now: { readonly seq: number; readonly at: number; readonly epoch: string }
  /** Null: its past isn't in the history. Then a client that the ring doesn't reach gets a gap. */
  readonly history: History | null
}

const PAGE = 200

export class Stream {
  readonly grant: SessionId
  readonly listener: Listener
  readonly #ring: Ring
  readonly #opening: Iterator<string>
  #next: number
  /** Frames before this one are of the past. */
  readonly #live: number

  constructor(setting: StreamOptions, cursor: StreamCursor | null, listener: Listener) {
    const { ring, since, now, grant } = setting
    this.grant = grant
    this.listener = listener
    this.#ring = ring
    this.#live = ring.next
    const known = cursor !== null && cursor.seq <= now.seq && (cursor.epoch ?? now.epoch) === now.epoch
    const from = known && cursor.seq >= since ? ring.after(cursor.seq) : null
    this.#next = from ?? ring.next
    const gap = cursor !== null && from === null
    this.#opening = opening(setting, cursor, known, gap)
  }

  /**
   * Up to `max` bytes, or a little more; null: nothing now; 'overrun': events that the client has not had are gone.
   * Throws if the history is damaged.
   */
  take(max: number): Uint8Array | null | 'overrun' {
    const opened = this.#opening.next()
    if (!opened.done) return Buffer.from(opened.value)
    if (this.#next < this.#ring.first) return 'overrun'
    const parts: Uint8Array[] = []
    let size = 0
    while (size < max) {
      const chunk = this.#ring.chunk(this.#next)
      const found = chunk?.frames[this.#next - chunk.first]
      if (!found) break
      const bytes = this.#next < this.#live ? replayed(found.bytes) : found.bytes
      parts.push(bytes)
      size += bytes.length
      this.#next += 1
    }
    return parts.length === 0 ? null : concat(parts)
  }
}

/** The same event with a mark, so that a bot does not answer the past. */
const replayed = (bytes: Uint8Array): Uint8Array =>
  Buffer.from(Buffer.from(bytes).toString('utf8').replace('data: {', 'data: {"replayed":true,'))

/** The id of each frame is never ahead of the sent frames: the stream may break at any point. */
function* opening(
  { room, now, history }: StreamOptions,
  cursor: StreamCursor | null,
  known: boolean,
  gap: boolean,
): Generator<string> {
  const { seq, at, epoch } = now
  const begins: StreamEvent = { type: 'welcome', seq, at, room, epoch, resumed: cursor !== null, gap }
  yield `retry: 1000\n${frame(begins, { seq: known ? (cursor?.seq ?? seq) : seq, epoch })}`
  if (!gap) return
  if (!known || cursor === null || history === null || room === null)
    return yield frame({ type: 'gap', seq, room, after: null, missed: null }, { seq, epoch })
  let [after, read, missed, more] = [cursor.seq, 0, 0, true]
  while (more && read < STREAM_PAST_MAX) {
    const page = history.page({ room }, { after }, PAGE)
    const past = page.messages.filter(message => message.seq <= seq)
    const parts = past.map(({ seq: said, at: when, from, author: id, text, action, ...marks }) =>
      text === null
        ? ''
        : frame(
            {
              ...{ replayed: true, type: 'said', seq: said, at: when, room, from, text },
              ...(action ? { action } : {}),
              id,
              ...marksOf(marks),
              ...living(marks),
            },
            { seq: said, epoch },
          ),
    )
    missed += goneBefore(history, { room }, after, past) + parts.filter(part => part === '').length
    after = past.at(-1)?.seq ?? after
    read += past.length
    more = page.more && past.length === page.messages.length
    if (parts.length > 0) yield parts.join('')
  }
  missed = Math.min(MISSED_MAX, missed + history.count({ room }, { after, upTo: seq }, MISSED_MAX))
  yield frame({ type: 'gap', seq, room, after, missed }, { seq, epoch })
}
