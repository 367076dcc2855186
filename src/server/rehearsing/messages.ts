/** Messages between a server and the thread of a trial. */
import type { Base } from '../../journal/recording.ts'
import type { Entry } from '../../model/input.ts'
import type { TrialOutcome, TrialRequest } from '../../port/rehearser.ts'

/** The journal: in a file that the thread reads, or at the server, which sends it. */
export type Source = { readonly file: string } | { readonly base: Base }

/** `entries`: in pieces, each when the one before was folded. */
export type ToThread =
  | { readonly type: 'begin'; readonly request: TrialRequest; readonly source: Source }
  | { readonly type: 'entries'; readonly entries: readonly Entry[] }
  | { readonly type: 'end' }

export type FromThread = { readonly type: 'more' } | { readonly type: 'over'; readonly outcome: TrialOutcome }
