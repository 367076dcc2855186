/** What a client receives: replies of the server, and gaps that the client states itself. */
import type { PastMessage, Reply } from '../../codec/native/reply.ts'

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

/** A message of the past as a live reply, marked as replayed. A deleted message gives nothing. */
export function replay({ room, to, text, deleted: _, other, mentions, ...past }: PastMessage): readonly Incoming[] {
  if (text === undefined) return []
  const reply: Reply | null =
    room !== undefined
      ? { type: 'said', ...past, text, room, ...(mentions && { mentions }) }
      : to !== undefined
        ? { type: 'told', ...past, text, to, ...(other === undefined ? {} : { other }) }
        : null
  return reply === null ? [] : [{ reply, replayed: true }]
}
