import type { MemberId } from '../../src/model/input.ts'

/**
 * A message, or a change of one: a deletion, an edit, a reaction, a pin. Every entitled session sees it once, in the
 * order of `seq`.
 */
export type Item = {
  readonly seq: number
  /** Its identity: the mark in its text, also that of an edit, or `deleted 17`, or `reacted` and its own place. */
  readonly key: string
  readonly kind: 'said' | 'told' | Change
  /** Null: between `members` alone. */
  readonly room: string | null
  readonly members: readonly MemberId[]
  readonly author: MemberId
  /** The host said it in the lobby, so it is for everyone. */
  readonly everyone: boolean
  /** It has waited for a keeper, who has released it: its author reads it, too. */
  readonly released?: true
  /** A deletion that is one of many, of which people in text protocols aren't told. */
  readonly bulk?: true
}

/** `question`: an input that answers or closes one, or is about hands, and nothing else. `finished`: output that its program ended. */
type Change = 'deleted' | 'edited' | 'reacted' | 'pinned' | 'question' | 'finished'

/** Begins the key of a message whose text has no mark. */
export const UNMARKED = 'unmarked'

export const isMessage = ({ kind }: Pick<Item, 'kind'>): boolean => kind === 'said' || kind === 'told'
