/** The keys while a message is selected: the arrows select another, letters act on it. Pure. */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import { reactionsOf } from '../../../client/chat/messages/reactions.ts'
import { roomOf } from '../../../client/chat/place.ts'
import type { Chat } from '../../../client/chat/state.ts'
import { REACTIONS } from '../../../client/view/reactions.ts'
import { edit } from '../../edit.ts'
import type { Stroke } from '../../stroke.ts'
import { answering, editing } from '../composing.ts'
import { ANSWER_KEYS } from '../drawing/entry/question-lines.ts'
import { paneOf, planOf } from '../drawing/plan.ts'
import { wantEmojiNames } from '../emoji.ts'
import type { ChatPressed, Seen } from '../press-act.ts'
import { anchored } from '../scroll.ts'
import type { ChatUi } from '../ui.ts'
import { actOf } from './acts.ts'
import { openables } from './links.ts'
import { anchorOn, type Selected, selectedMessage, selectNext } from './selection.ts'

/** Null: no message is selected, or the stroke is for something else. */
export function pressSelected(ui: ChatUi, stroke: Stroke, seen: Seen): ChatPressed | null {
  const { selected } = ui
  const message = selectedMessage(seen.chat, selected)
  if (!selected || !message || stroke.type === 'paste') return null
  if (stroke.type === 'key') return onKey(ui, selected, message, stroke.key, seen)
  // Keys typed fast arrive as one text. Letters that do nothing here mustn't end up in a message.
  const [key = '', ...rest] = [...stroke.text]
  const [next, acts] = onKey(ui, selected, message, key, seen) ?? [ui, []]
  if (rest.length === 0) return [next, acts]
  const later: Stroke = { type: 'text', text: rest.join('') }
  if (!next.selected) {
    const opensLine = next.editor !== ui.editor || next.composing !== ui.composing
    return [opensLine ? { ...next, editor: edit(next.editor, later) ?? next.editor } : next, acts]
  }
  const [last, more] = pressSelected(next, later, seen) ?? [next, []]
  return [last, [...acts, ...more]]
}

type Chosen = NonNullable<Selected>

function onKey(ui: ChatUi, selected: Chosen, message: Said, key: string, seen: Seen): ChatPressed | null {
  const answered = onAnswer(ui, selected, message, key, seen)
  if (answered) return answered
  switch (key) {
    case 'up':
    case 'k':
    case 'ctrl-up':
    case 'ctrl-o':
    case 'alt-m':
      return selecting(ui, selectNext(seen.chat, selected, -1), seen)
    case 'down':
    case 'j':
    case 'ctrl-down':
      return selecting(ui, selectNext(seen.chat, selected, 1), seen)
    case 'escape':
    case 'ctrl-c':
      return [{ ...ui, selected: null }, []]
    case 'backspace':
    case 'delete':
      return acted(ui, selected, message, key, seen) ?? [ui, []]
    default:
      return acted(ui, selected, message, key, seen)
  }
}

/** While something is asked, Enter or a digit answers it, and Esc keeps everything as it is. */
function onAnswer(
  ui: ChatUi,
  { asking, ...selected }: Chosen,
  message: Said,
  key: string,
  { chat, from }: Seen,
): ChatPressed | null {
  if (asking === null) return null
  if (key === 'escape' || key === 'ctrl-c') return [{ ...ui, selected: { ...selected, asking: null } }, []]
  if (asking === 'delete') {
    return key === 'enter' ? [{ ...ui, selected: null }, [{ type: 'delete', seq: message.seq }]] : null
  }
  if (asking === 'react') return reacting(ui, message, key, chat)
  const href = /^[1-9]$/.test(key) ? openables(message, from?.page)[Number(key) - 1]?.href : undefined
  return href === undefined ? null : [{ ...ui, selected: null }, [{ type: 'open', href }]]
}

/** A digit is one of the usual ones; one's own is taken back. A letter begins the name of another one, in the command for that. */
function reacting(ui: ChatUi, message: Said, key: string, chat: Chat): ChatPressed | null {
  const { seq } = message
  const emoji = /^[1-9]$/.test(key) ? REACTIONS[Number(key) - 1] : undefined
  if (emoji !== undefined) {
    const off = reactionsOf(chat, message).some(chip => chip.emoji === emoji && chip.mine)
    return [{ ...ui, selected: null }, [{ type: 'react', seq, emoji, off }]]
  }
  if (!/^[:\p{L}]$/u.test(key)) return null
  wantEmojiNames()
  const editor = { ...ui.editor, before: `/react :${key === ':' ? '' : key}`, after: ` ${seq}` }
  return [{ ...ui, selected: null, editor }, []]
}

function acted(ui: ChatUi, selected: Chosen, message: Said, key: string, { chat, from }: Seen): ChatPressed | null {
  const act = actOf(chat, message, key)
  const done = { ...ui, selected: null }
  switch (act) {
    case null:
      return null
    case 'reply':
      return [answering(ui, message.seq), []]
    case 'edit':
      return [editing(ui, message), []]
    case 'react':
      return [{ ...ui, selected: { ...selected, asking: 'react' } }, []]
    case 'reactors':
      return [{ ...ui, selected: { ...selected, names: true } }, [{ type: 'reactors', seq: message.seq }]]
    case 'answer': {
      const choice = ANSWER_KEYS.indexOf(key)
      const question = chat.questions.get(message.seq)
      if (question?.kind === 'buzz') return [done, [{ type: 'answer-question', seq: message.seq }]]
      if (!question || choice >= question.choices.length) return [ui, []]
      return [done, [{ type: 'answer-question', seq: message.seq, choice }]]
    }
    case 'close':
      return [done, [{ type: 'close-question', seq: message.seq }]]
    case 'pin':
    case 'unpin':
      return [done, [{ type: 'pin', seq: message.seq, off: act === 'unpin' }]]
    case 'copy':
      return [done, [{ type: 'copy', text: message.text ?? '' }]]
    case 'address':
      return [done, [{ type: 'copy-address', room: roomOf(chat.where) ?? '', seq: message.seq }]]
    case 'open': {
      const [first, second] = openables(message, from?.page)
      if (first && !second) return [done, [{ type: 'open', href: first.href }]]
      return [{ ...ui, selected: { ...selected, asking: 'link' } }, []]
    }
    case 'who':
      return [{ ...done, people: { name: message.from } }, []]
    case 'delete':
      return [{ ...ui, selected: { ...selected, asking: 'delete' } }, []]
  }
}

/** Selects a message and scrolls to it. */
export function selecting(ui: ChatUi, selected: Selected, { chat, size, face, from }: Seen): ChatPressed {
  if (!selected) return [{ ...ui, selected }, []]
  const next = { ...ui, selected }
  const pane = paneOf(chat, next, planOf(next, size), face, from)
  const anchor = anchored(pane, anchorOn(pane, ui.anchor, selected))
  const sees = (anchor === null) === (ui.anchor === null) ? [] : [{ type: 'see', end: anchor === null } as const]
  return [{ ...next, anchor }, sees]
}
