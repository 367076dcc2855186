/** The data that a row draws besides the message itself. The same objects as long as nothing of it changes. */
import type { Said } from '../../../../client/chat/conversation/timeline.ts'
import { pinsIn } from '../../../../client/chat/messages/pins.ts'
import { quotationOf } from '../../../../client/chat/messages/quotation.ts'
import type { Question } from '../../../../client/chat/questions/question.ts'
import type { Chat } from '../../../../client/chat/state.ts'
import type { Pending } from '../../../../client/session/outbox/pending.ts'

/** The quoted message, or why there is none. */
export type Quoted = Said | 'ignored' | 'wanted' | 'absent'

export type Living = {
  readonly quoted: Quoted | null
  /** The reader's own commands about it that have no answer yet. */
  readonly pending: readonly Pending[]
  readonly isPinned: boolean
  /** The reader. */
  readonly member: string
  /** Its question; null: none. */
  readonly question: Question | null
  /** For the members that may answer it; null: it's no question. */
  readonly view: Chat['view'] | null
}

export function livingOf(chat: Chat, said: Said): Living {
  const question = chat.questions.get(said.seq) ?? null
  const pending = chat.pending.filter(({ asked }) => 'seq' in asked && asked.seq === said.seq)
  return {
    quoted: said.reply === undefined ? null : quotedIn(chat, said.reply),
    pending: pending.length === 0 ? NONE : pending,
    isPinned: pinsIn(chat, chat.where).some(({ seq }) => seq === said.seq),
    member: chat.view.member,
    question,
    view: question && chat.view,
  }
}

const NONE: readonly Pending[] = []

function quotedIn(chat: Chat, seq: number): Quoted {
  const quotation = quotationOf(chat, seq)
  return quotation.is === 'message' || quotation.is === 'deleted' ? quotation.said : quotation.is
}

/** The text that the reader has given it, until the server answers. */
export function editedNow({ pending }: Living): string | null {
  const edit = pending.findLast(({ asked }) => asked.type === 'edit')?.asked
  return edit?.type === 'edit' ? edit.text : null
}
