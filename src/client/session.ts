/**
 * The client's side of a session, as a behaviour: dial, hello, commands with their numbers, pings, and after a lost
 * connection another attempt that goes on where the last one stopped. Pure; connection.ts carries its effects out.
 */
import type { Reply } from '../codec/native/reply.ts'
import { CLOSINGS, ERRORS } from '../model/error.ts'
import type { Dialled } from '../port/dialer.ts'
import { backoff } from './backoff.ts'
import {
  type Asked,
  abandonSent,
  ask,
  emptyOutbox,
  type Item,
  type Outbox,
  postpone,
  sendNext,
  sent,
  settle,
  toRequest,
} from './outbox.ts'
import { allowance, type Pace, unpaced } from './pace.ts'
import type { Ending, Outcome, Status } from './status.ts'

export type Wish = {
  readonly name: string
  readonly room: string
  /** Whether to come back after the connection was lost, and to keep trying when the server is not there yet. */
  readonly reconnect: boolean
}

type Ticket = { readonly token: string; readonly epoch: string }

export type Session = {
  readonly wish: Wish
  readonly status: Status
  readonly outbox: Outbox
  readonly pace: Pace
  /** What resumes the session; null before the first welcome. */
  readonly ticket: Ticket | null
  /** The last input received whole. */
  readonly cursor: number
  /** Events up to here are replayed. */
  readonly replayedTo: number
  /** `wished`: to leave when all that was said is acknowledged. `said`: goodbye is on its way. */
  readonly leaving: 'no' | 'wished' | 'said'
  /** Attempts since the session was last online. */
  readonly attempt: number
  /** Monotonic time of the last sign of life. */
  readonly heardAt: number
}

/** `now` is monotonic time in milliseconds, `random` in [0, 1). */
export type Heard =
  | { readonly type: 'start' }
  | { readonly type: 'ask'; readonly asked: Asked; readonly now: number }
  | { readonly type: 'leave'; readonly now: number }
  | { readonly type: 'wire'; readonly what: Dialled; readonly now: number; readonly random: number }
  | { readonly type: 'reply'; readonly reply: Reply; readonly line: string; readonly now: number }
  | { readonly type: 'alarm'; readonly alarm: Alarm; readonly now: number; readonly random: number }

export type Alarm = 'retry' | 'pace' | 'ping'

export type Deed =
  | { readonly do: 'dial' }
  | { readonly do: 'send'; readonly object: object }
  | { readonly do: 'hang-up' }
  | { readonly do: 'alarm'; readonly alarm: Alarm; readonly ms: number }
  | { readonly do: 'report'; readonly outcome: Outcome }
  | { readonly do: 'tell'; readonly spoken: Spoken }

/** Something the server said. `replayed`: it happened while we were away; a bot does not answer it. */
export type Spoken = { readonly reply: Reply; readonly line: string; readonly replayed: boolean }

type Next = readonly [Session, readonly Deed[]]

/** Milliseconds between pings, and of silence after which a connection is given up. */
export const PING_MS = 20_000
export const SILENCE_MS = 50_000

export const newSession = (wish: Wish): Session => ({
  wish,
  status: { state: 'connecting', attempt: 0 },
  outbox: emptyOutbox,
  pace: unpaced,
  ticket: null,
  cursor: 0,
  replayedTo: 0,
  leaving: 'no',
  attempt: 0,
  heardAt: 0,
})

export function session(at: Session, heard: Heard): Next {
  if (at.status.state === 'ended') return [at, []]
  switch (heard.type) {
    case 'start':
      return [at, [{ do: 'dial' }]]
    case 'ask':
      return advance({ ...at, outbox: ask(at.outbox, heard.asked) }, heard.now)
    case 'leave':
      return advance({ ...at, leaving: 'wished' }, heard.now)
    case 'wire':
      return onWire(at, heard.what, heard.random)
    case 'reply': {
      const { reply, line, now } = heard
      const [after, deeds] = onReply({ ...at, heardAt: now }, reply, now)
      return [after, [{ do: 'tell', spoken: { reply, line, replayed: isReplayed(reply, after.replayedTo) } }, ...deeds]]
    }
    case 'alarm':
      return onAlarm(at, heard.alarm, heard.now)
  }
}

const isReplayed = (reply: Reply, to: number): boolean => 'at' in reply && reply.type !== 'welcome' && reply.seq <= to

function onWire(at: Session, what: Dialled, random: number): Next {
  switch (what.type) {
    case 'opened':
      return [at, [{ do: 'send', object: greeting(at) }]]
    case 'failed':
      return lost(at, what.reason, random)
    case 'closed':
      return lost(at, 'the connection was lost', random)
    default:
      return [at, []]
  }
}

function greeting({ wish, ticket, cursor }: Session): object {
  if (ticket) return { type: 'hello', token: ticket.token, epoch: ticket.epoch, cursor }
  return { type: 'hello', name: wish.name, room: wish.room }
}

function lost(at: Session, why: string, random: number): Next {
  if (at.leaving === 'said') return end(at, { by: 'user', exit: 0 })
  if (!at.wish.reconnect) {
    return end(at, { by: 'network', message: why, exit: at.ticket && at.outbox.items.length > 0 ? 6 : 3 })
  }
  const ms = backoff(at.attempt, random)
  const attempt = at.attempt + 1
  return [
    { ...at, attempt, status: { state: 'waiting', ms, attempt, why } },
    [{ do: 'hang-up' }, { do: 'alarm', alarm: 'retry', ms }],
  ]
}

function onAlarm(at: Session, alarm: Alarm, now: number): Next {
  switch (alarm) {
    case 'retry':
      if (at.status.state !== 'waiting') return [at, []]
      return [{ ...at, status: { state: 'connecting', attempt: at.attempt } }, [{ do: 'dial' }]]
    case 'pace':
      return advance(at, now)
    case 'ping': {
      if (at.status.state !== 'online') return [at, []]
      // Silence beyond the bound means a half-open connection: its end is not waited for.
      if (now - at.heardAt > SILENCE_MS) return lost(at, 'no answer from the server', 0.5)
      return [
        at,
        [
          { do: 'send', object: { type: 'ping', id: now } },
          { do: 'alarm', alarm: 'ping', ms: PING_MS },
        ],
      ]
    }
  }
}

function onReply(at: Session, reply: Reply, now: number): Next {
  switch (reply.type) {
    case 'welcome':
      return onWelcome(at, reply, now)
    case 'ok': {
      const { outbox, item } = settle(at.outbox, reply.n)
      return andAdvance(
        { ...at, outbox },
        report(item, id => ({ id, is: 'done', seq: reply.seq })),
        now,
      )
    }
    case 'rejected':
      return onRejected(at, reply, now)
    case 'rooms':
    case 'who': {
      const { outbox, item } =
        reply.n === undefined ? { outbox: at.outbox, item: undefined } : settle(at.outbox, reply.n)
      return andAdvance(
        { ...at, outbox },
        report(item, id => ({ id, is: 'done', seq: at.cursor })),
        now,
      )
    }
    case 'closed': {
      const { code, message, reconnect } = reply
      if (reconnect && at.wish.reconnect) return [at, []]
      const unanswered = at.outbox.items.length > 0 && code !== 'kicked'
      return end(at, { by: 'server', code, message, exit: unanswered ? 6 : CLOSINGS[code].exit })
    }
    case 'ping':
      return [at, [{ do: 'send', object: { type: 'pong' } }]]
    case 'pong':
      if (at.status.state !== 'online' || typeof reply.id !== 'number') return [at, []]
      return [{ ...at, status: { ...at.status, roundTrip: Math.max(0, Math.round(now - reply.id)) } }, []]
    default:
      return [moved(at, reply), []]
  }
}

type Of<T extends Reply['type']> = Extract<Reply, { type: T }>
type Event = Exclude<Reply, { type: 'welcome' | 'ok' | 'rejected' | 'rooms' | 'who' | 'closed' | 'ping' | 'pong' }>

/** The cursor moves past whole inputs only: past the last event of one, or when the next one begins. */
function moved(at: Session, event: Event): Session {
  const cursor = event.last === false ? event.seq - 1 : event.seq
  const renamed = event.type === 'renamed' && at.status.state === 'online' && at.status.name === event.from
  const status: Status = renamed && at.status.state === 'online' ? { ...at.status, name: event.to } : at.status
  return { ...at, status, cursor: Math.max(at.cursor, cursor) }
}

function onWelcome(at: Session, welcome: Of<'welcome'>, now: number): Next {
  const { outbox, abandoned } = welcome.resumed ? { outbox: at.outbox, abandoned: [] } : abandonSent(at.outbox)
  const token = welcome.token ?? at.ticket?.token
  const online: Session = {
    ...at,
    outbox,
    ticket: token === undefined ? null : { token, epoch: welcome.epoch },
    cursor: welcome.resumed && !welcome.gap ? at.cursor : welcome.seq,
    replayedTo: welcome.resumed ? welcome.seq : 0,
    pace: allowance(welcome.rate, now),
    attempt: 0,
    status: { state: 'online', name: welcome.name, roundTrip: null },
  }
  const again = sent(outbox).map(item => ({ do: 'send', object: toRequest(item) }) as const)
  const unknown = abandoned.flatMap(item => report(item, id => ({ id, is: 'unknown' })))
  const ping: Deed = { do: 'alarm', alarm: 'ping', ms: PING_MS }
  return andAdvance(online, [...unknown, ...again, ping], now)
}

function onRejected(at: Session, rejected: Of<'rejected'>, now: number): Next {
  const { n, code, message } = rejected
  if (at.status.state === 'connecting') {
    if (code === 'session-unknown') {
      const anew = { ...at, ticket: null }
      return [anew, [{ do: 'send', object: greeting(anew) }]]
    }
    return end(at, { by: 'server', code, message, exit: ERRORS[code]?.exit ?? 4 })
  }
  if (n === undefined) return [at, []]
  if (code === 'slow-down')
    return [{ ...at, outbox: postpone(at.outbox, n) }, [{ do: 'alarm', alarm: 'pace', ms: 1000 }]]
  const { outbox, item } = settle(at.outbox, n)
  return andAdvance(
    { ...at, outbox },
    report(item, id => ({ id, is: 'refused', code, message })),
    now,
  )
}

function report(item: Item | undefined, outcome: (id: number) => Outcome): readonly Deed[] {
  return item ? [{ do: 'report', outcome: outcome(item.id) }] : []
}

function andAdvance(at: Session, deeds: readonly Deed[], now: number): Next {
  const [after, more] = advance(at, now)
  return [after, [...deeds, ...more]]
}

/** Sends what may be sent now, and leaves if that was wished and nothing is left to be answered. */
function advance(at: Session, now: number): Next {
  if (at.status.state !== 'online') return [at, []]
  const deeds: Deed[] = []
  let { outbox, pace } = at
  for (let next = sendNext(outbox); next; next = sendNext(outbox)) {
    const taken = pace.take(now)
    if (taken.waitMs > 0) {
      deeds.push({ do: 'alarm', alarm: 'pace', ms: taken.waitMs })
      break
    }
    pace = taken.pace
    outbox = next.outbox
    deeds.push({ do: 'send', object: toRequest(next.item) })
  }
  const left = at.leaving === 'wished' && outbox.items.length === 0
  if (left) deeds.push({ do: 'send', object: { type: 'bye' } })
  return [{ ...at, outbox, pace, leaving: left ? 'said' : at.leaving }, deeds]
}

function end(at: Session, ending: Ending): Next {
  return [{ ...at, status: { state: 'ended', end: ending } }, [{ do: 'hang-up' }]]
}
