/**
 * Answers about single messages: those that a client asks for, the reactions to one by member, and the pinned ones of a
 * room.
 */
import type { Outgoing } from '../../../codec/codec.ts'
import type { Query } from '../../../model/command.ts'
import { HISTORY_PAGE_BYTES, MESSAGES_ASKED_MAX } from '../../../model/limits.ts'
import type { Message } from '../../../model/message/message.ts'
import { utf8Length } from '../../../model/text.ts'
import { may } from '../../../reducer/may.ts'
import { withEditing } from '../../ingress/targets/being-edited.ts'
import { mayRead, messageFor } from '../../ingress/targets/message.ts'
import { inRoom, type QueryContext, rejected } from './query-context.ts'

/** Throws if the history is damaged. */
export function answerMessages(
  query: Extract<Query, { type: 'messages' | 'reactions' | 'pins' | 'output' }>,
  asking: QueryContext,
): Outgoing {
  const { state, history, session, n, at } = asking
  switch (query.type) {
    case 'messages':
      return { type: 'messages', seq: state.seq, at, n, room: null, messages: read(query.seqs, asking) }
    case 'reactions': {
      const found = messageFor(history, state, session, query.seq)
      if ('code' in found) return rejected(asking, found.code, found.detail)
      // An author that has left knows of its message, but no longer of the members of the room.
      if (!mayRead(state, session, found)) return rejected(asking, 'message-unknown', `${query.seq}`)
      return { type: 'reactions', at, n, target: query.seq, reactions: found.reactions ?? [] }
    }
    case 'output': {
      const found = messageFor(history, state, session, query.seq)
      if ('code' in found) return rejected(asking, found.code, found.detail)
      // As above.
      if (!mayRead(state, session, found)) return rejected(asking, 'message-unknown', `${query.seq}`)
      if (!found.live) return rejected(asking, 'not-live', `${query.seq}`)
      const { offset, size, bytes } = history.output(query.seq, query.offset, query.limit)
      const data = Buffer.from(bytes).toString('base64')
      return { type: 'output', at, n, target: query.seq, offset, size, data, end: found.live.end ?? null }
    }
    case 'pins':
      return inRoom<Outgoing>(query.room, asking, room => {
        if (!may(state, session, 'read', { room })) return rejected(asking, 'not-in-room', room)
        const pinned = state.rooms.get(room)?.pins ?? []
        const messages = read(
          pinned.map(({ seq }) => seq),
          asking,
        )
        return { type: 'messages', seq: state.seq, at, n, room, messages: messages.filter(one => one.room === room) }
      })
  }
}

/** Messages that the asker may read, the deleted ones too; as many as a page of the history has. */
function read(seqs: readonly number[], { history, state, session }: QueryContext): readonly Message[] {
  const found: Message[] = []
  let bytes = 0
  for (const seq of [...new Set(seqs)].slice(0, MESSAGES_ASKED_MAX)) {
    const message = history.find(seq)
    if (!message || !mayRead(state, session, message)) continue
    bytes += utf8Length(message.text ?? '')
    if (bytes > HISTORY_PAGE_BYTES && found.length > 0) break
    found.push(message)
  }
  return withEditing(state, found)
}
