import type { MemberId } from '../../src/model/input.ts'

/** A message, or the deletion of one: what each who is entitled to it sees once, in the order of `seq`. */
export type Item = {
  readonly seq: number
  /** What tells it from all others: the mark in its text, or `deleted 17`. */
  readonly key: string
  readonly kind: 'said' | 'told' | 'deleted'
  /** Null: between `members` alone. */
  readonly room: string | null
  readonly members: readonly MemberId[]
  readonly author: MemberId
  /** The host said it in the lobby, so that it is for all. */
  readonly everyone: boolean
}
