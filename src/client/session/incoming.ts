/** Messages that a client receives: replies of the server, and gaps that the client states itself. */
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

/**
 * `replayed`: it happened while the client was away, so a bot doesn't answer it. `asOf`: the message has the changes up to
 * this input. Absent: it's as it was sent.
 */
export type Incoming = { readonly reply: Reply | Gap; readonly replayed: boolean; readonly asOf?: number }

/** A message of a page, as of input `asOf`. */
export type PagedMessage = PastMessage & { readonly asOf?: number }

/** A message of the past as a live reply, marked as replayed. A deleted message gives nothing. */
export function replay(message: PagedMessage): readonly Incoming[] {
  const { room, to, text, deleted: _, other, mentions, asOf, ...past } = message
  if (text === undefined) return []
  const reply: Reply | null =
    room !== undefined
      ? { type: 'said', ...past, text, room, ...(mentions && { mentions }) }
      : to !== undefined
        ? { type: 'told', ...past, text, to, ...(other === undefined ? {} : { other }) }
        : null
  return reply === null ? [] : [{ reply, replayed: true, ...(asOf === undefined ? {} : { asOf }) }]
}
