/** Who speaks over HTTP without being a member: a name to sign with, and where it may read and write. */
import type { OrderedMap } from 'immutable'
import type { SessionId } from './input.ts'
import type { Name } from './name.ts'

/** What a token of the API stands for. */
export type Grant = {
  /** Stands as the session of what it posts, and as the author of that. */
  readonly id: SessionId
  /** Nobody else can have it as long as the grant is there. */
  readonly name: Name
  /** Hash of the token. */
  readonly secret: string
  /** Null: every room. */
  readonly room: string | null
  readonly read: boolean
  readonly write: boolean
  /** What was posted under a key, by the hash of that: the latest GRANT_KEYS_MAX, the oldest first. */
  readonly posted: OrderedMap<string, Posted>
}

/** A message that was posted under a key. `print` is the hash of what it said where, so that no key stands for two. */
export type Posted = { readonly seq: number; readonly at: number; readonly print: string }

export const mayRead = ({ read, room: only }: Grant, room: string): boolean => read && (only ?? room) === room
export const mayWrite = ({ write, room: only }: Grant, room: string): boolean => write && (only ?? room) === room
