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
import { listingOf } from '../../../codec/native/listing.ts'
import { historyLine, roomEvent } from '../../../codec/native/reply.ts'
import { pastLines } from '../../../codec/past-lines.ts'
import { heldText, isSaidByAnother, ownHeldText, STAR, type TimeOfDay } from '../../../codec/sentence.ts'
import { triedLines } from '../../../codec/tried-lines.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import { flatten } from '../../../model/text.ts'

const where = (room: string): string => (room === LOBBY ? '' : `#${room} `)

/**
 * Returns no lines for replies that only a program needs. `stamp` formats times of the past; `me` is the reader's member
 * id, if it's known.
 */
export function words(
  reply: Incoming['reply'],
  timeOfDay: TimeOfDay,
  stamp: TimeOfDay = timeOfDay,
  me = '',
): readonly string[] {
  switch (reply.type) {
    case 'said': {
      const author = reply.action ? `* ${reply.from} ` : `${reply.from} > `
      return lines(`[${timeOfDay(reply.at)}] ${where(reply.room)}${author}`, reply.text)
    }
    case 'told':
      return lines(`[${timeOfDay(reply.at)}] ${reply.from} (to ${reply.to} alone) > `, reply.text)
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
      return pastLines({ room, words, messages: reply.messages.map(historyLine), more: reply.more }, stamp)
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
