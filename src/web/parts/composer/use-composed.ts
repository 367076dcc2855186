/** The text that is being written: the draft of its place, its completions, and the lines that were sent before. */
import { type RefObject, useState } from 'react'
import type { Chat } from '../../../client/chat/state.ts'
import type { Choice } from '../../../client/input/completion.ts'
import { newer, nothingTyped, older, remember } from '../../../client/input/typed-lines.ts'
import { choicesFor, replaced } from '../../text/choices.ts'
import { useCaret } from './use-caret.ts'
import { useDrafts } from './use-drafts.ts'
import { useEmojiNames } from './use-emoji-names.ts'
import type { Modes } from './use-modes.ts'

export type Composed = {
  readonly text: string
  readonly choices: readonly Choice[]
  /** The selected choice; null: none yet. */
  readonly chosen: number | null
  /** A word with choices was begun, and isn't one of them yet. */
  readonly isPartial: boolean
  /** The text is this now, with the cursor at `caret`. */
  readonly write: (text: string, caret?: number) => void
  /** The text is sent: it is the latest of the earlier lines. */
  readonly remember: () => void
  readonly accept: (choice: number) => void
  /** Writes something at the cursor, apart from the word before it. */
  readonly insert: (piece: string) => void
  /** Completes the word before the cursor, even one without a sign before it. False: there's nothing to complete. */
  readonly complete: () => boolean
  readonly closeChoices: () => void
  /** Selects the next choice (1) or the one before (-1), or shows a later or an earlier line. False: neither. */
  readonly step: (by: 1 | -1) => boolean
}

export function useComposed(chat: Chat, field: RefObject<HTMLTextAreaElement | null>, modes: Modes): Composed {
  const drafts = useDrafts(chat.where)
  const [text, draft] = modes.mode?.is === 'edit' ? [modes.mode.text, modes.write] : drafts
  const { caret, moved, move } = useCaret(field)
  const [typed, setTyped] = useState(nothingTyped)
  const [chosen, choose] = useState<number | null>(null)
  const [isShut, setShut] = useState(false)
  const emoji = useEmojiNames(text)
  const completion = choicesFor(text.slice(0, caret), chat, emoji)
  const choices = isShut ? [] : completion.choices

  function show(next: string): void {
    draft(next)
    choose(null)
  }

  function put(next: string, at: number, shut: boolean): void {
    show(next)
    move(at)
    setShut(shut)
  }

  function recall(by: 1 | -1): boolean {
    if (text.includes('\n') && typed.at === typed.lines.length) return false
    const found = by < 0 ? older(typed, text) : newer(typed)
    if (!found) return false
    setTyped(found.typed)
    put(found.text, found.text.length, true)
    return true
  }

  return {
    ...{ text, choices, chosen },
    isPartial: choices.length > 0 && !completion.exact,
    write(next, at = next.length) {
      // A paste stays as it is.
      const ends = next.length === text.length + 1 && next[at - 1] === ':'
      const before = ends ? emoji?.withEmoji(next.slice(0, at)) : null
      if (before) return put(before + next.slice(at), before.length, false)
      show(next)
      moved(at)
      setShut(false)
    },
    remember: () => setTyped(remember(typed, text)),
    accept(index) {
      const choice = choices[index]
      if (choice === undefined) return
      const { text: next, caret: at } = replaced(text, caret, completion.from, choice.text)
      put(next, at, true)
      field.current?.focus()
    },
    insert(piece) {
      const [before, after] = [text.slice(0, caret), text.slice(caret)]
      const gap = before === '' || /\s$/.test(before) ? '' : ' '
      put(`${before}${gap}${piece}${after}`, caret + gap.length + piece.length, true)
      field.current?.focus()
    },
    complete() {
      const { choices: all, from } = choicesFor(text.slice(0, caret), chat, emoji, true)
      const [first] = all
      if (first === undefined || from === caret) return false
      const { text: next, caret: at } = replaced(text, caret, from, first.text)
      put(next, at, false)
      return true
    },
    closeChoices() {
      setShut(true)
      choose(null)
    },
    step(by) {
      if (choices.length === 0 || (chosen === null && !completion.asked)) return recall(by)
      const from = chosen ?? (by > 0 ? -1 : 0)
      choose((from + by + choices.length) % choices.length)
      return true
    },
  }
}
