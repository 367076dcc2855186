/** Live messages that grow. One that ended is in the history alone. */
import type { List } from 'immutable'
import type { MemberId, SessionId } from '../ids.ts'

export type Live = {
  /** The `seq` of the message. */
  readonly seq: number
  readonly room: string
  readonly author: MemberId
  /** The session, or the token, that began it. It ends with that. */
  readonly session: SessionId
  /** Bytes so far. */
  readonly size: number
  /** The inputs with its pieces: if it is deleted, nothing that came meanwhile may be left. */
  readonly pieces: List<number>
}
