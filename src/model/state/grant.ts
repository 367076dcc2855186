/** A grant: the right to read and write over HTTP without being a member, under a name of its own. */
import type { OrderedMap } from 'immutable'
import type { SessionId } from '../input.ts'
import type { Name } from '../name/name.ts'

/** A token of the API in the state. */
export type Grant = {
  /** Used as the session and as the author of its messages. */
  readonly id: SessionId
  /** Reserved as long as the grant exists. */
  readonly name: Name
  /** Hash of the token. */
  readonly secret: string
  /** Null: every room. */
  readonly room: string | null
  readonly read: boolean
  readonly write: boolean
  /** It sees the log of acts, and the lists about keeping order. Absent: it doesn't. */
  readonly audit?: true
  /** It keeps order, as an administrator would. Absent: it doesn't. */
  readonly keep?: true
  /** Messages posted under an idempotency key, by the key's hash: the latest GRANT_KEYS_MAX, oldest first. */
  readonly posted: OrderedMap<string, Posted>
}

/** A message posted under a key. `print` is the hash of its room and content: one key can't stand for two messages. */
export type Posted = { readonly seq: number; readonly at: number; readonly print: string }
