/**
 * The client's side of a session, as a behaviour: dial, hello, numbered commands, pings, and after a lost connection
 * another attempt that resumes. Pure; connection.ts carries out its effects.
 */
import type { Dialled } from '../../port/dialer.ts'
import { hear } from './backfill/held-replies.ts'
import { ask } from './outbox/outbox.ts'
import { onRead, onTyping, sendReads } from './reads.ts'
import { hasLeft, hasUnanswered, lost, retry } from './reconnecting/reconnect.ts'
import { goTo, search } from './reconnecting/stalling.ts'
import { onReply } from './replies.ts'
import { advance, end, greeting } from './requests.ts'
import { onProved, onUnproved } from './signing-in.ts'
import { type Alarm, type Next, PING_MS, type Session, type SessionMessage, SILENCE_MS, WELCOME_MS } from './state.ts'

export function session(at: Session, heard: SessionMessage): Next {
  if (at.status.state === 'ended') return [at, []]
  switch (heard.type) {
    case 'start':
      return [at, [{ type: 'dial' }]]
    case 'ask': {
      const loggingOut = at.loggingOut || heard.asked.type === 'logout'
      return advance({ ...at, loggingOut, outbox: ask(at.outbox, heard.asked) }, heard.now)
    }
    case 'read':
      return onRead(at, heard.mark)
    case 'typing':
      return onTyping(at, heard.place, heard.now)
    case 'proved':
      return onProved(at, heard.proof, heard.now)
    case 'unproved':
      return onUnproved(at, heard.why, heard.now)
    case 'leave': {
      const leaving: Session = {
        ...at,
        leaving: at.leaving === 'said' ? 'said' : 'wished',
        reason: heard.reason ?? at.reason,
      }
      const isOffline = at.status.state !== 'online'
      return isOffline && hasLeft(leaving) ? end(leaving, { by: 'user', exit: 0 }) : advance(leaving, heard.now)
    }
    case 'retry':
      return retry(at)
    case 'found':
      return goTo(at, heard.address, heard.now)
    case 'wire':
      return onWire(at, heard.what, heard.now, heard.random)
    case 'reply': {
      const { reply, now, random } = heard
      const [hearing, told] = hear({ ...at, heardAt: now }, reply)
      if (told === 'repeated') return [hearing, []]
      const [after, effects] = onReply(hearing, reply, now, random)
      return [after, [...told, ...effects]]
    }
    case 'alarm':
      return onAlarm(at, heard.alarm, heard.now, heard.random)
  }
}

function onWire(at: Session, what: Dialled, now: number, random: number): Next {
  switch (what.type) {
    case 'opened': {
      const opened = { ...at, heardAt: now, tokenless: false, unproved: false, greeted: true }
      return [
        opened,
        [
          { type: 'send', object: greeting(opened) },
          { type: 'alarm', alarm: 'welcome', ms: WELCOME_MS },
        ],
      ]
    }
    case 'failed':
      return lost(at, what.reason, now, random)
    case 'refused':
      // A server that another one has named. The one that the user has named is still to be tried.
      if (at.roaming.at !== null) return lost(at, what.reason, now, random)
      return end(at, { by: 'network', message: what.reason, exit: hasUnanswered(at) ? 6 : 4 })
    case 'closed':
      return lost(at, 'the connection was lost', now, random)
    default:
      return [at, []]
  }
}

function onAlarm(at: Session, alarm: Alarm, now: number, random: number): Next {
  switch (alarm) {
    case 'retry':
      return retry(at)
    case 'pace':
      return advance(at, now)
    case 'reads':
      return sendReads(at, now)
    case 'search':
      return search(at, now, random)
    case 'welcome':
      if (at.status.state !== 'connecting' || at.proving || now - at.heardAt < WELCOME_MS) return [at, []]
      return lost(at, 'the server at that address does not speak the rxchat protocol', now, random)
    case 'ping': {
      if (at.status.state !== 'online') return [at, []]
      // Silence beyond the limit means a half-open connection. The client doesn't wait for its end.
      if (now - at.heardAt > SILENCE_MS) return lost(at, 'no answer from the server', now, random)
      return [
        at,
        [
          { type: 'send', object: { type: 'ping', id: now } },
          { type: 'alarm', alarm: 'ping', ms: PING_MS },
        ],
      ]
    }
  }
}
