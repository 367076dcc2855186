/** A question as a client has it: its text, the answers that it has heard of, and its outcome. */
import { type Asked, type Result, textAsked } from '../../../model/question.ts'

/** An answer. A poll has only the latest of each member. */
export type HeardAnswer = { readonly id: string; readonly name: string; readonly choice?: number }

export type Question = Asked & {
  readonly seq: number
  readonly room: string
  /** Name of its author. */
  readonly from: string
  readonly id: string
  /** The first answers, in the order of the journal. Bounded: `total` and `counts` may be larger. */
  readonly answers: readonly HeardAnswer[]
  readonly total: number
  /** Votes by choice. Empty for a buzz. */
  readonly counts: readonly number[]
  /** Null: it's open. */
  readonly result: Result | null
  /** The input up to which all these fields are right. */
  readonly asOf: number
}

export const isOpen = ({ result }: Question): boolean => result === null

/** The text of a question, without the choices that it lists for clients that show only the text. */
export function textWithoutChoices(text: string, { kind, choices }: Asked): string {
  const listed = textAsked('', kind, choices)
  return text.endsWith(listed) ? text.slice(0, -listed.length) : text
}
