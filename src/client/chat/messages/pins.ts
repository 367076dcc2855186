/** The pinned messages of a room, as far as they're here. Pure. */
import type { ReplyOf } from '../../../codec/native/reply.ts'
import { flatten } from '../../../model/text.ts'
import type { Pin } from '../../../model/view.ts'
import { roomOf, type Where } from '../place.ts'
import type { Chat } from '../state.ts'
import { type Quotation, quotationOf, quotedLine } from './quotation.ts'

export type Pinned = { readonly pin: Pin; readonly message: Quotation }

export const pinsIn = ({ view }: Pick<Chat, 'view'>, where: Where): readonly Pin[] =>
  view.rooms.get(roomOf(where) ?? '')?.pins ?? NONE

const NONE: readonly Pin[] = []

/** The latest first. Those that are `wanted` are to be asked for (`ChatStore.look`). */
export const pinned = (chat: Chat, where: Where): readonly Pinned[] =>
  [...pinsIn(chat, where)].reverse().map(pin => ({ pin, message: quotationOf(chat, pin.seq) }))

/** The answer to `/pins`, a line each. */
export const pinLines = ({ room, messages }: ReplyOf<'pins'>, stamp: (at: number) => string): readonly string[] =>
  messages.length === 0
    ? [flatten(`Nothing is pinned in #${room}.`)]
    : messages.map(({ seq, at, from, text, files = [] }) => {
        const line = text === undefined ? 'deleted' : quotedLine({ text, files })
        return flatten(`${seq}  ${stamp(at)} ${from}: ${line}`)
      })
