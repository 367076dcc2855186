/**
 * How edits, reactions and deletions change the messages of a chat in all places: in the timelines, in an excerpt,
 * among found messages, and among fetched ones. Pure.
 */
import type { PastMessage, ReplyOf } from '../../../codec/native/reply.ts'
import type { MessageChange } from '../../../model/event.ts'
import { evolveMessage } from '../../../model/message/evolve-message.ts'
import { neutralise } from '../../../model/text.ts'
import type { View } from '../../session/view.ts'
import { altered } from '../conversation/conversation.ts'
import { asOf, type Said, withoutText } from '../conversation/timeline.ts'
import type { Chat } from '../state.ts'
import { alterFetched } from './fetched.ts'
import { reactionsIn } from './said-of.ts'

type Changing = ReplyOf<'edited' | 'reacted' | 'deleted'>

export function onChange(chat: Chat, reply: Changing): Chat {
  const change = changeIn(reply)
  const alter = (said: Said): Said => changedSaid(said, reply, change, chat.view)
  return {
    ...chat,
    conversations: chat.conversations.map(at => altered(at, reply.target, alter)),
    fetched: alterFetched(chat.fetched, reply.target, alter),
    found: chat.found && changedIn(chat.found, reply, change),
  }
}

function changeIn(reply: Changing): MessageChange {
  const { target, room = null } = reply
  switch (reply.type) {
    case 'edited': {
      const { seq: edit, from, id: author = '', mentions = [] } = reply
      return { type: 'edited', room, target, edit, from, author, mentions }
    }
    case 'reacted': {
      const { emoji, off = false, by, id: member = '' } = reply
      return { type: 'reacted', room, target, emoji, off, by, member }
    }
    case 'deleted':
      return { type: 'deleted', room, target, by: reply.by }
  }
}

function changedSaid(said: Said, reply: Changing, change: MessageChange, view: View): Said {
  const { seq } = reply
  if (asOf(said) >= seq) return said
  const before = { ...said, mentions: NOBODY }
  const after = evolveMessage(before, change, reply.at, said.text === null)
  if (after === before) return { ...said, asOf: seq }
  const { mentions, ...rest } = after
  switch (reply.type) {
    case 'edited': {
      const mention = said.to !== null ? said.mention : !said.mine && !said.hidden && mentions.includes(view.member)
      const { awaited: _, ...known } = rest
      // Until the new text is here, there is none: the one before is erased.
      const text = neutralise(reply.text ?? '')
      return { ...known, asOf: seq, text, mention, ...(reply.text === undefined ? { awaited: true } : {}) }
    }
    case 'reacted':
      return { ...rest, asOf: seq }
    case 'deleted':
      return { ...withoutText(rest), asOf: seq }
  }
}

const NOBODY: readonly string[] = []

/** Messages in the form of the wire, such as found ones. */
export function changedIn<F extends { readonly messages: readonly PastMessage[] }>(
  found: F,
  reply: Changing,
  change: MessageChange = changeIn(reply),
): F {
  if (!found.messages.some(({ seq }) => seq === reply.target)) return found
  const messages = found.messages.map(one => (one.seq === reply.target ? changedPast(one, reply, change) : one))
  return { ...found, messages }
}

function changedPast(past: PastMessage, reply: Changing, change: MessageChange): PastMessage {
  const { text, reactions: _, ...rest } = past
  const before = { ...rest, reactions: reactionsIn(past), mentions: past.mentions ?? NOBODY }
  const after = evolveMessage(before, change, reply.at, text === undefined)
  if (after === before) return past
  const { reactions = [], files, ...living } = after
  const listed = reactions.map(({ emoji, people }) => ({ emoji, ids: people.map(({ id }) => id) }))
  const isGone = reply.type === 'deleted'
  const now = reply.type === 'edited' ? (reply.text ?? '') : text
  return {
    ...living,
    ...(listed.length === 0 ? {} : { reactions: listed }),
    ...(isGone || now === undefined ? {} : { text: now }),
    ...(isGone || files === undefined ? {} : { files }),
  }
}
