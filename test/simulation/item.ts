import type { MemberId } from '../../src/model/input.ts'

/** A message, or the deletion of one. Everybody who is entitled to it sees it once, in the order of `seq`. */
export type Item = {
  readonly seq: number
  /** Its identity: the mark in its text, or `deleted 17`. */
  readonly key: string
  readonly kind: 'said' | 'told' | 'deleted'
  /** Null: between `members` alone. */
  readonly room: string | null
  readonly members: readonly MemberId[]
  readonly author: MemberId
  /** The host said it in the lobby, so it is for everyone. */
  readonly everyone: boolean
  /** A deletion that is one of many, of which people in text protocols aren't told. */
  readonly bulk?: true
}
