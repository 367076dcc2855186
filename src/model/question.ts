/**
 * Questions: messages that stay open until they are decided. A `say` asks one, and its `seq` is the number of the
 * question. All times here are in milliseconds since the epoch.
 */
import type { MemberId } from './ids.ts'
import type { Role } from './keeping/roles.ts'
import { nameKey } from './name/name.ts'

/**
 * `ask`: the first answer decides. `poll`: everybody entitled has one vote, the latest counts. `buzz`: the first member
 * wins; there is nothing to choose.
 */
export const QUESTION_KINDS = ['ask', 'poll', 'buzz'] as const
export type QuestionKind = (typeof QUESTION_KINDS)[number]

/** Roles that a question can be put to, with those above. `account`: everybody with an account. */
export const ASKED_ROLES = ['administrator', 'founder', 'operator', 'voice', 'account'] as const
export type AskedRole = (typeof ASKED_ROLES)[number]

/** A member that may answer besides being in the room. A member or token by its id, with the name that it had. */
export type Entitled = { readonly role: AskedRole } | { readonly id: MemberId; readonly name: string }

/** The lowest role that a question to `role` is put to. */
export const lowestAsked = (role: AskedRole): Role => (role === 'account' ? 'member' : role)

/** The question of a message, as its event says it. */
export type Asked = {
  readonly kind: QuestionKind
  /** The labels, in the order of their places. Empty for a buzz, and when the message is gone. */
  readonly choices: readonly string[]
  /** Absent: everybody in the room. */
  readonly to?: Entitled
  readonly until: number
}

/** The outcome of a question. `ended`: a poll or a buzz that was closed, or that ran out of time. */
export const OUTCOMES = ['decided', 'expired', 'withdrawn', 'ended', 'deleted'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** One answer, under the name that its author had. `choice`: a place in the choices; absent for a buzz. */
export type Answer = {
  readonly id: MemberId
  readonly name: string
  readonly choice?: number
  /** Among all answers, from 1 on. */
  readonly place: number
  /** The input that answered, and when. */
  readonly seq: number
  readonly at: number
}

/** How a question ended. */
export type Result = {
  readonly outcome: Outcome
  /** The choice that decided, and the name of the member that chose it. */
  readonly choice?: number
  readonly by?: string
  readonly id?: MemberId
  /** Votes by choice. */
  readonly counts?: readonly number[]
  /** The first answers, in order; at most ANSWERS_SHOWN. */
  readonly order?: readonly { readonly id: MemberId; readonly name: string }[]
}

/** Takes these fields from a larger object. Null: the question is open. */
export function resultOf(of: Result): Result
export function resultOf(of: Partial<Result>): Result | null
export function resultOf({ outcome, choice, by, id, counts, order }: Partial<Result>): Result | null {
  if (outcome === undefined) return null
  return {
    outcome,
    ...(choice !== undefined && { choice }),
    ...(by !== undefined && { by }),
    ...(id !== undefined && { id }),
    ...(counts && { counts }),
    ...(order && { order }),
  }
}

/** The question of a past message, and how it ended. Without an outcome it was open when it was read. */
export type PastAsked = Asked & Partial<Result>

/** Somebody in a room's queue. */
export type Hand = { readonly id: MemberId; readonly name: string }

export type HandChange = 'raised' | 'lowered' | 'called'

/** The answer to a buzz in a protocol that has words alone. */
export const BUZZ_WORD = 'buzz'

/** The text of a message that asks, as a protocol without questions shows it: `Deploy? (yes / no)`. */
export const textAsked = (text: string, kind: QuestionKind, choices: readonly string[]): string =>
  `${text} (${(kind === 'buzz' ? [BUZZ_WORD] : choices).join(' / ')})`

/**
 * The place of the choice that a word is: its label, as names are compared. Undefined: it's none of them. For a buzz, the
 * one word has the place 0.
 */
export function choiceOfWord(
  { kind, choices }: { readonly kind: QuestionKind; readonly choices: readonly string[] },
  word: string,
): number | undefined {
  const key = nameKey(word)
  const at = (kind === 'buzz' ? [BUZZ_WORD] : choices).findIndex(label => nameKey(label) === key)
  return at < 0 ? undefined : at
}
