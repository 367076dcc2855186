/** The past of messages in memory, bounded: the latest ones of an ephemeral server. */
import { MEMORY_HISTORY_MESSAGES } from '../model/limits.ts'
import type { Message } from '../model/message.ts'
import { UNSPACED } from '../model/text.ts'
import type { History, Page, Part, Range } from '../port/history.ts'

/** `textOf` gives what an input said, or null if that is gone. */
export function memoryHistory(textOf: (seq: number) => string | null, most = MEMORY_HISTORY_MESSAGES): History {
  let messages: Omit<Message, 'text'>[] = []
  let seq = 0
  let version = 0

  const isIn = (part: Part, { room, author, other }: Omit<Message, 'text'>): boolean =>
    'room' in part ? room === part.room : other !== null && [author, other].includes(part.direct)
  const isWithin = (range: Range, { seq: said, at }: Omit<Message, 'text'>): boolean =>
    'before' in range ? said < range.before : 'after' in range ? said > range.after : at >= range.since
  const whole = (message: Omit<Message, 'text'>): Message => ({ ...message, text: textOf(message.seq) })
  const latest = (found: readonly Message[], limit: number): Page => ({
    messages: found.slice(Math.max(0, found.length - limit)),
    more: found.length > limit,
  })

  return {
    get seq() {
      return seq
    },
    get version() {
      return version
    },
    record(more, upTo) {
      messages.push(...more)
      if (messages.length > most * 2) messages = messages.slice(-most)
      seq = upTo
      version += more.length
    },
    page(part, range, limit) {
      const found = messages.filter(one => isIn(part, one) && isWithin(range, one))
      const shown = 'before' in range ? found.slice(Math.max(0, found.length - limit)) : found.slice(0, limit)
      return { messages: shown.map(whole), more: found.length > limit }
    },
    count: (part, after, most) => Math.min(most, messages.filter(one => one.seq > after && isIn(part, one)).length),
    search(words, { rooms, member }, before, limit) {
      const wanted = wordsOf(words)
      const isSeen = ({ room, author, other }: Message): boolean =>
        room === null ? member !== null && [author, other].includes(member) : rooms === 'all' || rooms.includes(room)
      const found = messages
        .filter(one => one.seq < before)
        .map(whole)
        .filter(one => isSeen(one) && hasAll(one.text, wanted))
      return latest(wanted.length === 0 ? [] : found, limit)
    },
    find(wanted) {
      const message = messages.find(one => one.seq === wanted)
      return message ? whole(message) : null
    },
    latestBy(author, room) {
      const own = messages.filter(one => one.author === author && (room === null || one.room === room)).map(whole)
      return own.filter(one => one.text !== null).at(-1) ?? null
    },
    horizon(keep) {
      const beyond = 'at' in keep ? messages.filter(one => one.at < keep.at) : messages.slice(0, -keep.count)
      return beyond.at(-1)?.seq ?? 0
    },
    touch() {
      version += 1
    },
    flush() {},
    clear() {
      messages = []
      seq = 0
      version += 1
    },
  }
}

/** Whole words, the last one as far as it was typed: as the index of a durable server has it. */
function hasAll(text: string | null, wanted: readonly string[]): boolean {
  if (text === null) return false
  const words = wordsOf(text)
  const isThere = (word: string, isLast: boolean): boolean =>
    UNSPACED.test(word) ? text.includes(word) : words.some(one => (isLast ? one.startsWith(word) : one === word))
  return wanted.every((word, at) => isThere(word, at === wanted.length - 1))
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []
