/** The server as one of its connections sees it, and one connection as its deeds see it. */
import type { Observable } from 'rxjs'
import type { Outgoing } from '../codec/codec.ts'
import type { Body, SessionId } from '../model/input.ts'
import type { State } from '../model/state.ts'
import type { Clock } from '../port/clock.ts'
import type { Entropy } from '../port/entropy.ts'
import type { History } from '../port/history.ts'
import type { Trusts } from '../transport/trust.ts'
import type { AddressRates } from './address-rates.ts'
import type { Admission } from './admission.ts'
import type { Founders } from './founders.ts'
import type { Gate } from './gate.ts'
import type { Link } from './link.ts'
import type { Note } from './note.ts'
import type { Seats } from './seat.ts'
import type { Stamper } from './stamp.ts'
import type { Manners } from './talk/conversation.ts'

/** What a connection needs of the server around it. */
export type House = {
  readonly clock: Clock
  readonly entropy: Entropy
  readonly seats: Seats
  readonly admission: Admission
  readonly rates: AddressRates
  readonly founders: Founders
  /** All connections, for the host's eyes. */
  readonly roster: Set<Link>
  readonly manners: Manners
  readonly gate: Gate
  /** Whose word about an address is taken. */
  readonly trusts: Trusts
  /** Milliseconds that a lost session keeps its place. */
  readonly grace: number
  readonly draft: Stamper
  readonly state: () => State
  readonly history: History
  /** Takes the text of this input out of everything that is stored. Rejects if it could not; the host is told. */
  readonly erase: (target: number) => Promise<void>
  /** Calls `run` when all inputs so far have been folded. */
  readonly settled: (run: () => void) => void
  /** The server is about to stop. */
  readonly closing$: Observable<void>
  readonly report: (error: unknown) => void
  readonly note: (note: Note) => void
}

/** One connection, for those who carry out its deeds. */
export type Guest = {
  readonly house: House
  readonly link: Link
  /** What it goes by until it has a session, and what a session that begins here is called. */
  readonly via: SessionId
  readonly submit: (session: SessionId, n: number | null, body: Body, text: string | null) => void
  /** Tells it at once, whatever else is under way. */
  readonly tell: (outgoing: Outgoing) => void
}
