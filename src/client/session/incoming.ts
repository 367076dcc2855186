/** What a client receives: replies of the server, and gaps that the client states itself. */
import type { Reply } from '../../codec/native/reply.ts'

/**
 * Missing messages, stated by the client: `missed` of them (`more`: at least that many), after input `after` and up to
 * `seq`, in a room or among direct messages. Never on the wire.
 */
export type Gap = {
  readonly type: 'gap'
  readonly seq: number
  readonly room?: string
  readonly after: number
  readonly missed: number
  readonly more?: true
}

/** `replayed`: it happened while the client was away, so a bot doesn't answer it. */
export type Incoming = { readonly reply: Reply | Gap; readonly replayed: boolean }
