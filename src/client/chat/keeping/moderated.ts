/** Acts of moderation in a chat: those on this member stand out, and held messages wait beside the others. */
import type { ReplyOf } from '../../../codec/native/reply.ts'
import { sentence } from '../../../codec/sentence.ts'
import type { ModeratedEvent, RoomEvent } from '../../../model/event.ts'
import { HOST_NAME } from '../../../model/name/standing.ts'
import { flatten, neutralise } from '../../../model/text.ts'
import { isOwn } from '../../session/view.ts'
import { alterLatest } from '../conversation/conversation.ts'
import { insert, remove, type Said } from '../conversation/timeline.ts'
import { inRoom } from '../place.ts'
import { alter, type Chat } from '../state.ts'
import { withMute } from './waits.ts'

/** A message that waits for a keeper. It isn't in the history, and nobody has to have read it. */
export function onHeld(chat: Chat, reply: ReplyOf<'held'>): Chat {
  const { seq, i = 0, at, room, from, id: author, action = false, account, text } = reply
  const where = inRoom(room)
  const said: Said = {
    ...{ kind: 'said', seq, i, at, from, to: null, text: neutralise(text), action },
    ...{ mine: isOwn(chat.view, reply), mention: false, replayed: false, held: true },
    ...(author === undefined ? {} : { author }),
    ...(account ? { account } : {}),
  }
  return chat.conversations.has(where) ? alter(chat, where, at => alterLatest(at, all => insert(all, [said]))) : chat
}

/** The consequences of an act, beside its row. */
export function onModerated(chat: Chat, event: ModeratedEvent, at: number): Chat {
  const { act, room, whoId, value, until } = event
  const next = act === 'release' || act === 'drop' ? withoutHeld(chat, room, Number(value)) : chat
  if (!isAboutMe(chat, event)) return next
  const muted = withMute(next, event)
  if (act !== 'ban' || whoId === null) return muted
  return { ...muted, expelled: { room, words: flatten(sentence(event, at)), until } }
}

export const isAboutMe = ({ view }: Chat, { whoId }: ModeratedEvent): boolean =>
  whoId !== null && whoId !== '' && whoId === view.member

function withoutHeld(chat: Chat, room: string | null, seq: number): Chat {
  const where = inRoom(room ?? '')
  if (!chat.conversations.has(where)) return chat
  return alter(chat, where, at =>
    alterLatest(at, all => {
      const held = all.entries.find(entry => entry.kind === 'said' && entry.held === true && entry.seq === seq)
      return held ? remove(all, held) : all
    }),
  )
}

/** Somebody has removed this member from a room. */
export function expulsionWords({ expelled }: Chat, event: Extract<RoomEvent, { type: 'parted' }>): string {
  if (expelled?.room === event.room) return expelled.words
  const by = event.by === HOST_NAME ? 'The host' : event.by
  return flatten(`${by} removed you from #${event.room}${event.reason === null ? '' : `: ${event.reason}`}`)
}
