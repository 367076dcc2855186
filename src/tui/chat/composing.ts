/** The purpose of the typed text: a new message, an answer, or another text of an earlier message. Pure. */
import { here } from '../../client/chat/chat.ts'
import { messageAt, type Said } from '../../client/chat/conversation/timeline.ts'
import type { Chat } from '../../client/chat/state.ts'
import { write } from '../../client/input/editor.ts'
import { flatten } from '../../model/text.ts'
import { type ChatUi, type Composing, NEW } from './ui.ts'

export const answering = (ui: ChatUi, seq: number): ChatUi => ({
  ...ended(ui),
  selected: null,
  composing: { type: 'reply', seq },
})

export function editing(before: ChatUi, { seq, text }: Pick<Said, 'seq' | 'text'>): ChatUi {
  const ui = ended(before)
  const composing: Composing = { type: 'edit', seq, draft: ui.editor }
  return { ...ui, selected: null, completing: null, composing, editor: write(ui.editor, text ?? '') }
}

/** A new message again: an answer keeps its text, an edit gives back the text typed before. */
export function ended(ui: ChatUi): ChatUi {
  const { composing } = ui
  if (composing.type === 'new') return ui
  const editor = composing.type === 'edit' ? { ...composing.draft, killed: ui.editor.killed } : ui.editor
  return { ...ui, composing: NEW, completing: null, editor }
}

/** The latest message of one's own in sight of the end, if its text is still there. */
export function lastOwn(chat: Chat): Said | null {
  const { timeline, excerpt } = here(chat)
  if (excerpt) return null
  const last = timeline.entries.findLast(entry => entry.kind === 'said' && isEditable(entry))
  return last?.kind === 'said' ? last : null
}

export const isEditable = ({ mine, text, held }: Said): boolean => mine && text !== null && held !== true

/** The line below the messages about it; null: none. */
export function composingWords(chat: Chat, composing: Composing): string | null {
  switch (composing.type) {
    case 'new':
      return null
    case 'edit':
      return `Another text for message ${composing.seq}: Enter saves it, Esc leaves it as it is`
    case 'reply': {
      const said = messageAt(here(chat).timeline, composing.seq)
      if (!said) return `Answer to message ${composing.seq}: Esc ends it`
      return flatten(`Answer to ${said.from}: Esc ends it  ${said.text ?? '(deleted)'}`)
    }
  }
}
