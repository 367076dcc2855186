/** The consequences of each reply of the server. */
import { Map as IMap } from 'immutable'
import type { Reply, ReplyOf } from '../../codec/native/reply.ts'
import { CHAT_ERRORS, type ChatErrorCode } from '../../model/chat-errors.ts'
import { CLOSINGS } from '../../model/closing.ts'
import type { ErrorCode } from '../../model/error.ts'
import { flatten } from '../../model/text.ts'
import { catchingUp, goingOn, withoutPage, withPage } from './backfill/backfill.ts'
import { allListed, GAP_MARK, pursue } from './backfill/backfill-steps.ts'
import type { EventReply } from './backfill/held-replies.ts'
import { abandonSent, type Item, loginIn, postpone, renumber, settle } from './outbox/outbox.ts'
import { allowance } from './outbox/pace.ts'
import { awaitName, comesBack, hasUnanswered, lost, takenBack } from './reconnecting/reconnect.ts'
import { onStalled } from './reconnecting/stalling.ts'
import { advance, andAdvance, end, greeting, report } from './requests.ts'
import { isOwnLogout, loginRefused, onChallenge, otherwise, registeredIn, signedIn } from './signing-in.ts'
import { type Next, PING_MS, READS_MS, type Session, type SessionEffect } from './state.ts'

export function onReply(at: Session, reply: Reply, now: number, random: number): Next {
  switch (reply.type) {
    case 'welcome':
      return onWelcome(at, reply, now)
    case 'ok':
      return answered(at, reply, reply.seq, now)
    case 'rejected':
      return onRejected(at, reply, now, random)
    case 'history': {
      const item = reply.n === undefined ? undefined : settle(at.outbox, reply.n).item
      const isOurs = item?.id === null && at.catchingUp
      const heard = isOurs ? { ...at, catchingUp: withPage(isOurs, reply) } : at
      return answered(heard, reply, at.cursor, now)
    }
    case 'challenge':
      return reply.n === undefined ? onChallenge(at, reply) : answered(at, reply, at.cursor, now)
    case 'conversations':
      if (reply.n === undefined) return [upTo(at, reply.seq), []]
      return answered(at, reply, at.cursor, now)
    case 'rooms':
    case 'cursors':
    case 'who':
    case 'found':
    case 'devices':
    case 'account':
    case 'list':
    case 'tried':
    case 'messages':
    case 'pins':
    case 'reactions':
    case 'output':
    case 'questions':
      return answered(at, reply, at.cursor, now)
    case 'typing':
    case 'growing':
      return [at, []]
    case 'closed': {
      const { code, message, reconnect } = reply
      if (isOwnLogout(at, reply)) return end(at, { by: 'server', code, message, exit: 0 })
      const back = code === 'replaced' ? takenBack(at, flatten(message), now, random) : null
      if (back) return back
      if (reconnect && comesBack(at)) return lost(knowing(at, reply.nodes), flatten(message), now, random)
      // After a kick or a ban, unanswered commands aren't the error.
      const isOut = code === 'kicked' || code === 'banned'
      const exit = hasUnanswered(at) && !isOut ? 6 : (CLOSINGS[code]?.exit ?? 3)
      return end(at, { by: 'server', code, message, exit })
    }
    case 'stalled':
      return onStalled(at, reply.over === true, now, random)
    case 'ping':
      return [upTo(at, reply.seq), [{ type: 'send', object: { type: 'pong' } }]]
    case 'pong': {
      const heard = measured(upTo(at, reply.seq), reply.id, now)
      return reply.id === GAP_MARK ? pursue(allListed(heard), [], now) : [heard, []]
    }
    default:
      return [moved(at, reply), []]
  }
}

/** The servers of the chat, if this one has named others. */
const knowing = (at: Session, nodes: readonly string[] | undefined): Session =>
  nodes === undefined ? at : { ...at, roaming: { ...at.roaming, nodes } }

type Answer = ReplyOf<
  | 'ok'
  | 'history'
  | 'rooms'
  | 'cursors'
  | 'who'
  | 'found'
  | 'devices'
  | 'account'
  | 'list'
  | 'tried'
  | 'messages'
  | 'pins'
  | 'reactions'
  | 'output'
  | 'questions'
  | 'conversations'
  | 'challenge'
>

function answered(at: Session, reply: Answer, seq: number, now: number): Next {
  const { n } = reply
  const { outbox, item } = n === undefined ? { outbox: at.outbox, item: undefined } : settle(at.outbox, n)
  return pursue(
    signedIn({ ...at, outbox }, reply.type === 'ok' ? item : undefined),
    report(item, id => ({ id, is: 'done', seq, reply })),
    now,
  )
}

/** A ping says how far the journal has come. Everything for this session up to there has been received. */
const upTo = (at: Session, seq: number): Session => ({ ...at, cursor: Math.max(at.cursor, seq) })

/** `id` is the time of the ping, in monotonic milliseconds. */
function measured(at: Session, id: unknown, now: number): Session {
  if (at.status.state !== 'online' || typeof id !== 'number') return at
  return { ...at, status: { ...at.status, roundTrip: Math.max(0, Math.round(now - id)) } }
}

/** The input of a welcome that several rooms follow. From a server without unread counts, only a resumed one. */
const lastRoomsOf = ({ replayedTo, welcomedAt }: Session, { unread }: ReplyOf<'room'>): number =>
  unread === undefined ? replayedTo : welcomedAt

/** The cursor moves past whole inputs only: at the last event of one, or when the next one begins. */
function moved(at: Session, event: EventReply): Session {
  const isPart = event.last === false
  const part = isPart ? { seq: event.seq, i: event.i ?? 0 } : null
  // The welcome has already given the name that holds after all replayed events.
  const isOwn = event.type === 'renamed' && event.from === at.name && event.seq > at.replayedTo
  const name = isOwn ? event.to : at.name
  const status = at.status.state === 'online' ? { ...at.status, name } : at.status
  // The event after the last of several rooms marks it: the list of conversations, or another input.
  const isOneOfSeveral = isPart || (event.type === 'room' && event.seq === lastRoomsOf(at, event))
  return upTo({ ...at, part, name, status }, isOneOfSeveral ? event.seq - 1 : event.seq)
}

/** A login is answered by a welcome: another session begins on the same connection. */
function onWelcome(before: Session, welcome: ReplyOf<'welcome'>, now: number): Next {
  const login = loginIn(before.outbox)
  return login ? onLogin(before, login, welcome, now) : begin(registeredIn(before, welcome), welcome, now)
}

function onLogin(at: Session, login: Item, welcome: ReplyOf<'welcome'>, now: number): Next {
  const { outbox } = settle(at.outbox, login.n ?? 0)
  const guest: Session = { ...at, outbox, id: '', epoch: '', cursor: 0, interrupted: null, reads: IMap() }
  const wish = { ...at.wish, room: null, name: welcome.name }
  const [next, effects] = begin(signedIn({ ...guest, wish }, login), { ...welcome, resumed: false }, now)
  const done = report(login, id => ({ id, is: 'done', seq: welcome.seq, reply: welcome }))
  return [next, [...done, ...effects]]
}

function begin(at: Session, welcome: ReplyOf<'welcome'>, now: number): Next {
  const { seq, epoch, name, resumed } = welcome
  const hasGap = resumed && welcome.gap
  // The session may differ from the one in which the commands were sent: it may have begun on a lost connection.
  const isSame = resumed && (at.id === '' || at.id === welcome.session)
  const { outbox, abandoned } = isSame ? { outbox: at.outbox, abandoned: [] } : abandonSent(at.outbox)
  // The size of a gap is known only if the cursor is of this journal.
  const isCounted = hasGap && epoch === at.epoch
  const online: Session = {
    ...at,
    ...{
      outbox,
      name,
      epoch,
      id: welcome.session,
      tokenless: false,
      proving: false,
      token: welcome.token ?? at.token,
      entered: true,
    },
    // The input of this hello is complete only when its rooms have arrived.
    ...{ cursor: resumed && !hasGap ? at.cursor : seq - 1, part: resumed && !hasGap ? at.part : null },
    replayedTo: resumed ? seq : 0,
    welcomedAt: seq,
    roomsAt: resumed && !hasGap ? at.roomsAt : seq,
    catchingUp: isCounted ? goingOn(at.interrupted ?? catchingUp(at.cursor, seq), seq) : null,
    interrupted: null,
    pace: allowance(welcome.rate, now),
    roaming: { ...at.roaming, nodes: welcome.nodes ?? [] },
    ...{ greeted: false, searches: null },
    ...{ attempt: 0, lostAt: null, status: { state: 'online', name, roundTrip: null } },
  }
  const unknown = abandoned.flatMap(item => report(item, id => ({ id, is: 'unknown', asked: item.asked })))
  const ping: SessionEffect = { type: 'alarm', alarm: 'ping', ms: PING_MS }
  const reads: readonly SessionEffect[] = at.reads.size > 0 ? [{ type: 'alarm', alarm: 'reads', ms: READS_MS }] : []
  const mark: readonly SessionEffect[] = hasGap ? [{ type: 'send', object: { type: 'ping', id: GAP_MARK } }] : []
  return andAdvance(online, [...unknown, ping, ...reads, ...mark], now)
}

/** Temporary trouble of the server. A client that was in before waits until it passes. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['server-full', 'too-many-from-address', 'address-too-fast', 'storage', 'busy', 'credential-wait'] as const),
])

function onRejected(at: Session, rejected: ReplyOf<'rejected'>, now: number, random: number): Next {
  const { n, code, message, until } = rejected
  if (at.status.state === 'connecting') {
    if (code === 'session-unknown' && !at.tokenless) {
      const anew = { ...at, tokenless: true }
      return [anew, [{ type: 'send', object: greeting(anew) }]]
    }
    const next = otherwise(at, code) ?? awaitName(at, rejected, now, random)
    if (next) return next
    if (PASSING.has(code) && (at.entered || at.awaitingName) && comesBack(at)) return lost(at, message, now, random)
    return end(at, { by: 'server', code, message, exit: hasUnanswered(at) ? 6 : exitOf(code) })
  }
  const login = loginIn(at.outbox)
  if (login && code !== 'slow-down' && (n === undefined || n === login.n)) return loginRefused(at, rejected, now)
  // The server couldn't store the goodbye. Every command is answered, and a lost link ends the session anyway.
  if (n === undefined) return at.leaving === 'said' ? end(at, { by: 'user', exit: 0 }) : [at, []]
  if (code === 'slow-down')
    return [{ ...at, outbox: postpone(at.outbox, n) }, [{ type: 'alarm', alarm: 'pace', ms: 1000 }]]
  // It was refused before and the answer was lost. So it wasn't performed, and sending it again is safe.
  if (code === 'number-refused') return advance({ ...at, outbox: renumber(at.outbox, n) }, now)
  const { outbox, item } = settle(at.outbox, n)
  const loggingOut = at.loggingOut && item?.asked.type !== 'logout'
  const isOurs = item?.id === null && item.asked.type === 'history' && at.catchingUp
  const heard = isOurs ? { ...at, catchingUp: withoutPage(isOurs, roomOf(item.asked)) } : at
  return pursue(
    { ...heard, outbox, loggingOut },
    report(item, id =>
      code === 'number-forgotten' && item
        ? { id, is: 'unknown', asked: item.asked }
        : { id, is: 'refused', code, message, ...(until === undefined ? {} : { until }) },
    ),
    now,
  )
}

const roomOf = ({ room }: { readonly room: string | null }): string | null => room

/** The exit code after a refused hello. Codes that only the server knows are final refusals. */
const exitOf = (code: ErrorCode): number =>
  Object.hasOwn(CHAT_ERRORS, code) ? CHAT_ERRORS[code as ChatErrorCode].exit : 4
