/** What follows from what the server says. */
import type { Reply } from '../codec/native/reply.ts'
import { CLOSINGS, ERRORS } from '../model/error.ts'
import { abandonSent, doubt, postpone, renumber, settle } from './outbox.ts'
import { allowance } from './pace.ts'
import { advance, andAdvance, end, greeting, report } from './sending.ts'
import { type Deed, type Next, PING_MS, type Session } from './session-state.ts'
import type { Status } from './status.ts'

export function onReply(at: Session, reply: Reply, now: number): Next {
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
    case 'who':
    case 'history':
    case 'found': {
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
      return [upTo(at, reply.seq), [{ do: 'send', object: { type: 'pong' } }]]
    case 'pong':
      return [measured(upTo(at, reply.seq), reply.id, now), []]
    default:
      return [moved(at, reply), []]
  }
}

type Of<T extends Reply['type']> = Extract<Reply, { type: T }>
type Event = Exclude<
  Reply,
  { type: 'welcome' | 'ok' | 'rejected' | 'rooms' | 'who' | 'history' | 'found' | 'closed' | 'ping' | 'pong' }
>

/** Pings say how far the journal has come: all for us up to there has been received, also where nothing was for us. */
const upTo = (at: Session, seq: number): Session => ({ ...at, cursor: Math.max(at.cursor, seq) })

/** `id` is when we asked, in monotonic milliseconds. */
function measured(at: Session, id: unknown, now: number): Session {
  if (at.status.state !== 'online' || typeof id !== 'number') return at
  return { ...at, status: { ...at.status, roundTrip: Math.max(0, Math.round(now - id)) } }
}

/** The cursor moves past whole inputs only: past the last event of one, or when the next one begins. */
function moved(at: Session, event: Event): Session {
  const cursor = event.last === false ? event.seq - 1 : event.seq
  const renamed = event.type === 'renamed' && at.status.state === 'online' && at.status.name === event.from
  const status: Status = renamed && at.status.state === 'online' ? { ...at.status, name: event.to } : at.status
  return upTo({ ...at, status }, cursor)
}

function onWelcome(at: Session, welcome: Of<'welcome'>, now: number): Next {
  const { outbox, abandoned } = welcome.resumed ? { outbox: doubt(at.outbox), abandoned: [] } : abandonSent(at.outbox)
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
  const unknown = abandoned.flatMap(item => report(item, id => ({ id, is: 'unknown' })))
  const ping: Deed = { do: 'alarm', alarm: 'ping', ms: PING_MS }
  return andAdvance(online, [...unknown, ping], now)
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
  // It was refused before and its answer lost: now there is nothing that a second time could double.
  if (code === 'number-refused') return advance({ ...at, outbox: renumber(at.outbox, n) }, now)
  const { outbox, item } = settle(at.outbox, n)
  return andAdvance(
    { ...at, outbox },
    report(item, id => ({ id, is: 'refused', code, message })),
    now,
  )
}
