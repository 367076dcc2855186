/** A message of the past: what `said` and `told` leave behind. */
import type { MemberId } from './input.ts'

/** Something that was said in a room, or (`to`) to one person alone. */
export type Message = {
  /** The input that said it; its name for all who speak of it. */
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly room: string | null
  readonly from: string
  readonly to: string | null
  readonly action: boolean
  /** Null: it was deleted, or is too old to be kept. */
  readonly text: string | null
  readonly author: MemberId
  /** Whom it was said to alone. */
  readonly other: MemberId | null
}
