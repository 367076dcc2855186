/**
 * Output for people with nc or telnet: one event a line, each with its time. No line can be taken for another user's.
 */
import { closingText } from '../../model/closing.ts'
import { namedFiles } from '../../model/message/stored-text.ts'
import { HOST_NAME, LOBBY } from '../../model/name/standing.ts'
import { helpLines } from '../../model/slash.ts'
import type { RoomView } from '../../model/view.ts'
import { accountSentence, deviceLines } from '../account-lines.ts'
import type { Encoding, Outgoing } from '../codec.ts'
import { drainingText } from '../draining.ts'
import { ignoredText, listLines } from '../list-lines.ts'
import { finishedSentence, outputLines } from '../live-lines.ts'
import { historyLineOf, pastLines, pinLines, stampSince } from '../past-lines.ts'
import { questionLines } from '../question-lines.ts'
import { howToAnswer } from '../question-sentence.ts'
import { reactionLines } from '../reaction-lines.ts'
import { refusalText } from '../refusal.ts'
import { editedLines, type LinkTo, saidLines, whole } from '../said-lines.ts'
import { heldText, isSaidByAnother, STAR, sentence, stallText, type TimeOfDay } from '../sentence.ts'
import { server, signature } from '../signature.ts'
import { triedLines } from '../tried-lines.ts'
import { HIDE, SHOW } from './telnet.ts'

/** A list shows so many names, then the number of the others. */
const LISTED_NAMES = 100

/** `linkTo`: makes links to files. */
export const lineEncoding = (timeOfDay: TimeOfDay, day: TimeOfDay, linkTo: LinkTo): Encoding => ({
  id: 'line',
  protocol: 'line',
  echoes: false,
  resumes: false,
  recalls: true,
  pings: false,
  ignores: false,
  pace: null,
  encode(outgoing) {
    if (outgoing.type === 'prompt') return outgoing.hidden ? [PROMPTS[outgoing.what], HIDE] : [PROMPTS[outgoing.what]]
    // A terminal that hides the input doesn't show the line break either.
    if (outgoing.type === 'shown') return [SHOW, '\n']
    if (outgoing.type === 'past') {
      const stamp = stampSince(outgoing.at, timeOfDay, day)
      return pastLines({ ...outgoing, messages: outgoing.messages.map(historyLineOf) }, stamp, linkTo).map(ended)
    }
    if (outgoing.type === 'messages') {
      const stamp = stampSince(outgoing.at, timeOfDay, day)
      return pinLines(outgoing.room ?? LOBBY, outgoing.messages.map(historyLineOf), stamp, linkTo).map(ended)
    }
    if (outgoing.type === 'devices' || outgoing.type === 'account' || outgoing.type === 'questions') {
      const stamp = stampSince(outgoing.at, timeOfDay, day)
      const told = outgoing.type === 'questions' ? questionLines(outgoing, stamp) : accountLines(outgoing, stamp)
      return told.map(line => `[${timeOfDay(outgoing.at)}] ${server(line)}\n`)
    }
    const at = outgoing.type === 'welcome' ? outgoing.welcome.at : 'at' in outgoing ? outgoing.at : null
    return lines(outgoing, timeOfDay, linkTo).map(line => (at === null ? `${line}\n` : `[${timeOfDay(at)}] ${line}\n`))
  },
})

const ended = (line: string): string => `${line}\n`

const DONE = { password: 'Your password is changed.' } as const

const PROMPTS = { name: 'Your name? ', password: 'Password? ', 'new-password': 'New password? ' } as const

type OutgoingEvent = Extract<Outgoing, { type: 'event' }>

type AccountAnswer = Extract<Outgoing, { type: 'devices' | 'account' }>

const accountLines = (outgoing: AccountAnswer, stamp: TimeOfDay): readonly string[] =>
  outgoing.type === 'account'
    ? [accountSentence(outgoing, stamp)]
    : [`What can sign in to ${outgoing.name}:`, ...deviceLines(outgoing.devices, stamp)]

function lines(
  outgoing: Exclude<Outgoing, { type: 'past' | 'messages' | 'prompt' | 'shown' | 'devices' | 'account' | 'questions' }>,
  timeOfDay: TimeOfDay,
  linkTo: LinkTo,
): readonly string[] {
  switch (outgoing.type) {
    case 'event':
      return eventLines(outgoing, linkTo)
    case 'welcome':
      return [server(`Welcome, ${outgoing.welcome.name}. Type to talk; /help lists the commands.`)]
    case 'room':
      return [server(`In #${outgoing.view.room}: ${names(outgoing.view)}.`), ...topic(outgoing.view)]
    case 'who':
      return [server(`In #${outgoing.view.room}: ${names(outgoing.view)}.`), ...topic(outgoing.view)]
    case 'rooms':
      return [server(`Rooms: ${outgoing.rooms.map(({ room, members }) => `#${room} (${members.size})`).join(', ')}.`)]
    case 'rejected':
      return [server(refusalText(outgoing, timeOfDay))]
    case 'output':
      return outputLines(outgoing).map(server)
    case 'reactions':
      return reactionLines(outgoing).map(server)
    case 'list':
      return listLines(outgoing, timeOfDay).map(server)
    case 'tried':
      return triedLines(outgoing, timeOfDay).map(server)
    case 'ignored':
      return [server(ignoredText(outgoing))]
    case 'done':
      return [server(DONE[outgoing.what])]
    case 'help':
      return helpLines(outgoing.topic).map(server)
    case 'stalled':
      return [server(stallText(outgoing.over))]
    case 'draining':
      return [server(drainingText(outgoing.ms, outgoing.nodes))]
    case 'closed':
      return [server(closingText(outgoing.code, outgoing.detail))]
    // People in line mode have neither keys nor passkeys, and number nothing.
    case 'challenge':
    case 'cursor':
    case 'cursors':
    case 'result':
    case 'growing':
    case 'typing':
    case 'read':
    case 'conversations':
    case 'ping':
    case 'pong':
      return []
  }
}

function eventLines({ event, seq, at, text: said, names = [], quoted }: OutgoingEvent, linkTo: LinkTo) {
  const text = said ?? ''
  if (isSaidByAnother(event)) return []
  switch (event.type) {
    case 'said':
    case 'told': {
      const where = event.type === 'told' || event.room === LOBBY ? null : event.room
      const alone = event.type === 'told' ? event.to : null
      const files = namedFiles(event.files ?? [], names)
      const action = event.type === 'said' && event.action
      const ask = event.type === 'said' ? event.ask : undefined
      return [
        ...saidLines(
          {
            ...event,
            from: signature(event.from),
            action,
            where,
            alone,
            text,
            files,
            quoted,
            grows: growsOf(event, seq),
          },
          linkTo,
        ).map(whole),
        ...(ask ? [`${STAR} ${howToAnswer(seq, ask)}`] : []),
      ]
    }
    case 'held':
      return heldText(event, seq, text).split('\n').map(server)
    case 'edited':
      return editedLines({ ...event, from: signature(event.from) }, text).map(whole)
    case 'finished':
      return [`${STAR} ${finishedSentence(event, quoted, said)}`]
    case 'pictured':
      return []
    default:
      return [`${STAR} ${sentence(event, at, quoted)}`]
  }
}

/** A message that grows says with which number. */
const growsOf = (event: OutgoingEvent['event'], seq: number): string | undefined =>
  event.type === 'said' && event.live ? `${seq} begins` : undefined

function names({ room, members }: RoomView): string {
  const listed = members.keySeq().take(LISTED_NAMES).toArray().sort()
  const all = room === LOBBY ? [HOST_NAME, ...listed] : listed
  const more = members.size - listed.length
  return more > 0 ? `${all.join(', ')} and ${more} more` : all.join(', ')
}

const topic = ({ topic: set }: RoomView): readonly string[] =>
  set ? [server(`Topic, set by ${set.by}: ${set.text}`)] : []
