/** The vocabulary of a client's session: how it stands, what it hears, and what is to be done about it. */
import type { Reply } from '../codec/native/reply.ts'
import type { Dialled } from '../port/dialer.ts'
import { type Asked, emptyOutbox, type Outbox } from './outbox.ts'
import { type Pace, unpaced } from './pace.ts'
import type { Outcome, Status } from './status.ts'

export type Wish = {
  readonly name: string
  readonly room: string
  /** Messages of the past that are to come with joining a room; null: as many as the server gives. */
  readonly history?: number | null
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
  /** What others are told about why. */
  readonly reason: string | null
  /** Attempts since the session was last online. */
  readonly attempt: number
  /** Monotonic time of the last sign of life. */
  readonly heardAt: number
}

/** `now` is monotonic time in milliseconds, `random` in [0, 1). */
export type Heard =
  | { readonly type: 'start' }
  | { readonly type: 'ask'; readonly asked: Asked; readonly now: number }
  | { readonly type: 'leave'; readonly reason?: string | null; readonly now: number }
  | { readonly type: 'wire'; readonly what: Dialled; readonly now: number; readonly random: number }
  | { readonly type: 'reply'; readonly reply: Reply; readonly line: string; readonly now: number }
  | { readonly type: 'alarm'; readonly alarm: Alarm; readonly now: number; readonly random: number }

export type Alarm = 'retry' | 'pace' | 'ping' | 'welcome'

export type Deed =
  | { readonly do: 'dial' }
  | { readonly do: 'send'; readonly object: object }
  | { readonly do: 'hang-up' }
  | { readonly do: 'alarm'; readonly alarm: Alarm; readonly ms: number }
  | { readonly do: 'report'; readonly outcome: Outcome }
  | { readonly do: 'tell'; readonly spoken: Spoken }

/** Something the server said. `replayed`: it happened while we were away; a bot does not answer it. */
export type Spoken = { readonly reply: Reply; readonly line: string; readonly replayed: boolean }

export type Next = readonly [Session, readonly Deed[]]

/** Milliseconds between pings, and of silence after which a connection is given up. */
export const PING_MS = 20_000
export const SILENCE_MS = 50_000
/** Milliseconds in which hello must be answered: what listens there may be no rxchat at all. */
export const WELCOME_MS = 10_000

export const newSession = (wish: Wish): Session => ({
  wish,
  status: { state: 'connecting', attempt: 0 },
  outbox: emptyOutbox,
  pace: unpaced,
  ticket: null,
  cursor: 0,
  replayedTo: 0,
  leaving: 'no',
  reason: null,
  attempt: 0,
  heardAt: 0,
})
