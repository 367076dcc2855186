/** The quotation of a reply, found when it's drawn: nobody stores it, so an erased text is in none. Pure. */
import { isHiding, type Said } from '../conversation/timeline.ts'
import type { Chat } from '../state.ts'
import { messageOf } from './fetched.ts'

export type Quotation =
  | { readonly is: 'message'; readonly seq: number; readonly said: Said }
  /** Its text was deleted, or is too old to be kept. */
  | { readonly is: 'deleted'; readonly seq: number; readonly said: Said }
  /** I ignore its author. */
  | { readonly is: 'ignored'; readonly seq: number }
  /** It's to be asked for (`ChatStore.look`), or on its way. */
  | { readonly is: 'wanted'; readonly seq: number }
  /** The server gives none. */
  | { readonly is: 'absent'; readonly seq: number }

export function quotationOf(chat: Pick<Chat, 'conversations' | 'fetched' | 'view'>, seq: number): Quotation {
  const one = messageOf(chat, seq)
  if (one === undefined || one === 'asked') return { is: 'wanted', seq }
  if (one === 'absent') return { is: 'absent', seq }
  if (isHiding(one, id => chat.view.ignored.has(id))) return { is: 'ignored', seq }
  if (one.awaited === true) return { is: 'wanted', seq }
  return { is: one.text === null ? 'deleted' : 'message', seq, said: one }
}

/** One line for a quotation: the text, or the substitute of a message without one. */
export function quotedLine({ text, files = [] }: Pick<Said, 'text' | 'files'>): string {
  const [line = ''] = (text ?? '').split('\n').filter(one => one.trim() !== '')
  return line !== '' ? line : files.map(({ name }) => name).join(', ')
}
