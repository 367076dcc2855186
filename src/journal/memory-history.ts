/** The history in memory: the latest messages of an ephemeral server. */
import type { MemberId } from '../model/input.ts'
import { HISTORY_PAGE_BYTES, MEMORY_HISTORY_MESSAGES, UNREAD_LOOKED } from '../model/limits.ts'
import type { Piece } from '../model/message/live.ts'
import type { Message } from '../model/message/message.ts'
import { isFoundIn, soughtIn } from '../model/search/match.ts'
import { utf8Length } from '../model/text.ts'
import type { After, Correspondence, History, HistoryPage, HistoryRange, Part, Written } from '../port/history.ts'
import { firstOf, latestOf } from './bounded.ts'
import { liveViewOf, NO_OUTPUT, outputIn, pieceOf } from './output.ts'
import { inPieces, isWholePiece, NOTHING, oneByOne, type Piece as Work } from './pieces.ts'
import { changed, changesOf, type Recorded, recordedOf, textPlacesOf, withText } from './recorded.ts'
import { type Search, seeing } from './sight.ts'

export type Timed = Pick<Recorded, 'seq' | 'at'>

export type MemoryHistory = History & {
  /**
   * The message with the earliest time from `time` on, in any room. Messages before it in the journal are older, or the
   * clock was ahead. Null: there is none.
   */
  readonly earliest: (time: number) => Timed | null
}

/** `textOf` gives the text of an input, or null if it's gone. `begin`: the messages recorded already. */
export function memoryHistory(
  textOf: (seq: number) => string | null,
  begin: {
    readonly messages: readonly Recorded[]
    readonly seq: number
    readonly piecesOf?: (seq: number) => readonly Piece[]
  } = { messages: [], seq: 0 },
): MemoryHistory {
  let messages = [...begin.messages]
  let { seq } = begin
  let version = 0
  const inTurn = oneByOne()
  const pieces = new Map<number, Piece[]>()
  const { piecesOf = (wanted: number): readonly Piece[] => pieces.get(wanted) ?? [] } = begin

  const isIn = (part: Part, { room, author, other }: Recorded): boolean =>
    'room' in part
      ? room === part.room
      : 'everywhere' in part
        ? room !== null
        : other !== null && isOf(part, author, other)
  const isWithin = (range: Exclude<HistoryRange, { since: number }>, { seq: said }: Recorded): boolean =>
    'before' in range ? said < range.before : isBetween(range, said)
  const earliest = (time: number): Timed | null =>
    messages.reduce<Recorded | null>(
      (least, one) => (one.at >= time && (!least || one.at < least.at) ? one : least),
      null,
    )
  const whole = (message: Recorded): Message =>
    withText(message, textIn(message, textOf), () => liveViewOf(piecesOf(message.seq), textOf, message.live?.end))
  const isDeleted = (wanted: number): boolean => messages.find(one => one.seq === wanted)?.deleted === true
  const isGone = (message: Recorded): boolean => message.deleted === true || textIn(message, textOf) === null
  function* wholes(found: readonly Recorded[]): Generator<Message> {
    for (const message of found) yield whole(message)
  }

  return {
    get seq() {
      return seq
    },
    get version() {
      return version
    },
    apply(step) {
      const more = recordedOf(step)
      messages.push(...more)
      const changes = changesOf(step)
      for (const change of changes) {
        const at = messages.findLastIndex(one => one.seq === change.event.target)
        const message = messages[at]
        if (message) messages[at] = changed(message, change)
        if (message) addPiece(pieces, message.seq, pieceOf(change))
      }
      if (messages.length > MEMORY_HISTORY_MESSAGES * 2) {
        messages = messages.slice(-MEMORY_HISTORY_MESSAGES)
        for (const live of pieces.keys()) if (live < (messages[0]?.seq ?? 0)) pieces.delete(live)
      }
      seq = step.seq
      version += more.length + changes.length
    },
    page(part, range, limit) {
      const within = 'since' in range ? from(earliest(range.since)) : range
      const found = messages.filter(one => isIn(part, one) && isWithin(within, one))
      return 'before' in range ? latestOf(wholes(found.reverse()), limit) : firstOf(wholes(found), limit)
    },
    earliest,
    count: (part, since, most) =>
      Math.min(most, messages.filter(one => isBetween(since, one.seq) && isIn(part, one)).length),
    unread(reader, place, since, most, ignored = []) {
      const isPlace = ({ room, author, other }: Recorded): boolean =>
        'room' in place ? room === place.room : author === place.with && other === reader
      const found = { unread: 0, mentions: 0 }
      let looked = 0
      for (let at = messages.length - 1; at >= 0 && looked < UNREAD_LOOKED; at--) {
        const message = messages[at] as Recorded
        if (message.seq <= since.after) break
        if (!isBetween(since, message.seq) || !isPlace(message)) continue
        looked += 1
        if (message.author === reader || ignored.includes(message.author) || isGone(message)) continue
        found.unread += 1
        if ('with' in place || message.mentions.includes(reader)) found.mentions += 1
      }
      return { unread: Math.min(most, found.unread), mentions: Math.min(most, found.mentions) }
    },
    correspondence(member, limit) {
      const found = new Map<MemberId, Correspondence>()
      for (let at = messages.length - 1; at >= 0 && found.size < limit; at--) {
        const { seq, author, other, from, to } = messages[at] as Recorded
        if (other === null || author === other || (author !== member && other !== member)) continue
        const [who, name] = author === member ? [other, to ?? ''] : [author, from]
        if (!found.has(who)) found.set(who, { other: who, seq, name })
      }
      return [...found.values()]
    },
    search: (words, sight, before, limit) =>
      inTurn(() => inPieces(search(messages, textOf, { words, sight, before, limit }, whole))),
    isDeleted,
    textPlaces(wanted) {
      const message = messages.find(one => one.seq === wanted)
      return message ? textPlacesOf(message, piecesOf(wanted)) : [wanted]
    },
    output: (wanted, begin, most) => (isDeleted(wanted) ? NO_OUTPUT : outputIn(piecesOf(wanted), textOf, begin, most)),
    find(wanted) {
      const message = messages.find(one => one.seq === wanted)
      return message ? whole(message) : null
    },
    latestBy(author, room) {
      const own = messages.filter(one => one.author === author && one.room === room).map(whole)
      return own.filter(one => one.text !== null).at(-1) ?? null
    },
    writtenBy: async (author, after, limit) =>
      messages
        .filter(one => one.author === author)
        // Asked for what is on the disk: the text of a deleted message may be.
        .map(one => ({ seq: one.seq, room: one.room, other: one.other, isErased: textIn(one, textOf) === null }))
        .sort(byPlace)
        .filter(one => after === null || byPlace(one, after) > 0)
        .slice(0, limit),
    halfErased: async () =>
      messages
        .filter(one => one.deleted && textPlacesOf(one, piecesOf(one.seq)).some(place => textOf(place) !== null))
        .map(one => one.seq),
    editsBeyond: async until =>
      messages.flatMap(message =>
        message.seq > until ? [] : textPlacesOf(message, piecesOf(message.seq)).filter(place => place > until),
      ),
    async horizon(keep) {
      const beyond = 'at' in keep ? messages.filter(one => one.at < keep.at) : messages.slice(0, -keep.count)
      return beyond.at(-1)?.seq ?? 0
    },
    touch() {
      version += 1
    },
    flush() {},
    clear() {
      messages = []
      pieces.clear()
      seq = 0
      version += 1
    },
  }
}

function addPiece(pieces: Map<number, Piece[]>, seq: number, piece: Piece | null): void {
  if (!piece) return
  const known = pieces.get(seq)
  if (known) known.push(piece)
  else pieces.set(seq, [piece])
}

/** The text as stored, of its latest edit; null: it's gone. */
const textIn = ({ seq, textAt = seq }: Recorded, textOf: (seq: number) => string | null): string | null =>
  textOf(textAt)

const isOf = (
  { direct, with: one }: Extract<Part, { direct: MemberId }>,
  author: MemberId,
  other: MemberId,
): boolean =>
  one === undefined
    ? author === direct || other === direct
    : (author === direct && other === one) || (author === one && other === direct)

/** The range from this message on. Null: it's empty. */
export const from = (begin: Timed | null): After => ({ after: begin ? begin.seq - 1 : Number.MAX_SAFE_INTEGER })

const isBetween = ({ after, upTo = Number.POSITIVE_INFINITY }: After, seq: number): boolean =>
  seq > after && seq <= upTo

/** Sorted by room, with direct messages last, and by time. */
export function byPlace(one: Written, other: Written): number {
  if (one.room === other.room) return one.seq - other.seq
  if (one.room === null || other.room === null) return one.room === null ? 1 : -1
  return one.room < other.room ? -1 : 1
}

/** Searches from the latest message back. Messages recorded meanwhile are ignored, and erased texts aren't found. */
export function* search(
  messages: readonly Recorded[],
  textOf: (seq: number) => string | null,
  { words, sight, before, limit }: Search,
  whole = (message: Recorded): Message => withText(message, textIn(message, textOf)),
): Generator<Work, HistoryPage> {
  const sought = soughtIn(words)
  const isSeen = seeing(sight)
  const found: Message[] = []
  let [piece, size] = [NOTHING, 0]
  for (let at = messages.length - 1; at >= 0 && found.length <= limit && size <= HISTORY_PAGE_BYTES; at--) {
    const message = messages[at] as Recorded
    if (message.seq >= before || message.deleted || !isSeen(message)) continue
    const text = textIn(message, textOf)
    if (text === null) continue
    if (isWholePiece(piece)) {
      yield piece
      piece = NOTHING
    }
    piece = { rows: piece.rows + 1, bytes: piece.bytes + text.length }
    if (!isFoundIn(text, sought)) continue
    found.push(whole(message))
    size += utf8Length(text)
  }
  return latestOf(found, limit)
}
