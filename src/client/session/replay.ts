/** A message of the past as a live reply, marked as replayed. */
import type { PastMessage, Reply } from '../../codec/native/reply.ts'
import type { Incoming } from './incoming.ts'

/** A deleted message gives nothing. */
export function replay({ seq, at, room, from, to, text, action }: PastMessage): readonly Incoming[] {
  if (text === undefined) return []
  const told = { seq, at, from, text, ...(action ? { action } : {}) }
  const reply: Reply | null =
    room !== undefined ? { type: 'said', ...told, room } : to !== undefined ? { type: 'told', ...told, to } : null
  return reply === null ? [] : [{ reply, replayed: true }]
}
