/**
 * `rxchat` in a pipe. Input lines are messages, or commands with --json. With --json or --follow, the output is the
 * events of the room. stdout has only data, stderr only diagnostics; the exit code is the result.
 */
import type { Client } from '../../../client/session/connection.ts'
import { watchRoom } from '../../../client/session/room-watch.ts'
import { ownHeldText } from '../../../codec/sentence.ts'
import { cutText } from '../../../codec/utf8.ts'
import { INPUT_LINE_MAX_BYTES, TEXT_MAX_BYTES } from '../../../model/limits.ts'
import { flatten } from '../../../model/text.ts'
import { localTime } from '../../../system/time-of-day.ts'
import { type InputLine, readLines } from '../../terminal/input-lines.ts'
import { type StandardStreams, unwritten } from '../../terminal/output.ts'
import { withoutIgnored } from '../plain/ignored.ts'
import { notAcknowledged, outcomeUnknown, tellOutages } from '../plain/outage.ts'
import { words } from '../plain/words.ts'
import { eventLines } from './event-lines.ts'
import { readCommand } from './json-command.ts'
import { recalled$, type Since } from './recall.ts'

export type ToolSettings = {
  readonly room: string
  readonly json: boolean
  readonly follow: boolean
  /** Start of the wanted past; null: only new messages. */
  readonly since: Since | null
  /** The message that the first one answers; null: none. */
  readonly reply?: number | null
}

const NOT_DONE = 'It was skipped: send its text in parts.'
const NOT_ALL_SAID = 'The rest of it is not sent: use shorter lines.'

/** Input pauses at HIGH unanswered commands, and resumes at LOW. */
const HIGH = 256
const LOW = 64

/** The most bytes that wait for a slow reader of the output. A reader further behind is given up. */
const BACKLOG_MAX_BYTES = 64 * 1_048_576

/** Resolves with the exit code when the chat is over. */
export function runTool(
  client: Client,
  { room, json, follow, since, reply = null }: ToolSettings,
  streams: StandardStreams,
): Promise<number> {
  const { input, output, errors } = streams
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  let failed = false
  /** The exit code, once it ends before the input does. */
  let over: number | null = null

  const lines = readLines(input, INPUT_LINE_MAX_BYTES, hear, () => {
    holding.unsubscribe()
    if (!follow) depart(null)
  })
  const holding = client.waiting$.subscribe(waiting => {
    if (waiting >= HIGH) lines.pause()
    else if (waiting <= LOW) lines.resume()
  })

  function hear({ text, cut, broken }: InputLine): void {
    if (broken) {
      failed = true
      return complain(`a line is not valid UTF-8, and was not sent: ${flatten(text.slice(0, 60))}`)
    }
    if (cut) {
      failed = true
      complain(`a line is longer than ${INPUT_LINE_MAX_BYTES} bytes. ${json ? NOT_DONE : NOT_ALL_SAID}`)
    }
    if (json) return cut ? undefined : command(text)
    for (const part of text.trim() === '' ? [] : cutText(text, TEXT_MAX_BYTES)) say(part)
  }

  /** The past is being read. A script that has nothing more to send leaves only after that, with the given reason. */
  let recalling = since !== null
  let departing: { readonly reason: string | null } | null = null
  const depart = (reason: string | null): void => {
    departing ??= { reason }
    if (!recalling) client.leave(departing.reason)
  }
  const recalled = (): void => {
    recalling = false
    if (departing) client.leave(departing.reason)
  }

  const unknownCursor = (why: string): void => {
    failed = true
    complain(why)
    client.leave()
  }

  let answers = reply
  function say(text: string): void {
    client.ask({ type: 'say', room, text, action: false, ...(answers === null ? {} : { reply: answers }) })
    answers = null
  }

  function command(line: string): void {
    const read = line.trim() === '' || departing ? null : readCommand(line, room)
    if (read === null) return
    if ('leave' in read) return depart(read.leave)
    if ('error' in read) {
      failed = true
      return complain(read.error)
    }
    client.ask(read)
  }

  client.outcome$.subscribe(outcome => {
    if (outcome.is === 'done') return
    failed = true
    complain(outcome.is === 'refused' ? outcome.message : outcomeUnknown(outcome.asked))
  })
  tellOutages(client, complain)
  const incoming$ = since === null ? client.incoming$ : recalled$(client, room, since, recalled, unknownCursor)
  const read$ = json ? incoming$ : withoutIgnored(incoming$)
  let me: string | undefined
  read$.subscribe(spoken => {
    const { type } = spoken.reply
    if (spoken.reply.type === 'welcome') me = spoken.reply.id
    // With --since alone, only messages are printed. Refusals are reported on stderr, by their outcomes.
    const isPrinted = json || (follow && type !== 'rejected') || (since !== null && type === 'said')
    if (isPrinted) print(eventLines(spoken, json, localTime))
    else if (spoken.reply.type === 'held' && spoken.reply.id === me)
      complain(flatten(ownHeldText(spoken.reply, spoken.reply.text)))
    else if (since !== null && type === 'gap') for (const line of words(spoken.reply, localTime)) complain(line)
  })

  // A script with commands may leave a room, and may be in several.
  watchRoom(client, room, ({ message, exit, isForced, isElsewhere }) => {
    if (over !== null || (json && (isElsewhere || !isForced))) return
    complain(message)
    end(exit)
  })

  function print(text: string): void {
    if (over !== null) return
    output.write(text)
    if (output.writableLength <= BACKLOG_MAX_BYTES) return
    complain('the program that reads the output is too far behind, so the output ends here.')
    end(3)
  }

  function end(exit: number): void {
    over ??= exit
    lines.close()
    client.leave()
  }

  return new Promise(resolve => {
    // A reader that has gone away has seen enough: no error.
    output.on('error', error => end(unwritten(error) === null ? 0 : 1))
    client.status$.subscribe(status => {
      if (status.state !== 'ended') return
      lines.close()
      if (over !== null) return resolve(over)
      const { end: ending } = status
      if (ending.exit !== 0 && ending.by !== 'user') complain(ending.message)
      const left = client.waiting$.value
      if (ending.exit === 6 && left > 0) complain(notAcknowledged(left))
      resolve(ending.exit === 0 && failed ? 6 : ending.exit)
    })
  })
}
