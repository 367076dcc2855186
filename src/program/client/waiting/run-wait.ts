/** Waits for a message, over any interruption: messages that come meanwhile are read from the history. */
import { type Beginning, BeginningFinder } from '../../../client/consuming/beginning.ts'
import type { Handed } from '../../../client/consuming/handler.ts'
import { type Page, RoomReader } from '../../../client/consuming/reader.ts'
import type { Client } from '../../../client/session/connection.ts'
import { watchRoom } from '../../../client/session/room-watch.ts'
import { ERRORS } from '../../../model/error.ts'
import { nameKey } from '../../../model/name/name.ts'
import { flatten } from '../../../model/text.ts'
import { localTime } from '../../../system/time-of-day.ts'
import { systemClock } from '../../../transport/clock.ts'
import type { StandardStreams } from '../../terminal/output.ts'
import { eventLines } from '../pipe/event-lines.ts'
import type { Since } from '../pipe/recall.ts'
import { tellOutages } from '../plain/outage.ts'
import type { Matches } from './pattern.ts'

export type Waiting = {
  readonly matches: Matches
  /** Null: any author. */
  readonly from: string | null
  readonly room: string
  /** Null: from now on. */
  readonly since: Since | null
  /** In milliseconds; null: for ever. */
  readonly timeout: number | null
  readonly json: boolean
}

/** The exit code of `timeout` of the coreutils. */
const TIMED_OUT = 124
const INTERRUPTED = 130
/** The server has refused to give the messages. */
const NOT_DONE = 6
/** Milliseconds before a question that could not be answered is asked again. */
const AGAIN_MS = 1000

/** Resolves with the exit code: 0 only if the message came. */
export function runWait(
  client: Client,
  { matches, from, room, since, timeout, json }: Waiting,
  { output, errors }: Pick<StandardStreams, 'output' | 'errors'>,
): Promise<number> {
  const complain = (text: string): void => void errors.write(`rxchat: ${text}\n`)
  const key = from === null ? null : nameKey(from)
  const finder = since === null || 'after' in since ? null : new BeginningFinder(client, room, since)
  const reader = new RoomReader(client, room, look)
  let exit: number | null = null
  let hasBegun = false

  const isMeant = (event: Handed): boolean =>
    event.type === 'said' && matches(event.text) && (key === null || nameKey(event.from) === key)

  function look({ events }: Page): void {
    const found = exit === null ? events.find(isMeant) : undefined
    if (!found) return
    output.write(eventLines({ reply: found, replayed: false }, json, localTime))
    end(0)
  }

  function begin(after: number): void {
    hasBegun = true
    reader.begin(after)
    reader.next()
  }

  function found(beginning: Beginning, now: number): void {
    if (beginning.is === 'found') return begin(beginning.after ?? now)
    if (beginning.is === 'again') return void systemClock.alarm(AGAIN_MS, () => finder?.ask())
    fail(NOT_DONE, beginning.why)
  }

  function end(code: number): void {
    exit ??= code
    cancel()
    if (client.status$.value.state === 'online') return client.leave()
    // Nobody can be told. A client that is closed says nothing any more.
    client.close()
    ended()
  }

  let ended = (): void => {}

  const cancel =
    timeout === null ? () => {} : systemClock.alarm(timeout, () => fail(TIMED_OUT, 'nobody said it in time.'))
  function fail(code: number, why: string): void {
    if (exit === null) complain(flatten(why))
    end(code)
  }

  tellOutages(client, complain)
  watchRoom(client, room, how => fail(how.exit, how.message))
  let now = 0
  client.incoming$.subscribe(spoken => {
    if (spoken.reply.type === 'welcome') {
      now ||= spoken.reply.seq
      if (!hasBegun && finder) finder.ask()
      else if (!hasBegun) begin(since !== null && 'after' in since ? since.after : now)
    }
    reader.hear(spoken)
    if (hasBegun) reader.next()
  })
  client.outcome$.subscribe(outcome => {
    const beginning = finder?.settle(outcome)
    if (beginning) return found(beginning, now)
    if (!reader.settle(outcome)) return
    if (outcome.is === 'refused' && !ERRORS[outcome.code]?.retry) return fail(NOT_DONE, outcome.message)
    if (outcome.is === 'refused') complain(outcome.message)
    if (outcome.is === 'done') reader.next()
    else systemClock.alarm(AGAIN_MS, () => reader.next())
  })
  return new Promise(resolve => {
    ended = () => resolve(exit ?? INTERRUPTED)
    output.on('error', () => end(1))
    client.status$.subscribe(status => {
      if (status.state !== 'ended') return
      cancel()
      const { end: ending } = status
      if (exit === null && ending.by !== 'user') complain(ending.message)
      if (ending.exit !== 0) exit ??= ending.exit
      ended()
    })
  })
}
