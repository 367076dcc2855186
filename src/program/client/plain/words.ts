/** The server's replies as lines for a person. Sanitised again: a client needn't trust its server. */
import type { Gap, Incoming } from '../../../client/session/incoming.ts'
import { type PastMessage, roomEvent } from '../../../codec/native/reply.ts'
import { type HistoryLine, pastLines } from '../../../codec/past-lines.ts'
import { STAR, sentence, type TimeOfDay } from '../../../codec/sentence.ts'
import { LOBBY } from '../../../model/name/standing.ts'
import { flatten, neutralise } from '../../../model/text.ts'

const where = (room: string): string => (room === LOBBY ? '' : `#${room} `)

/** Returns no lines for replies that only a program needs. `stamp` formats times of the past. */
export function words(reply: Incoming['reply'], timeOfDay: TimeOfDay, stamp: TimeOfDay = timeOfDay): readonly string[] {
  switch (reply.type) {
    case 'said': {
      const author = reply.action ? `* ${reply.from} ` : `${reply.from} > `
      return lines(`[${timeOfDay(reply.at)}] ${where(reply.room)}${author}`, reply.text)
    }
    case 'told':
      return lines(`[${timeOfDay(reply.at)}] ${reply.from} (to ${reply.to} alone) > `, reply.text)
    case 'room':
      return [
        ...lines(`Room #${reply.room}: `, list(reply.members)),
        ...(reply.topic ? lines('Topic: ', flatten(reply.topic.text)) : []),
      ]
    case 'who':
      return lines(`In #${reply.room}: `, list(reply.members))
    case 'rooms':
      return lines('Rooms: ', reply.rooms.map(({ room, members }) => `#${room} (${members})`).join(', '))
    case 'history':
    case 'found': {
      const [room, words] = reply.type === 'history' ? [reply.room ?? null, null] : [null, reply.words]
      const past = { room, words, messages: reply.messages.map(told), more: reply.more }
      return pastLines(past, stamp).map(flatten)
    }
    case 'rejected':
      return lines('', reply.message)
    case 'gap':
      return [missing(reply)]
    default: {
      if (reply.type === 'deleted') {
        const { room = null, target, by } = reply
        return [`[${timeOfDay(reply.at)}] ${STAR} ${flatten(sentence({ type: 'deleted', room, target, by }))}`]
      }
      const event = roomEvent(reply)
      if (!event || event.type === 'said' || !('at' in reply)) return []
      return [`[${timeOfDay(reply.at)}] ${STAR} ${flatten(sentence(event))}`]
    }
  }
}

function missing({ room, missed, more }: Gap): string {
  const count = `${missed.toLocaleString('en')}${more ? ' or more' : ''}`
  const verb = missed === 1 ? 'message is' : 'messages are'
  if (room === undefined) return `${count} direct ${verb} missing here.`
  return `${where(room)}${count} ${verb} missing here. /history shows what there is.`
}

const told = ({ seq, at, room, from, to, action = false, text }: PastMessage): HistoryLine => ({
  seq,
  at,
  room: room ?? null,
  from,
  to: to ?? null,
  action,
  text: text === undefined ? null : neutralise(text),
})

const lines = (start: string, text: string): readonly string[] =>
  neutralise(text)
    .split('\n')
    .map(line => start + line)

const list = (members: readonly { readonly name: string }[]): string =>
  members
    .map(({ name }) => name)
    .sort()
    .join(', ')
