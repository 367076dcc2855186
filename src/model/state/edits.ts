/** Edits that are stored and not shown yet: the text before is still to be erased. */
import type { MemberId, SessionId } from '../ids.ts'

export type Edit = {
  /** The `seq` of the input that has the new text beside it. */
  readonly seq: number
  /** The message. At most one edit of it at a time. */
  readonly target: number
  /** Null: a direct message between `members`. */
  readonly room: string | null
  readonly members: readonly MemberId[]
  /** The message reached everyone. */
  readonly everyone: boolean
  readonly author: MemberId
  readonly mentions?: readonly MemberId[]
  /** The server that took it in, the session that asked, and the number of its command; null: unnumbered. */
  readonly origin: string
  readonly session: SessionId
  readonly n: number | null
}
