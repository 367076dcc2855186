/** The types of a client's session: its state, its messages and its effects. */
import { Map as IMap } from 'immutable'
import type { Reply, ReplyOf } from '../../codec/native/reply.ts'
import { CLOSINGS } from '../../model/closing.ts'
import type { ReadPlace, SignIn } from '../../model/command.ts'
import type { Dialled } from '../../port/dialer.ts'
import type { CatchingUp } from './backfill/backfill.ts'
import type { Incoming } from './incoming.ts'
import { type Asked, emptyOutbox, type Outbox } from './outbox/outbox.ts'
import { type Pace, unpaced } from './outbox/pace.ts'
import { type RememberedItems, recallItems, rememberItems } from './outbox/pending.ts'
import { atHome, type Roaming } from './reconnecting/roaming.ts'
import type { AskOutcome, Ending, Status } from './status.ts'

export type Wish = {
  /** Empty: a passkey tells the account. */
  readonly name: string
  /** Null: the rooms of the account, or the lobby. */
  readonly room: string | null
  /** Messages of history to get on joining a room; null: as many as the server gives. */
  readonly history?: number | null
  /** Whether to reconnect after a lost connection. */
  readonly reconnect: boolean
  /** Whether to keep trying if the first attempt fails. Default: as `reconnect`. */
  readonly insist?: boolean
  /** How long to try without a connection, in milliseconds. Default null: forever. */
  readonly patience?: number | null
  /**
   * How long to try again, in milliseconds, when a first hello finds its name taken, maybe by a former session of this user:
   * one that's `away`, or one that seems to be `here`. Bounded by `patience`. Default: not at all.
   */
  readonly awaitsName?: { readonly away: number; readonly here: number }
  /** For a server that requires one. */
  readonly password?: string | null
  /** Signs in to the account of this name. Default: a guest. */
  readonly account?: SignIn | null
  /**
   * Other ways to sign in, in order, null as a guest: a guest whose name is an account's tries the next one, and so does
   * a key that could not be proved here. A refused proof ends the session: no password is sent in its place.
   */
  readonly otherwise?: readonly (SignIn | null)[]
  /** Makes the name an account while entering. Default: no. */
  readonly register?: { readonly password?: string; readonly key?: string; readonly label?: string } | null
  /** The token of an invite. */
  readonly invite?: string | null
  /** Whether to fetch the messages of a gap; if not, only their number is shown. Default true. */
  readonly catchUp?: boolean
}

/** A place, read up to input `seq`. */
export type ReadMark = ReadPlace & { readonly seq: number }

export type Session = {
  readonly wish: Wish
  readonly status: Status
  readonly outbox: Outbox
  readonly pace: Pace
  /** The way in which a hello signs in. It follows the user's changes to the account, and is never stored. */
  readonly account: SignIn | null
  /** The other ways that are left to try. */
  readonly otherwise: readonly (SignIn | null)[]
  /** A challenge is being answered, which may take a person's time. */
  readonly proving: boolean
  /** The server has to refuse the empty proof before the next hello. */
  readonly unproved: boolean
  /** Whether the user has asked to be signed out. */
  readonly loggingOut: boolean
  /** Places that were read since the server was last told, by their keys. */
  readonly reads: IMap<string, ReadMark>
  /** The client's own secret, made before its first hello, so that it can repeat a hello whose answer was lost. */
  readonly token: string
  /** Whether this hello had no token, because the server refused an unknown one. */
  readonly tokenless: boolean
  /** The session that the numbers belong to, as the server calls it; empty before the first welcome. */
  readonly id: string
  /** The journal that the cursor belongs to; empty before the first welcome. */
  readonly epoch: string
  /** The last input that was received whole. */
  readonly cursor: number
  /** The last event of an input that was received in part. The server sends it again. */
  readonly part: { readonly seq: number; readonly i: number } | null
  /** Events up to here are replayed. */
  readonly replayedTo: number
  /** The input of the last welcome, whose rooms follow it. */
  readonly welcomedAt: number
  /** The input of the last welcome that the rooms of this session came with, as they were then. Infinity: none yet. */
  readonly roomsAt: number
  readonly catchingUp: CatchingUp | null
  /** The part of a gap that was read before the connection was lost; null: none. */
  readonly interrupted: CatchingUp | null
  /** The name, as the server last gave it. */
  readonly name: string
  /** Whether the server has ever let this client in. */
  readonly entered: boolean
  /** Whether it waits for its name, before it's let in. */
  readonly awaitingName: boolean
  /** `wished`: leave once every command is answered. `said`: the goodbye is sent. */
  readonly leaving: 'no' | 'wished' | 'said'
  /** The reason for leaving, which others see. */
  readonly reason: string | null
  /** Attempts since the session was last online. */
  readonly attempt: number
  /** The monotonic time when the connection was lost; null while there is one. */
  readonly lostAt: number | null
  /** The monotonic time of the last sign of life. */
  readonly heardAt: number
  /** The servers of the chat. */
  readonly roaming: Roaming
  /** A hello is sent, and has no answer yet. */
  readonly greeted: boolean
  /**
   * Hellos without an answer on connections that are gone, until some monotonic time. A server that was cut off may still
   * carry out one of these, and take the session away from the connection that it has now.
   */
  readonly abandoned: { readonly count: number; readonly until: number }
  /** Searches for another server since this one has said that it's cut off; null: it isn't. */
  readonly searches: number | null
}

/** `now` is monotonic time in milliseconds; `random` is in [0, 1). */
export type SessionMessage =
  | { readonly type: 'start' }
  | { readonly type: 'ask'; readonly asked: Asked; readonly now: number }
  | { readonly type: 'leave'; readonly reason?: string | null; readonly now: number }
  /** Connect now instead of waiting for the next attempt. */
  | { readonly type: 'retry' }
  | { readonly type: 'wire'; readonly what: Dialled; readonly now: number; readonly random: number }
  | {
      readonly type: 'reply'
      readonly reply: Reply
      readonly now: number
      readonly random: number
    }
  | { readonly type: 'read'; readonly mark: ReadMark; readonly now: number }
  | { readonly type: 'typing'; readonly place: ReadPlace; readonly now: number }
  | { readonly type: 'proved'; readonly proof: object; readonly now: number }
  /** The challenge can't be answered. */
  | { readonly type: 'unproved'; readonly why: string; readonly now: number }
  | { readonly type: 'alarm'; readonly alarm: Alarm; readonly now: number; readonly random: number }
  /** A server that isn't cut off; null: the one that the user has named. */
  | { readonly type: 'found'; readonly address: string | null; readonly now: number }

export type Alarm = 'retry' | 'pace' | 'ping' | 'welcome' | 'reads' | 'search'

export type SessionEffect =
  /** `address`: another server of the same chat. */
  | { readonly type: 'dial'; readonly address?: string }
  /** Looks for a server that isn't cut off. A null address is the server that the user has named. */
  | { readonly type: 'search'; readonly addresses: readonly (string | null)[] }
  | { readonly type: 'send'; readonly object: object }
  | {
      readonly type: 'prove'
      readonly challenge: ReplyOf<'challenge'>
      readonly name: string
      readonly account: SignIn | null
    }
  | { readonly type: 'hang-up' }
  | { readonly type: 'alarm'; readonly alarm: Alarm; readonly ms: number }
  | { readonly type: 'report'; readonly outcome: AskOutcome }
  | { readonly type: 'tell'; readonly spoken: Incoming }

export type Next = readonly [Session, readonly SessionEffect[]]

/** Milliseconds between pings, and the silence after which a connection is given up. */
export const PING_MS = 20_000
export const SILENCE_MS = 50_000
/** Milliseconds for which reads are gathered. The server gathers them for longer, before it stores them. */
export const READS_MS = 1000
/** How long the answer to hello may take, in milliseconds. The listener there may not be rxchat at all. */
export const WELCOME_MS = 10_000

/**
 * A session as plain data. With it, a page continues after a reload, and each of its commands is performed once. With
 * epoch '' and cursor 0, it gets its rooms and their latest messages again, as a page without messages needs.
 */
export type Remembered = RememberedItems & {
  readonly token: string
  readonly id: string
  readonly epoch: string
  readonly cursor: number
  readonly name: string
}

export const newSession = (wish: Wish, token: string): Session => ({
  ...{ wish, token, tokenless: false, name: wish.name, id: '' },
  status: { state: 'connecting', attempt: 0 },
  outbox: emptyOutbox,
  pace: unpaced,
  ...{ epoch: '', cursor: 0, part: null, replayedTo: 0, welcomedAt: 0, roomsAt: Number.POSITIVE_INFINITY },
  ...{ catchingUp: null, interrupted: null },
  ...{ entered: false, awaitingName: false, leaving: 'no', reason: null },
  ...{
    account: wish.account ?? null,
    otherwise: wish.otherwise ?? [],
    unproved: false,
    proving: false,
    loggingOut: false,
    reads: IMap<string, ReadMark>(),
  },
  ...{ attempt: 0, lostAt: null, heardAt: 0, roaming: atHome },
  ...{ greeted: false, abandoned: { count: 0, until: 0 }, searches: null },
})

export const rememberedSession = (wish: Wish, { token, id, epoch, cursor, name, ...items }: Remembered): Session => ({
  ...newSession(wish, token),
  ...{ id, epoch, cursor, name, entered: true, outbox: recallItems(items) },
})

/**
 * Whether the client has everything up to its cursor: the rooms that its last welcome came with, and the missed messages
 * of its last gap.
 */
export const isWhole = ({ cursor, roomsAt, catchingUp, interrupted }: Session): boolean =>
  cursor >= roomsAt && catchingUp === null && interrupted === null

/** The data with which another client resumes this session. Null if there is nothing to resume: the user left, or the server ended the session for good. */
export function remembered({ status, token, id, epoch, cursor, catchingUp, name, outbox }: Session): Remembered | null {
  if (status.state === 'ended' && isOver(status.end)) return null
  return { token, id, epoch, cursor: catchingUp?.from ?? cursor, name, ...rememberItems(outbox) }
}

/** A taken name can be replaced, and a server that is away may return. */
const isOver = (end: Ending): boolean => end.by === 'user' || (end.by === 'server' && end.code in CLOSINGS)
