/** The vocabulary of a client's session: how it stands, what it hears, and what is to be done about it. */
import type { Reply } from '../codec/native/reply.ts'
import type { Dialled } from '../port/dialer.ts'
import type { CatchingUp } from './catching-up.ts'
import { type Asked, emptyOutbox, type Outbox } from './outbox.ts'
import { type Pace, unpaced } from './pace.ts'
import { type RememberedItems, recallItems } from './pending.ts'
import type { Spoken } from './spoken.ts'
import type { Outcome, Status } from './status.ts'

export type Wish = {
  readonly name: string
  readonly room: string
  /** Messages of the past that are to come with joining a room; null: as many as the server gives. */
  readonly history?: number | null
  /** Whether to come back after the connection was lost. */
  readonly reconnect: boolean
  /** Whether to keep trying also when the server is not there at first. Default: as `reconnect`. */
  readonly insist?: boolean
  /** Milliseconds without a connection after which to give up. Default null: never. */
  readonly patience?: number | null
  /** For a server that asks for one. */
  readonly password?: string | null
  /** Whether what was said during a gap is wanted; if not, only its size is told. Default true. */
  readonly catchUp?: boolean
}

export type Session = {
  readonly wish: Wish
  readonly status: Status
  readonly outbox: Outbox
  readonly pace: Pace
  /** The client's own secret, made before its first hello: so a hello whose answer was lost can be said once more. */
  readonly token: string
  /** Whether this hello went without the token: to a server that does not take one from us. */
  readonly tokenless: boolean
  /** The session to which the numbers belong, as the server calls it; empty before the first welcome. */
  readonly id: string
  /** The journal to which the cursor belongs; empty before the first welcome. */
  readonly epoch: string
  /** The last input received whole. */
  readonly cursor: number
  /** The last event of an input that was received in part: it comes once more. */
  readonly part: { readonly seq: number; readonly i: number } | null
  /** Events up to here are replayed. */
  readonly replayedTo: number
  readonly catchingUp: CatchingUp | null
  /** What was read of a gap when the connection was lost; null: nothing. */
  readonly interrupted: CatchingUp | null
  /** As the server last called us. */
  readonly name: string
  /** Whether we have ever been in. */
  readonly entered: boolean
  /** `wished`: to leave when all that was said is acknowledged. `said`: goodbye is on its way. */
  readonly leaving: 'no' | 'wished' | 'said'
  /** What others are told about why. */
  readonly reason: string | null
  /** Attempts since the session was last online. */
  readonly attempt: number
  /** Monotonic time at which the connection was lost; null while there is one. */
  readonly lostAt: number | null
  /** Monotonic time of the last sign of life. */
  readonly heardAt: number
}

/** `now` is monotonic time in milliseconds, `random` in [0, 1). */
export type Heard =
  | { readonly type: 'start' }
  | { readonly type: 'ask'; readonly asked: Asked; readonly now: number }
  | { readonly type: 'leave'; readonly reason?: string | null; readonly now: number }
  /** Not to wait any longer before the next attempt. */
  | { readonly type: 'retry' }
  | { readonly type: 'wire'; readonly what: Dialled; readonly now: number; readonly random: number }
  | {
      readonly type: 'reply'
      readonly reply: Reply
      readonly now: number
      readonly random: number
    }
  | { readonly type: 'alarm'; readonly alarm: Alarm; readonly now: number; readonly random: number }

export type Alarm = 'retry' | 'pace' | 'ping' | 'welcome'

export type Deed =
  | { readonly do: 'dial' }
  | { readonly do: 'send'; readonly object: object }
  | { readonly do: 'hang-up' }
  | { readonly do: 'alarm'; readonly alarm: Alarm; readonly ms: number }
  | { readonly do: 'report'; readonly outcome: Outcome }
  | { readonly do: 'tell'; readonly spoken: Spoken }

export type Next = readonly [Session, readonly Deed[]]

/** Milliseconds between pings, and of silence after which a connection is given up. */
export const PING_MS = 20_000
export const SILENCE_MS = 50_000
/** Milliseconds in which hello must be answered: what listens there may be no rxchat at all. */
export const WELCOME_MS = 10_000

/**
 * A session as plain data: with it a page goes on after a reload, and what it had said is performed once. With epoch ''
 * and cursor 0 it gets its rooms and their latest messages anew, as a page needs them that has nothing to show any more.
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
  ...{ epoch: '', cursor: 0, part: null, replayedTo: 0, catchingUp: null, interrupted: null },
  ...{ entered: false, leaving: 'no', reason: null },
  ...{ attempt: 0, lostAt: null, heardAt: 0 },
})

export const rememberedSession = (wish: Wish, { token, id, epoch, cursor, name, ...items }: Remembered): Session => ({
  ...newSession(wish, token),
  ...{ id, epoch, cursor, name, entered: true, outbox: recallItems(items) },
})
