/** Messages between a worker and the process with the journal. `k` numbers the requests of one worker. */
import type { Draft, Entry } from '../../model/input.ts'

export type Request = { readonly k: number } & (
  | { readonly do: 'append'; readonly drafts: readonly Draft[] }
  /** With the texts: a worker keeps those that aren't in the tables yet. */
  | { readonly do: 'read'; readonly seq: number }
  | { readonly do: 'texts'; readonly seqs: readonly number[] }
  | { readonly do: 'quarantine'; readonly seq: number; readonly reason: string }
  | { readonly do: 'snapshot'; readonly upTo: number | null }
  /** A piece of the state that the `keep` with the same number keeps. */
  | { readonly do: 'piece'; readonly text: string }
  | { readonly do: 'keep'; readonly seq: number }
  | { readonly do: 'erase'; readonly seqs: readonly number[] }
  | { readonly do: 'forget'; readonly seq: number; readonly later: readonly number[] }
  /** For the other workers; unanswered. */
  | { readonly do: 'signal'; readonly node: string; readonly signal: unknown }
)

export type Answer =
  /** Comes first. */
  | { readonly is: 'open'; readonly epoch: string; readonly base: number }
  | { readonly is: 'committed'; readonly entries: readonly Entry[] }
  | { readonly is: 'page'; readonly k: number; readonly entries: readonly Entry[] }
  | { readonly is: 'texts'; readonly k: number; readonly texts: readonly (readonly [seq: number, text: string])[] }
  /** A piece of a snapshot. */
  | { readonly is: 'piece'; readonly k: number; readonly text: string }
  /** `seq`: that of a snapshot; null: there is none. */
  | { readonly is: 'done'; readonly k: number; readonly base: number; readonly seq: number | null }
  /** From another worker. */
  | { readonly is: 'signal'; readonly node: string; readonly signal: unknown }
  /** `damaged`: it was a DataError. */
  | { readonly is: 'failed'; readonly k: number; readonly message: string; readonly damaged: boolean }
