/**
 * Messages that the server was asked for one by one, because no timeline has them: those that are quoted, and pinned ones.
 * Bounded, and changed by events like all others. Pure.
 */
import type { PastMessage, ReplyOf } from '../../../codec/native/reply.ts'
import { FETCHED_MAX } from '../../../model/limits.ts'
import type { AskOutcome } from '../../session/status.ts'
import { altered, latestOf } from '../conversation/conversation.ts'
import { messageAt, type Said, updated } from '../conversation/timeline.ts'
import type { Chat } from '../state.ts'
import type { Fetched, FetchedMessages } from './kept.ts'
import { saidOf } from './said-of.ts'

export function alterFetched(all: FetchedMessages, seq: number, alter: (said: Said) => Said): FetchedMessages {
  const one = all.get(seq)
  return typeof one === 'object' ? new Map(all).set(seq, alter(one)) : all
}

/** The message of input `seq`, in any place of the chat. Undefined: it isn't there. */
export function messageOf(chat: Pick<Chat, 'conversations' | 'fetched'>, seq: number): Fetched | undefined {
  for (const at of chat.conversations.values()) {
    const said = messageAt(at.timeline, seq) ?? messageAt(latestOf(at), seq)
    if (said && !said.held) return said
  }
  return chat.fetched.get(seq)
}

/** The messages of `seqs` that have to be fetched. */
export const unknownOf = (chat: Chat, seqs: readonly number[]): readonly number[] =>
  seqs.filter(seq => {
    const one = messageOf(chat, seq)
    return one === undefined || (typeof one === 'object' && one.awaited === true && chat.fetched.get(seq) !== 'asked')
  })

export function onAskedFor(chat: Chat, id: number, seqs: readonly number[]): Chat {
  const others = [...chat.fetched].filter(([seq]) => !seqs.includes(seq))
  const asked = seqs.map((seq): readonly [number, Fetched] => [seq, 'asked'])
  return { ...chat, lookups: chat.lookups.set(id, seqs), fetched: new Map([...others, ...asked].slice(-FETCHED_MAX)) }
}

/** A refusal is final, or a screen would ask for ever. */
export function settleLookup(chat: Chat, outcome: AskOutcome): Chat {
  const seqs = chat.lookups.get(outcome.id)
  if (!seqs) return chat
  const next = { ...chat, lookups: chat.lookups.delete(outcome.id) }
  const answer = outcome.is === 'done' && outcome.reply.type === 'messages' ? outcome.reply : null
  return withMessages(next, seqs, answer?.messages ?? [], answer?.seq ?? 0)
}

/** `seq`: the input up to which their changes are applied. */
function withMessages(chat: Chat, seqs: readonly number[], messages: readonly PastMessage[], seq: number): Chat {
  const found = new Map(messages.map(past => [past.seq, saidOf(chat, past, seq)]))
  let { conversations } = chat
  const fetched = new Map(chat.fetched)
  for (const one of seqs) {
    const said = found.get(one)
    const known = fetched.get(one)
    if (known) fetched.set(one, said && typeof known === 'object' ? updated(known, said) : (said ?? 'absent'))
    conversations = conversations.map(at =>
      altered(at, one, there => (said ? updated(there, said) : { ...there, asOf: Math.max(there.asOf ?? 0, seq) })),
    )
  }
  return { ...chat, conversations, fetched }
}

/** The names of the members that have reacted. */
export function onReactions(chat: Chat, { target, reactions }: ReplyOf<'reactions'>): Chat {
  const names = new Map(reactions.flatMap(({ people }) => people.map(({ id, name }) => [id, name])))
  const named = (said: Said): Said =>
    said.reactions
      ? {
          ...said,
          reactions: said.reactions.map(({ emoji, people }) => ({
            emoji,
            people: people.map(({ id, name }) => ({ id, name: name === '' ? (names.get(id) ?? '') : name })),
          })),
        }
      : said
  return { ...chat, conversations: chat.conversations.map(at => altered(at, target, named)) }
}
