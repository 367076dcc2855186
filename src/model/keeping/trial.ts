/** A rule that is tried on the past before it is switched on, and the result. */
import type { MemberId } from '../ids.ts'
import type { FilterAction, FilterKind } from '../state/keeping.ts'
import type { Mode, ModeValue } from './modes.ts'

/** A rule as a keeper can set it: a mode, a word filter, or a sanction on somebody. */
export type Rule =
  | { readonly type: 'mode'; readonly mode: Mode; readonly value: ModeValue }
  | { readonly type: 'filter'; readonly is: FilterKind; readonly pattern: string; readonly action: FilterAction }
  | { readonly type: 'ban' | 'mute'; readonly name: string }

export type Trial = {
  readonly rule: Rule
  /** Null: on the whole server. */
  readonly room: string | null
  /** Start of the trial, milliseconds since the epoch. */
  readonly since: number
}

/** The rule's verdict on a message. */
export const VERDICTS = ['refused', 'held', 'warned'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Acts that a rule stops besides messages: joining, topics, names, and notes such as reasons. */
export const STOPPABLE = ['join', 'topic', 'name', 'note'] as const
export type Stoppable = 'message' | (typeof STOPPABLE)[number]

/** The result of the rule from the beginning of the trial to the end of the journal. Times as in `Trial`. */
export type Tried = {
  /** Messages in the place of the trial that were sent, and those of them that the rule would have stopped. */
  readonly messages: number
  readonly stopped: Readonly<Record<Verdict, number>>
  /** Other acts that it would have stopped, by kind. */
  readonly others: Readonly<Record<Exclude<Stoppable, 'message'>, number>>
  /** Messages that a tried filter couldn't look at, because their text is gone. */
  readonly gone: number
  /** How many people it would have stopped, and those that it would have stopped most: at most TRIED_PEOPLE. */
  readonly people: number
  readonly most: readonly { readonly id: MemberId; readonly name: string; readonly count: number }[]
  /** The rooms with most of the acts that it would have stopped; at most TRIED_ROOMS. */
  readonly rooms: readonly { readonly room: string; readonly count: number }[]
  /** Times of the first and the last act that it would have stopped; null: none. */
  readonly first: number | null
  readonly last: number | null
  /** The latest of it, at most TRIED_SAMPLES, oldest first. */
  readonly samples: readonly Sample[]
  /** The period that was looked at: of its first input, and of its last one; both null: it has none. */
  readonly from: number | null
  readonly to: number | null
}

export type Sample = {
  readonly seq: number
  readonly at: number
  readonly what: Stoppable
  readonly verdict: Verdict
  /** Null: not in one room, such as a name. */
  readonly room: string | null
  /** The name at the time. */
  readonly from: string
  readonly id: MemberId
  /** At most TRIED_TEXT_CHARS; null: it's gone, or there is none. */
  readonly text: string | null
}

/** `rule`: as it can be typed. `room` null: the whole server. `switchOn`: the command that switches it on. */
export type TriedRule = Tried & { readonly rule: string; readonly room: string | null; readonly switchOn: string }
