/** A message of the past in an answer of the API. */
import { living } from '../../../codec/native/encoding.ts'
import { type Message, marksOf } from '../../../model/message/message.ts'

export const messageJson = ({ seq, at, room, from, author: id, text, editing, action, ...rest }: Message) => ({
  seq,
  at,
  room: room ?? '',
  from,
  ...(text !== null ? { text } : editing ? {} : { deleted: true as const }),
  ...(action ? { action: true as const } : {}),
  id,
  ...marksOf(rest),
  ...living(rest),
})
