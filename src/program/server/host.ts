/** What the host's commands work with, at whichever console. */
import type { PastTold } from '../../codec/past-lines.ts'
import type { State } from '../../model/state.ts'
import type { Server } from '../../server/server.ts'

export type Host = {
  readonly server: Server
  readonly state: () => State
  readonly print: (line: string) => void
  /** Shows lines that need the whole width; `lines` gets it, in columns. */
  readonly showWide: (lines: (columns: number) => readonly string[]) => void
  /** Shows what a search has found. */
  readonly showFound: (found: PastTold) => void
  /** `what` says of what it is the secret. */
  readonly showSecret: (what: string, secret: string) => void
  readonly timeOfDay: (at: number) => string
  /** Times of the past, with the day where that is not today. */
  readonly stamp: (at: number) => string
  /** Wall time, milliseconds since the epoch. */
  readonly now: () => number
  readonly startedAt: number
  /** Messages said since the start. */
  readonly said: () => number
  /** Where to join, a line each, as something to copy. */
  readonly addresses: () => readonly string[]
  /** Shows a code that a telephone reads to come here. */
  readonly showCode: () => void
  /** Stops the server. */
  readonly exit: () => void
}
