/** Live messages in a chat: as they grow, and as they have ended. Pure. */

import { endSign, endText, outputLines } from '../../../codec/live-lines.ts'
import type { ReplyOf } from '../../../codec/native/reply.ts'
import { endOf } from '../../../codec/native/reply-live.ts'
import { sizeText } from '../../../codec/said-lines.ts'
import { durationText } from '../../../model/duration.ts'
import type { LiveView } from '../../../model/message/live.ts'
import { neutralise } from '../../../model/text.ts'
import { altered } from '../conversation/conversation.ts'
import type { Said } from '../conversation/timeline.ts'
import type { Chat } from '../state.ts'
import { alterFetched } from './fetched.ts'

/** A piece that comes after the end changes nothing. */
export const onGrowing = (chat: Chat, { target, size, tail }: ReplyOf<'growing'>): Chat =>
  altering(chat, target, live => (live.end || live.size > size ? live : { size, tail: neutralise(tail) }))

/** The last lines may be unknown; then those that were shown stay. */
export const onFinished = (chat: Chat, reply: ReplyOf<'finished'>): Chat =>
  altering(chat, reply.target, live => ({
    size: reply.size,
    tail: reply.tail === undefined ? live.tail : neutralise(reply.tail),
    end: endOf(reply),
  }))

function altering(chat: Chat, target: number, change: (live: LiveView) => LiveView): Chat {
  const alter = (said: Said): Said => {
    const live = said.live && change(said.live)
    return live === said.live || !live ? said : { ...said, live }
  }
  return {
    ...chat,
    conversations: chat.conversations.map(at => altered(at, target, alter)),
    fetched: alterFetched(chat.fetched, target, alter),
  }
}

/** The last lines, for a screen that has no room for all of it. */
export const outputNote = ({ end, ...reply }: ReplyOf<'output'>): readonly string[] =>
  outputLines({ ...reply, end: end ? endOf(end) : null })

/** `✓`, `✗`, or `●` while it grows. */
export const signOf = ({ end }: LiveView): string => (end ? endSign(end) : '●')

/** How it goes or has ended. `ms`: how long it has been growing. */
export const stateOf = ({ size, end }: LiveView, ms: number): string =>
  end ? endText(end) : `running for ${durationText(Math.max(0, ms))}, ${sizeText(size)}`
