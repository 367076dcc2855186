/** The outcome of each command: done, refused or unknown. It's shown in the place of the command. */

import type { ErrorCode } from '../../model/error.ts'
import type { Asked } from '../session/outbox/outbox.ts'
import type { AskOutcome } from '../session/status.ts'
import { alterLatest, latestOf } from './conversation/conversation.ts'
import { type Entry, insert, ownPlace } from './conversation/timeline.ts'
import { note, tellTrouble } from './incoming.ts'
import { withRefusal } from './keeping/waits.ts'
import { settleLookup } from './messages/fetched.ts'
import { inRoom, roomOf, type Where } from './place.ts'
import { otherThan } from './place-list.ts'
import { UNKNOWN } from './sentences.ts'
import { alter, type Chat, conversation } from './state.ts'

export function settleOutcome(chat: Chat, outcome: AskOutcome, now: number): Chat {
  const known = chat.asked.get(outcome.id)
  const settled = { ...chat, asked: chat.asked.delete(outcome.id), heard: chat.heard.delete(outcome.id) }
  const next = settleJoin(settleLookup(settleLoading(settled, outcome), outcome), outcome, known?.where ?? null)
  if (!known) return next
  if (outcome.is === 'done') return answered(next, known.where, known.asked, outcome.seq, now)
  const why = outcome.is === 'refused' ? outcome.message : null
  // It's as the user wanted it. Another session was faster.
  if (outcome.is === 'refused' && ALREADY.has(outcome.code)) return next
  if (known.asked.type === 'say' || known.asked.type === 'tell') {
    const waits = outcome.is === 'refused' ? withRefusal(next, known.where, outcome) : next
    return fail(waits, known.where, known.asked, why, now)
  }
  return known.asked.type === 'history' ? next : tellTrouble(next, known.where, known.asked, why ?? UNKNOWN, now)
}

const ALREADY: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['reacted-already', 'not-reacted'])

/** Shows that a command was done in the place of the command, unless its event is there already. */
function answered(chat: Chat, where: Where, asked: Asked, seq: number, now: number): Chat {
  const words = doneInWords(asked)
  // A screen with panels shows the result itself.
  if (words === null || chat.where !== where || chat.panels) return chat
  const stands = conversation(chat, where).timeline.entries.findLast(
    entry => entry.seq === seq && entry.kind !== 'note',
  )
  return stands ? chat : note(chat, [words], 'plain', now)
}

function doneInWords(asked: Asked): string | null {
  switch (asked.type) {
    case 'away':
      return asked.note === null ? 'You are back.' : `You are away (${asked.note}). /back ends it.`
    case 'nick':
      return `Your name is now ${asked.name}.`
    case 'delete':
      return asked.seq === null ? 'The message is deleted.' : `Message ${asked.seq} is deleted.`
    case 'register':
      return 'Your name is an account now.'
    default:
      return accountDone(asked)
  }
}

/** The same for commands about accounts that cause no event. */
export function accountDone(asked: Asked): string | null {
  switch (asked.type) {
    case 'login':
      return `You are ${asked.name} now.`
    case 'password':
      return 'Your password is set.'
    case 'add-key':
      return 'The key of this machine can sign in to your account now.'
    case 'revoke':
      return `${asked.credential} cannot sign in to your account any more.`
    default:
      return null
  }
}

function settleLoading(chat: Chat, outcome: AskOutcome): Chat {
  const { loading } = chat
  if (loading?.id !== outcome.id) return chat
  const page = outcome.is === 'done' && outcome.reply.type === 'history' ? outcome.reply : null
  // Nobody has the name: there is nothing to load, now or when it's asked for again.
  const isNobody = outcome.is === 'refused' && outcome.code === 'member-unknown'
  const past = page?.more === false || isNobody ? 'all' : 'more'
  const next = { ...chat, loading: null }
  // The room was refused, or left, in the meantime.
  if (loading.page === 'later' || !next.conversations.has(loading.where)) return next
  // The reader may have left the excerpt in the meantime.
  return alter(next, loading.where, at =>
    (loading.page === 'around' && !page) || (at.excerpt === null) === loading.excerpt ? at : { ...at, past },
  )
}

/** A refused join leads back to another room. */
function settleJoin(chat: Chat, { id }: AskOutcome, from: Where | null): Chat {
  if (!chat.joining.has(id)) return chat
  const next = { ...chat, joining: chat.joining.delete(id) }
  const room = roomOf(chat.where)
  if (next.joining.size > 0 || room === null || chat.view.rooms.has(room)) return next
  const other =
    from !== null && from !== chat.where && chat.conversations.has(from) ? from : otherThan(next, inRoom(room))
  return alter({ ...next, where: other, conversations: next.conversations.delete(inRoom(room)) }, other, at => at)
}

type SentMessage = Extract<Asked, { type: 'say' | 'tell' }>

function fail(chat: Chat, where: Where, asked: SentMessage, why: string | null, now: number): Chat {
  const { text, action, reply, files } = asked
  const attached = { ...(reply === undefined ? {} : { reply }), ...(files === undefined ? {} : { files }) }
  return alter(chat, where, at => {
    const entry: Entry = { kind: 'failed', ...ownPlace(latestOf(at), now), text, action, why, ...attached }
    return alterLatest(at, latest => insert(latest, [entry]))
  })
}
