/**
 * Live messages: output of a program that grows. Its bytes travel beside inputs, in pieces, as base64. These types say
 * where its pieces are, and how the output ended.
 */
import type { MemberId } from '../ids.ts'

/** How it ended. */
export type LiveEnd = {
  /** Bytes of the whole output. */
  readonly size: number
  /** Bytes that the program wrote. Absent: no more than these. */
  readonly total?: number
  /** The exit status of the program. Null: it isn't known, as in a pipe. */
  readonly status: number | null
  /** How long it took, in milliseconds. Null: it isn't known. */
  readonly ms: number | null
  /** Its author was gone, or could not write any more, before the end. */
  readonly interrupted?: true
}

/** A live message as it is by now. */
export type LiveView = {
  readonly size: number
  /** Its last lines, harmless. */
  readonly tail: string
  /** Absent: it grows. */
  readonly end?: LiveEnd
}

/** A piece of the output: `size` bytes from `offset` on, which are beside input `seq`. */
export type Piece = { readonly seq: number; readonly offset: number; readonly size: number }

/** A piece was added to message `target`. */
export type GrewEvent = { readonly type: 'grew'; readonly target: number; readonly piece: Piece }

/** Nothing more is added to message `target`. `tail`: its last lines are beside this input. */
export type FinishedEvent = {
  readonly type: 'finished'
  readonly room: string
  readonly target: number
  readonly from: string
  readonly author: MemberId
  readonly account?: true
  readonly tail?: true
} & LiveEnd
