/** What a client hears: what the server said, and what the client states itself. */
import type { Reply } from '../codec/native/reply.ts'

/**
 * Messages that are missing, stated by the client: `missed` of them (`more`: or more), said after input `after` and up to
 * `seq`, in a room or to oneself alone. Never on the wire.
 */
export type Gap = {
  readonly type: 'gap'
  readonly seq: number
  readonly room?: string
  readonly after: number
  readonly missed: number
  readonly more?: true
}

/** `replayed`: it happened while we were away; a bot does not answer it. */
export type Spoken = { readonly reply: Reply | Gap; readonly replayed: boolean }
