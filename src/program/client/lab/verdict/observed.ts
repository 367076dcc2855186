/** A run's observations of a bot. */

/** The event right before an act of the bot. `act` is the place of an act in the day. */
export type Cause =
  /** An act, live. */
  | { readonly is: 'live'; readonly act: number }
  /** An act that the bot had missed, marked as replayed; null: the lab doesn't know which. */
  | { readonly is: 'past'; readonly act: number | null }
  /** An act that it has got before, unmarked, as --cursor repeats it. */
  | { readonly is: 'repeat'; readonly act: number }
  /** A page of the history or of a search, which it has asked for itself. */
  | { readonly is: 'page' }
  /** Its welcome, and the rooms behind it. */
  | { readonly is: 'arrival' }
  /** The end of its input. */
  | { readonly is: 'end' }

/** A command of the bot that people notice. Two answers with the same `kind` are alike; their texts may differ. */
export type Answer = { readonly cause: Cause; readonly kind: string; readonly command: string }

export type Broken = { readonly cause: Cause; readonly line: string; readonly why: string }

/** How the bot ended before its input did. `code` null: by a signal. `said`: the end of its stderr. */
export type Ended = { readonly cause: Cause; readonly code: number | null; readonly said: string }

export type Observed = {
  readonly answers: readonly Answer[]
  /** The acts that the bot got live. */
  readonly heard: ReadonlySet<number>
  /** Lines that are no commands. */
  readonly broken: readonly Broken[]
  /** Null: it went on to the end. */
  readonly ended: Ended | null
  /** It went on answering itself; null: it did not. */
  readonly runaway: Cause | null
  /** It never entered, or didn't come back after a trouble. */
  readonly absent: boolean
  /** Troubles that were made, for the report. */
  readonly cuts: number
  readonly restarts: number
  readonly repeats: number
  /** Acts that it missed meanwhile. */
  readonly missed: number
}
