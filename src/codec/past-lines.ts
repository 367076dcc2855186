/**
 * Messages of the past as text. Each line is marked, numbered, and has its own time, so that none is taken for news.
 */
import type { Message } from '../model/message/message.ts'
import { LOBBY } from '../model/name/standing.ts'
import { signature, type TimeOfDay } from './sentence.ts'

/** The fields of a message that this file reads. */
export type HistoryLine = Omit<Message, 'author' | 'account' | 'other' | 'mentions'>

export type PastTold = {
  readonly room: string | null
  readonly words: string | null
  readonly messages: readonly HistoryLine[]
  readonly more: boolean
}

const MARK = '| '

/** `stamp` gives the time, with the day if that isn't today. */
export function pastLines({ room, words, messages, more }: PastTold, stamp: TimeOfDay): readonly string[] {
  const where = room === null || room === LOBBY ? '' : ` in #${room}`
  if (messages.length === 0) {
    return [words === null ? `${MARK}Nothing was said earlier${where}.` : `${MARK}Nothing found for "${words}".`]
  }
  const head = words === null ? `Earlier${where}` : `Found for "${words}"`
  return [
    `${MARK}${head}${more ? ', and there is more' : ''}:`,
    ...messages.flatMap(message =>
      messageLines(message, words !== null).map(line => `${MARK}${message.seq} [${stamp(message.at)}] ${line}`),
    ),
  ]
}

/** `anywhere`: the messages are from several rooms, so each says where. */
function messageLines({ room, from, to, action, text }: HistoryLine, anywhere: boolean): readonly string[] {
  const where = room === null || (room === LOBBY && !anywhere) ? '' : `#${room} `
  const author = `${where}${action ? '* ' : ''}${signature(from)}${to === null ? '' : ` (to ${to} alone)`}`
  if (text === null) return [`${author} > (deleted)`]
  return text.split('\n').map(line => `${author}${action ? ' ' : ' > '}${line}`)
}

/** The time of day, with the day before it unless that's the day of `now`. */
export const stampSince =
  (now: number, timeOfDay: TimeOfDay, day: TimeOfDay): TimeOfDay =>
  at =>
    day(at) === day(now) ? timeOfDay(at) : `${day(at)} ${timeOfDay(at)}`
