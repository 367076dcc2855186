/**
 * The bytes for the original's clients, to the letter. They read at most 4096 bytes at once and take each read for one
 * message. In any message with `[*]` they take the last word but one for the name of a user that entered or exited. So
 * each event is a frame, and therefore a write, of its own; `[*]` in users' text is defused; a rename is shown as an
 * exit and an entrance; and events of other rooms are left out.
 */
import { closingText } from '../../model/closing.ts'
import { ERRORS, errorText } from '../../model/error.ts'
import { CLASSIC_GREETING_MS, CLASSIC_PACE_MS, CLASSIC_READ_BYTES } from '../../model/limits.ts'
import { namedFiles } from '../../model/message/stored-text.ts'
import { HOST_NAME, LOBBY } from '../../model/name/standing.ts'
import type { RoomView } from '../../model/view.ts'
import { actSentence } from '../act-sentence.ts'
import type { Encoding, Outgoing } from '../codec.ts'
import { drainingText } from '../draining.ts'
import { finishedSentence } from '../live-lines.ts'
import { wordToAnswer } from '../question-sentence.ts'
import { editedLines, type LinkTo, type SignedLine, saidLines } from '../said-lines.ts'
import { heldText, isSaidByAnother, STAR, sentence, stallText, type TimeOfDay } from '../sentence.ts'
import { server, signature } from '../signature.ts'
import { cutText } from '../utf8.ts'

/** `linkTo`: makes links to files. */
export const classicEncoding = (timeOfDay: TimeOfDay, linkTo: LinkTo): Encoding<string> => ({
  id: 'classic',
  protocol: 'classic',
  echoes: false,
  resumes: false,
  recalls: false,
  pings: false,
  ignores: false,
  pace: { first: CLASSIC_GREETING_MS, rest: CLASSIC_PACE_MS },
  encode(outgoing, recipient) {
    /** The original's clients quit at `NOT_UNIQUE`. Other programs taken for one of them read the reason after it. */
    const refusal = (at: number, why: string): readonly string[] => [REFUSED, ...frames(timeOfDay(at), server(''), why)]
    switch (outgoing.type) {
      case 'welcome':
        return ['OK']
      case 'room':
        return userList(outgoing.view, timeOfDay(outgoing.at))
      case 'event':
        return eventFrames(outgoing, timeOfDay(outgoing.at), linkTo)
      case 'rejected':
        if (outgoing.code === 'password-needed') return refusal(outgoing.at, NO_PASSWORD)
        return ERRORS[outgoing.code].exit === EXIT_REFUSED && (recipient?.name ?? null) === null
          ? [REFUSED]
          : frames(timeOfDay(outgoing.at), server(''), errorText(outgoing.code, outgoing.detail))
      case 'stalled':
        return frames(timeOfDay(outgoing.at), server(''), stallText(outgoing.over))
      case 'closed':
        if (outgoing.code === 'tls-only') return refusal(outgoing.at, closingText('tls-only'))
        return frames(timeOfDay(outgoing.at), server(''), closingText(outgoing.code, outgoing.detail))
      case 'draining':
        return frames(timeOfDay(outgoing.at), server(''), drainingText(outgoing.ms, outgoing.nodes))
      // History, which a classic client couldn't tell from news.
      case 'past':
      // Answers to requests that this protocol does not have.
      case 'challenge':
      case 'cursor':
      case 'cursors':
      case 'done':
      case 'devices':
      case 'list':
      case 'tried':
      case 'ignored':
      case 'account':
      case 'prompt':
      case 'shown':
      case 'result':
      case 'messages':
      case 'reactions':
      case 'typing':
      case 'growing':
      case 'output':
      case 'read':
      case 'conversations':
      case 'rooms':
      case 'who':
      case 'questions':
      case 'help':
      case 'ping':
      case 'pong':
        return []
    }
  },
})

/** The exit code of every refused hello. The original has one word for all of them. */
const EXIT_REFUSED = 4
const REFUSED = 'NOT_UNIQUE'
const NO_PASSWORD = 'This server requires a password, which this protocol cannot send. Use rxchat, a browser, or nc.'

/** `&Host&alice&bob`: all users. Names that don't fit in one read follow as entrances, to complete the list. */
function userList({ room, members }: RoomView, time: string): readonly string[] {
  if (room !== LOBBY) return []
  let list = `&${HOST_NAME}`
  const later: string[] = []
  for (const name of [...members.keys()].sort()) {
    if (bytes(list) + bytes(name) + 1 <= CLASSIC_READ_BYTES) list += `&${listed(name)}`
    else later.push(...entered(time, name))
  }
  return [list, ...later]
}

type OutgoingEvent = Extract<Outgoing, { type: 'event' }>

function eventFrames(outgoing: OutgoingEvent, time: string, linkTo: LinkTo): readonly string[] {
  const { event, seq, at, quoted } = outgoing
  const text = outgoing.text ?? ''
  switch (event.type) {
    case 'said':
      if (event.room !== LOBBY) return []
      return saidFrames({ ...outgoing, event }, time, null, linkTo)
    case 'told':
      return saidFrames({ ...outgoing, event }, time, 'you', linkTo)
    case 'joined':
      return event.room === LOBBY ? entered(time, event.name) : []
    case 'parted':
      return event.room === LOBBY ? exited(time, event.name) : []
    case 'quit':
      return exited(time, event.name)
    case 'renamed':
      return [...exited(time, event.from), ...entered(time, event.to)]
    case 'topic':
      return event.room === LOBBY ? frames(time, server(''), topicText(event)) : []
    case 'moderated':
      return event.room === null || event.room === LOBBY ? frames(time, server(''), actSentence(event, at)) : []
    case 'held':
      return event.room === LOBBY ? frames(time, server(''), heldText(event, seq, text)) : []
    case 'edited':
      return event.room === LOBBY || event.room === null
        ? packed(time, editedLines({ ...event, from: signature(event.from) }, text))
        : []
    case 'reacted':
    case 'pinned':
      return event.room === LOBBY || event.room === null ? frames(time, server(''), sentence(event, at, quoted)) : []
    case 'answered':
    case 'concluded':
    case 'hands':
      return event.room === LOBBY && !isSaidByAnother(event) ? frames(time, server(''), sentence(event, at)) : []
    case 'finished':
      return event.room === LOBBY ? frames(time, server(''), finishedSentence(event, quoted, outgoing.text)) : []
    case 'pictured':
    case 'away':
    case 'registered':
    case 'deleted':
      return []
  }
}

const entered = (time: string, name: string): readonly string[] => [`[${time}] ${STAR} ${listed(name)} entered.`]
const exited = (time: string, name: string): readonly string[] => [`[${time}] ${STAR} ${listed(name)} exited.`]

/**
 * A name for the user list of the original's clients. They look for `entered` and `exited` anywhere in a message, so a
 * user with such a name would enter and exit at once. With a capital the name still belongs to nobody else.
 */
const listed = (name: string): string => name.replaceAll('entered', 'Entered').replaceAll('exited', 'Exited')

const topicText = ({ by, topic }: Extract<OutgoingEvent['event'], { type: 'topic' }>): string =>
  topic === '' ? `${by} took the topic away.` : `${by} set the topic: ${topic}`

function saidFrames(
  { event, text, names = [], quoted }: SaidEvent,
  time: string,
  alone: string | null,
  linkTo: LinkTo,
): readonly string[] {
  const files = namedFiles(event.files ?? [], names)
  const action = event.type === 'said' && event.action
  const ask = event.type === 'said' ? event.ask : undefined
  return packed(time, [
    ...saidLines(
      { ...event, from: signature(event.from), action, where: null, alone, text: text ?? '', files, quoted },
      linkTo,
    ),
    ...(ask ? [{ head: server(''), text: wordToAnswer(ask) }] : []),
  ])
}

type SaidEvent = Omit<OutgoingEvent, 'event'> & {
  readonly event: Extract<OutgoingEvent['event'], { type: 'said' | 'told' }>
}

const frames = (time: string, author: string, text: string): readonly string[] =>
  packed(
    time,
    text.split('\n').map(line => ({ head: author, text: line })),
  )

/**
 * Writes the time and author before each line, and before each piece of a longer line, so that none is taken for
 * another user's. Packs as many lines in a frame as one read holds: frame by frame, two hundred short lines would take
 * four seconds.
 */
function packed(time: string, lines: readonly SignedLine[]): readonly string[] {
  const all: string[] = []
  let frame: string | null = null
  let size = 0
  for (const { head, text } of lines) {
    const start = `[${time}] ${defuse(head)}`
    for (const piece of cutText(defuse(text), CLASSIC_READ_BYTES - bytes(start))) {
      const signed = start + piece
      const added = bytes(signed) + 1
      if (frame !== null && size + added <= CLASSIC_READ_BYTES) frame += `\n${signed}`
      else {
        if (frame !== null) all.push(frame)
        frame = signed
        size = -1
      }
      size += added
    }
  }
  return frame === null ? all : [...all, frame]
}

/** Replaces `[*]` in users' text, so that the original's clients don't take it for the server's. */
const defuse = (text: string): string => text.replaceAll(STAR, '(*)')

const encoder = new TextEncoder()
const bytes = (text: string): number => encoder.encode(text).length
