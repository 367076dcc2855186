/** Events as text: the words that line mode and the original's protocol share. */
import type { HeldEvent, PublicEvent } from '../model/event.ts'
import { HOST_NAME, LOBBY } from '../model/name/standing.ts'
import { actSentence } from './act-sentence.ts'
import { finishedSentence } from './live-lines.ts'
import { answeredText, concludedText, handsText } from './question-sentence.ts'
import { type Quoted, quotation } from './quotation.ts'

/** The wall clock of an event for people: `HH:MM:SS` in the server's zone, from milliseconds since the epoch. */
export type TimeOfDay = (at: number) => string

/** Marks enter and exit events. */
export const STAR = '[*]'

/** The server is cut off from the others, and then it isn't any more. */
export const stallText = (over: boolean): string =>
  over ? 'The server is connected again.' : 'The server is cut off. What you say waits, and nothing new comes.'

const where = (room: string): string => (room === LOBBY ? '' : ` #${room}`)
const within = (room: string): string => (room === LOBBY ? '' : ` in #${room}`)
const because = (reason: string | null): string => (reason === null ? '' : ` (${reason})`)

/**
 * Whether another event of the same input says it already: an exit says that it's a kick, a deletion whose message it
 * is, and the end of a question how it was answered.
 */
export const isSaidByAnother = (event: PublicEvent): boolean =>
  (event.type === 'answered' && event.kind === 'ask') ||
  (event.type === 'concluded' && event.outcome === 'deleted') ||
  (event.type === 'deleted' && event.bulk === true) ||
  (event.type === 'moderated' && (event.act === 'delete' || (event.act === 'kick' && event.room === null)))

/**
 * A message that waits, for keepers who may release it; in protocols that write the same to its author, for the author
 * too.
 */
export const heldText = ({ from, room }: Pick<HeldEvent, 'from' | 'room'>, seq: number, text: string): string =>
  `Message ${seq} of ${from} in #${room} waits for a keeper, who can /release ${seq} or /drop ${seq}: ${text}`

/** The same for its author. */
export const ownHeldText = ({ room }: Pick<HeldEvent, 'room'>, text: string): string =>
  `Your message in #${room} waits until somebody who keeps order there has read it: ${text}`

/**
 * An event as one sentence, if it carries no text of its own. `at`: its time, milliseconds since the epoch. `quoted`: the
 * message that it's about, if it was looked up and is there.
 */
export function sentence(
  event: Exclude<PublicEvent, { type: 'said' | 'told' | 'held' }>,
  at: number,
  quoted?: Quoted | null,
): string {
  const of = quoted ? ` of ${quotation(quoted)}` : ''
  switch (event.type) {
    case 'joined':
      return `${event.name} entered${where(event.room)}.`
    case 'parted':
      // The lobby is named too: a member that leaves it is still in the chat.
      return event.by === undefined
        ? `${event.name} exited #${event.room}.${because(event.reason)}`
        : // A ban of a network is an act that its subjects don't see.
          `${event.name} exited #${event.room}, removed by ${event.by === HOST_NAME ? 'the host' : event.by}.${because(event.reason)}`
    case 'quit':
      return event.cause === 'kicked'
        ? `${event.name} has been kicked out.${because(event.reason)}`
        : `${event.name} exited.${because(event.reason)}`
    case 'renamed':
      return `${event.from} is now ${event.to}.`
    case 'registered':
      return `${event.name} has registered this name.`
    case 'away':
      return event.note === null ? `${event.name} is back.` : `${event.name} is away.${because(event.note)}`
    case 'deleted':
      return event.room === null
        ? `${event.by} deleted message ${event.target}, which was said to one alone.`
        : `${event.by} deleted message ${event.target}${within(event.room)}.`
    case 'moderated':
      return actSentence(event, at)
    case 'edited':
      return `${event.from} edited message ${event.target}${event.room === null ? '' : within(event.room)}.`
    case 'reacted': {
      const place = `message ${event.target}${event.room === null ? '' : within(event.room)}`
      return event.off
        ? `${event.by} took ${event.emoji} back from ${place}${of}.`
        : `${event.by} reacted with ${event.emoji} to ${place}${of}.`
    }
    case 'pinned':
      return `${event.by} ${event.off ? 'unpinned' : 'pinned'} message ${event.target}${within(event.room)}${of}.`
    case 'answered':
      return answeredText(event)
    case 'concluded':
      return concludedText(event)
    case 'hands':
      return handsText(event)
    case 'finished':
      return finishedSentence(event, quoted)
    case 'pictured':
      return event.picture === null ? `${event.name} has no picture any more.` : `${event.name} has a new picture.`
    case 'topic':
      return event.topic === ''
        ? `${event.by} took the topic of #${event.room} away.`
        : `${event.by} set the topic of #${event.room}: ${event.topic}`
  }
}
