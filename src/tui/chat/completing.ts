/** Completion by Tab: the first press puts in what all choices share or the first of them, the next ones go round. */
import type { Chat } from '../../client/chat-state.ts'
import { complete } from '../../client/completion.ts'
import type { Editor } from '../../client/editor.ts'
import { personOf, roomOf } from '../../client/where.ts'
import type { ChatUi, Completing } from './ui.ts'

/** `by`: 1 for the next choice, -1 for the one before. */
export function completed(ui: ChatUi, chat: Chat, by: 1 | -1): ChatUi {
  const { completing } = ui
  if (completing) {
    const { length } = completing.choices
    return chosen(ui, { ...completing, index: (completing.index + by + length) % length })
  }
  const { from, choices } = complete(ui.editor.before, known(chat))
  const [only, another] = choices
  if (!only) return ui
  const next: Completing = { from, choices, index: 0 }
  return another ? chosen(ui, next) : { ...chosen(ui, next), completing: null }
}

function known(chat: Chat): { rooms: Iterable<string>; names: Iterable<string> } {
  const person = personOf(chat.where)
  const members = chat.view.rooms.get(roomOf(chat.where) ?? '')?.members.keys() ?? []
  return { rooms: chat.view.rooms.keys(), names: person === null ? members : [person] }
}

function chosen(ui: ChatUi, completing: Completing): ChatUi {
  const text = completing.choices[completing.index]?.text ?? ''
  const editor: Editor = { ...ui.editor, before: ui.editor.before.slice(0, completing.from) + text }
  return { ...ui, editor, completing }
}
