/** The server's replies as lines for a person. */
import {
  accountSentence,
  happened,
  isoDay,
  listOfDevices,
  listOfMembers,
  listOfRooms,
} from '../../../client/chat/sentences.ts'
import type { Gap, Incoming } from '../../../client/session/incoming.ts'
import { ignoredText, listLines } from '../../../codec/list-lines.ts'
import { finishedSentence, outputLines } from '../../../codec/live-lines.ts'
import { listingOf } from '../../../codec/native/listing.ts'
import { historyLine, roomEvent } from '../../../codec/native/reply.ts'
import { endOf } from '../../../codec/native/reply-live.ts'
import { pastLines, pinLines } from '../../../codec/past-lines.ts'
import { questionsIn } from '../../../codec/question-lines.ts'
import type { Quoted } from '../../../codec/quotation.ts'
import { reactionLines } from '../../../codec/reaction-lines.ts'
import { editedLines, type LinkTo, pathAlone, saidLines, whole } from '../../../codec/said-lines.ts'
import { heldText, isSaidByAnother, ownHeldText, STAR, sentence, type TimeOfDay } from '../../../codec/sentence.ts'
import { triedLines } from '../../../codec/tried-lines.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import { flatten } from '../../../model/text.ts'

const where = (room: string): string => (room === LOBBY ? '' : `#${room} `)

/** The reader's part of a line: formats and knowledge of the client. */
export type Reading = {
  /** Formats times of the past. */
  readonly stamp?: TimeOfDay
  /** The reader's member id; empty: it isn't known. */
  readonly me?: string
  /** Makes links to files. */
  readonly linkTo?: LinkTo
  /** A message that this client has got before. */
  readonly find?: (seq: number) => Quoted | undefined
}

/** Returns no lines for replies that only a program needs. */
export function words(reply: Incoming['reply'], timeOfDay: TimeOfDay, reading: Reading = {}): readonly string[] {
  const { stamp = timeOfDay, me = '', linkTo = pathAlone, find = () => undefined } = reading
  switch (reply.type) {
    case 'said':
    case 'told': {
      const { reply: target } = reply
      const action = reply.type === 'said' && reply.action === true
      const where = reply.type === 'told' || reply.room === LOBBY ? null : reply.room
      const alone = reply.type === 'told' ? reply.to : null
      const quoted = target === undefined ? undefined : find(target)
      const grows = reply.type === 'said' && reply.live ? `${reply.seq} begins` : undefined
      const said = saidLines({ ...reply, action, where, alone, quoted, grows }, linkTo)
      return said.map(line => `[${timeOfDay(reply.at)}] ${whole(line)}`)
    }
    case 'edited': {
      const { room = null, target, from, text } = reply
      // The server doesn't have the new text yet.
      if (text === undefined) return [`[${timeOfDay(reply.at)}] ${STAR} ${from} edited message ${target}.`]
      return editedLines({ from, target, room }, text).map(line => `[${timeOfDay(reply.at)}] ${whole(line)}`)
    }
    case 'reacted': {
      const { type, room = null, target, emoji, off = false, by, id: member = '' } = reply
      const event = { type, room, target, emoji, off, by, member } as const
      return [`[${timeOfDay(reply.at)}] ${STAR} ${flatten(sentence(event, reply.at, find(target)))}`]
    }
    case 'pinned': {
      const { type, room, target, off = false, by, id: member = '' } = reply
      const event = { type, room, target, off, by, member } as const
      return [`[${timeOfDay(reply.at)}] ${STAR} ${flatten(sentence(event, reply.at, find(target)))}`]
    }
    case 'finished': {
      const { type, room, target, from, id: author = '', tail = null } = reply
      const event = { type, room, target, from, author, ...endOf(reply), ...(tail !== null && { tail: true as const }) }
      return [`[${timeOfDay(reply.at)}] ${STAR} ${flatten(finishedSentence(event, find(target), tail))}`]
    }
    case 'output':
      return outputLines({ ...reply, end: reply.end ? endOf(reply.end) : null }).map(flatten)
    case 'pins':
      return pinLines(reply.room, reply.messages.map(historyLine), stamp, linkTo)
    case 'messages':
      return pastLines(
        { room: null, words: null, messages: reply.messages.map(historyLine), more: false },
        stamp,
        linkTo,
      )
    case 'reactions':
      return reactionLines(reply).map(flatten)
    case 'room':
      return [`Room #${reply.room}: ${list(reply.members)}`, ...(reply.topic ? [`Topic: ${reply.topic.text}`] : [])]
    case 'who':
      return listOfMembers(reply.room, reply.members)
    case 'devices':
      return listOfDevices(reply, isoDay)
    case 'account':
      return [accountSentence(reply)]
    case 'list':
      return listLines({ at: Date.now(), room: reply.room ?? null, ...listingOf(reply) }, stamp).map(flatten)
    case 'questions':
      return questionsIn(reply, stamp).map(flatten)
    case 'tried':
      return triedLines(reply, stamp).map(flatten)
    case 'ignored':
      return [flatten(ignoredText({ off: false, ...reply }))]
    case 'held': {
      const { seq, at, text, id } = reply
      const isOwn = id !== undefined && id === me
      return lines(`[${timeOfDay(at)}] `, isOwn ? ownHeldText(reply, text) : heldText(reply, seq, text))
    }
    case 'rooms':
      return listOfRooms(reply.rooms)
    case 'history':
    case 'found': {
      const [room, words] = reply.type === 'history' ? [reply.room ?? null, null] : [null, reply.words]
      return pastLines({ room, words, messages: reply.messages.map(historyLine), more: reply.more }, stamp, linkTo)
    }
    case 'rejected':
      return lines('', reply.message)
    case 'gap':
      return [missing(reply)]
    default: {
      const event = reply.type === 'deleted' ? { room: null, ...reply } : roomEvent(reply)
      if (!event || event.type === 'said' || !('at' in reply) || isSaidByAnother(event)) return []
      return [`[${timeOfDay(reply.at)}] ${STAR} ${happened({ event, at: reply.at })}`]
    }
  }
}

function missing({ room, missed, more }: Gap): string {
  const count = `${missed.toLocaleString('en')}${more ? ' or more' : ''}`
  const verb = missed === 1 ? 'message is' : 'messages are'
  if (room === undefined) return `${count} direct ${verb} missing here.`
  return `${where(room)}${count} ${verb} missing here. /history shows the messages that were kept.`
}

const lines = (start: string, text: string): readonly string[] => text.split('\n').map(line => start + line)

const list = (members: readonly { readonly name: string }[]): string =>
  members
    .map(({ name }) => name)
    .sort()
    .join(', ')
