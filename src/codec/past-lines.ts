/**
 * Messages of the past as text. Each line is marked, numbered, and has its own time, so that none is taken for news.
 */
import type { Message } from '../model/message/message.ts'
import { LOBBY } from '../model/name/standing.ts'
import { liveNote } from './live-lines.ts'
import { askNote } from './question-sentence.ts'
import { headOf, type LinkTo, pathAlone, saidLines, whole } from './said-lines.ts'
import type { TimeOfDay } from './sentence.ts'
import { signature } from './signature.ts'

/** How often a message has an emoji. */
type Tally = { readonly emoji: string; readonly count: number }

/** The fields of a message that this file reads. */
export type HistoryLine = Omit<Message, 'author' | 'account' | 'other' | 'mentions' | 'reactions'> & {
  readonly tallies?: readonly Tally[]
}

export type PastTold = {
  readonly room: string | null
  readonly words: string | null
  readonly messages: readonly HistoryLine[]
  readonly more: boolean
}

const MARK = '| '

export const historyLineOf = ({ reactions = [], ...message }: Message): HistoryLine => ({
  ...message,
  tallies: reactions.map(({ emoji, people }) => ({ emoji, count: people.length })),
})

/** `stamp` gives the time, with the day if that isn't today. */
export function pastLines(told: PastTold, stamp: TimeOfDay, linkTo: LinkTo = pathAlone): readonly string[] {
  const { room, words, messages, more } = told
  const where = placeOf(room)
  if (messages.length === 0) {
    return [words === null ? `${MARK}Nothing was said earlier${where}.` : `${MARK}Nothing found for "${words}".`]
  }
  const head = words === null ? `Earlier${where}` : `Found for "${words}"`
  return [`${MARK}${head}${more ? ', and there is more' : ''}:`, ...numbered(messages, words !== null, stamp, linkTo)]
}

/** The pinned messages of a room. */
export function pinLines(
  room: string,
  messages: readonly HistoryLine[],
  stamp: TimeOfDay,
  linkTo: LinkTo = pathAlone,
): readonly string[] {
  const where = placeOf(room)
  if (messages.length === 0) return [`${MARK}Nothing is pinned${where}. /pin NUMBER pins a message.`]
  return [`${MARK}Pinned${where}:`, ...numbered(messages, false, stamp, linkTo)]
}

const placeOf = (room: string | null): string => (room === null || room === LOBBY ? '' : ` in #${room}`)

const numbered = (messages: readonly HistoryLine[], anywhere: boolean, stamp: TimeOfDay, linkTo: LinkTo) =>
  messages.flatMap(message =>
    messageLines(message, anywhere, linkTo).map(line => `${MARK}${message.seq} [${stamp(message.at)}] ${line}`),
  )

/** `anywhere`: the messages are from several rooms, so each names its room. */
function messageLines(message: HistoryLine, anywhere: boolean, linkTo: LinkTo): readonly string[] {
  const { room, to, text, from, tallies = [], live, ask, seq } = message
  const asks = ask && ask.outcome === undefined ? `${askNote(seq, ask)}, open` : undefined
  const where = room === null || (room === LOBBY && !anywhere) ? null : room
  if (text === null) return [`${headOf({ where, alone: to, from: signature(from), action: false }, [])}(deleted)`]
  const reactions = tallies.map(({ emoji, count }) => (count === 1 ? emoji : `${emoji} ${count}`))
  return [
    ...saidLines(
      { ...message, from: signature(from), where, alone: to, text, grows: live && liveNote(live), asks },
      linkTo,
    ).map(whole),
    // No line of a message begins like this.
    ...(reactions.length === 0 ? [] : [`(${reactions.join(', ')})`]),
  ]
}

/** The time of day, with the day before it unless that's the day of `now`. */
export const stampSince =
  (now: number, timeOfDay: TimeOfDay, day: TimeOfDay): TimeOfDay =>
  at =>
    day(at) === day(now) ? timeOfDay(at) : `${day(at)} ${timeOfDay(at)}`
