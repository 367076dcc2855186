/** The context of a connection: its effects get the server and the connection from it. */
import type { Outgoing } from '../../codec/codec.ts'
import type { Body, SessionId } from '../../model/input.ts'
import type { State } from '../../model/state.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import type { History } from '../../port/history.ts'
import type { PushSender } from '../../port/push-sender.ts'
import type { TrialOutcome, TrialRequest } from '../../port/rehearser.ts'
import type { Trusts } from '../../transport/trust.ts'
import type { Link, NameOf } from '../delivery/link.ts'
import type { SessionRegistry } from '../delivery/sessions.ts'
import type { Typing } from '../delivery/typing.ts'
import type { AuthenticationContext } from '../ingress/authentication/create.ts'
import type { AddressRates } from '../ingress/bounds/address-rates.ts'
import type { Admission } from '../ingress/bounds/admission.ts'
import type { Founders } from '../ingress/bounds/founders.ts'
import type { InviteGate } from '../ingress/invites.ts'
import type { PasswordGate } from '../ingress/password-gate.ts'
import type { Stamper } from '../ingress/stamp.ts'
import type { KeptTexts } from '../ingress/texts.ts'
import type { Note } from '../observe/notes.ts'
import type { ConnectionPolicy, Effect } from './state.ts'

/** A connection as the server sees it. */
export type RosterConnection = {
  /** Its client can go on at another server. */
  readonly resumes: boolean
  /** The server is about to stop. */
  readonly farewell: () => void
  /** A client that can resume goes on at another server. */
  readonly move: () => void
  /** A client that can't move hears that the server stops within so many milliseconds. */
  readonly closesWithin: (ms: number) => void
  /** The server is cut off, or not any more. */
  readonly stall: (over: boolean) => void
}

/** The server as a connection sees it. */
export type ServerContext = AuthenticationContext & {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly registry: SessionRegistry
  readonly admission: Admission
  readonly rates: AddressRates
  readonly founders: Founders
  /** All connections in the order in which they came. */
  readonly roster: Map<Link, RosterConnection>
  readonly policy: ConnectionPolicy
  readonly gate: PasswordGate
  /** An invite replaces the server's password. */
  readonly invites: InviteGate
  /** The proxies that are trusted to report a client's address. */
  readonly trusts: Trusts
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  readonly draft: Stamper
  readonly state: () => State
  readonly nameOf: NameOf
  readonly history: History
  readonly texts: KeptTexts
  /** Null: this server sends no notifications. */
  readonly pushes: Pick<PushSender, 'key' | 'forbids'> | null
  /** Tries a rule on the past, until the signal says that nobody waits for it. Never rejects. */
  readonly tries: (request: TrialRequest, signal: AbortSignal) => Promise<TrialOutcome>
  /**
   * Erases the text of this input from everything that is stored. If that fails, it rejects, and the failure is
   * reported.
   */
  readonly erase: (...targets: readonly number[]) => Promise<void>
  readonly typing: Typing
  /** How long an author may edit a message, in milliseconds; 0: not at all. */
  readonly editTime: number
  /** Calls `run` when no edit of this message waits to be shown; with false: the server closes before. */
  readonly shown: (target: number, run: (isShown: boolean) => void) => void
  /** Calls `run` when all inputs so far have been folded. */
  readonly settled: (run: () => void) => void
  /** The same for answers without an input. While the server is cut off, it calls back at once. */
  readonly inTurn: (run: () => void) => void
  /** Submits an input for a session whose connection may be gone by then. */
  readonly submitFor: (session: SessionId, body: Body) => void
  /** Other servers of the same chat: `HOST:PORT`. */
  readonly elsewhere: (session: SessionId) => readonly string[]
  readonly isCutOff: () => boolean
  readonly report: (error: unknown) => void
  readonly note: (note: Note) => void
}

/** One connection, for the code that carries out its effects. */
export type ConnectionContext = {
  readonly server: ServerContext
  readonly link: Link
  /** The connection's id until it has a session; a session that begins here gets the same id. */
  readonly via: SessionId
  readonly submit: (session: SessionId, n: number | null, body: Body, text: string | null) => void
  /** Carries the effect out, now or when those before it are done. */
  readonly attempt: (effect: Effect) => void
  /** Sends it at once, even if other work is under way. */
  readonly tell: (outgoing: Outgoing) => void
  /** The peer was asked for a secret or a proof, and gets so many more milliseconds to have a session. */
  readonly extend: (ms: number) => void
}
