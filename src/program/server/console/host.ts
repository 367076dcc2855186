/** What the host's commands need, at either console. */
import type { PastTold } from '../../../codec/past-lines.ts'
import type { State } from '../../../model/state.ts'
import type { Server } from '../../../server/server.ts'

export type Host = {
  readonly server: Server
  readonly state: () => State
  readonly print: (line: string) => void
  /** Shows lines that need the full width; `lines` gets it, in columns. */
  readonly showWide: (lines: (columns: number) => readonly string[]) => void
  /** Shows the results of a search. */
  readonly showFound: (found: PastTold) => void
  /** `what` says whose secret it is. */
  readonly showSecret: (what: string, secret: string) => void
  readonly timeOfDay: (at: number) => string
  /** Formats times of the past, with the day if it isn't today. */
  readonly stamp: (at: number) => string
  /** Wall time, milliseconds since the epoch. */
  readonly now: () => number
  readonly startedAt: number
  /** Messages since the start. */
  readonly said: () => number
  /** How to join, one line each, to copy. */
  readonly addresses: () => readonly string[]
  /** Shows a QR code of the address. */
  readonly showCode: () => void
  /** Stops the server. */
  readonly exit: () => void
}
