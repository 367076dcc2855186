/**
 * The client's side of a session, as a behaviour: dial, hello, commands with their numbers, pings, and after a lost
 * connection another attempt that goes on where the last one stopped. Pure; connection.ts carries its effects out.
 */
import type { Reply } from '../codec/native/reply.ts'
import type { Dialled } from '../port/dialer.ts'
import { backoff } from './backoff.ts'
import { ask } from './outbox.ts'
import { onReply } from './replies.ts'
import { advance, end, greeting } from './sending.ts'
import { type Alarm, type Heard, type Next, PING_MS, type Session, SILENCE_MS, WELCOME_MS } from './session-state.ts'

export function session(at: Session, heard: Heard): Next {
  if (at.status.state === 'ended') return [at, []]
  switch (heard.type) {
    case 'start':
      return [at, [{ do: 'dial' }]]
    case 'ask':
      return advance({ ...at, outbox: ask(at.outbox, heard.asked) }, heard.now)
    case 'leave':
      return advance({ ...at, leaving: 'wished', reason: heard.reason ?? at.reason }, heard.now)
    case 'wire':
      return onWire(at, heard.what, heard.now, heard.random)
    case 'reply': {
      const { reply, line, now } = heard
      const [after, deeds] = onReply({ ...at, heardAt: now }, reply, now)
      return [after, [{ do: 'tell', spoken: { reply, line, replayed: isReplayed(reply, after.replayedTo) } }, ...deeds]]
    }
    case 'alarm':
      return onAlarm(at, heard.alarm, heard.now, heard.random)
  }
}

const isReplayed = (reply: Reply, to: number): boolean => 'at' in reply && reply.type !== 'welcome' && reply.seq <= to

function onWire(at: Session, what: Dialled, now: number, random: number): Next {
  switch (what.type) {
    case 'opened':
      return [
        { ...at, heardAt: now },
        [
          { do: 'send', object: greeting(at) },
          { do: 'alarm', alarm: 'welcome', ms: WELCOME_MS },
        ],
      ]
    case 'failed':
      return lost(at, what.reason, random)
    case 'closed':
      return lost(at, 'the connection was lost', random)
    default:
      return [at, []]
  }
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

function onAlarm(at: Session, alarm: Alarm, now: number, random: number): Next {
  switch (alarm) {
    case 'retry':
      if (at.status.state !== 'waiting') return [at, []]
      return [{ ...at, status: { state: 'connecting', attempt: at.attempt } }, [{ do: 'dial' }]]
    case 'pace':
      return advance(at, now)
    case 'welcome':
      if (at.status.state !== 'connecting' || now - at.heardAt < WELCOME_MS) return [at, []]
      return lost(at, 'what listens there does not answer as rxchat does', random)
    case 'ping': {
      if (at.status.state !== 'online') return [at, []]
      // Silence beyond the bound means a half-open connection: its end is not waited for.
      if (now - at.heardAt > SILENCE_MS) return lost(at, 'no answer from the server', random)
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
