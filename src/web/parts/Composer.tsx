/** The composer: several lines, completion, earlier lines, and a draft for each place. */
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { Chat } from '../../client/chat/state.ts'
import { newer, nothingTyped, older, remember } from '../../client/input/typed-lines.ts'
import { DRAFT_MAX_BYTES } from '../../model/limits.ts'
import { listen } from '../browser/listen.ts'
import { choicesFor, replaced } from '../text/choices.ts'
import { Choices } from './controls/Choices.tsx'
import { Trouble } from './controls/Trouble.tsx'
import { useDrafts } from './use-drafts.ts'

export type Writing = { readonly focus: () => void }

type Props = {
  readonly ref: Ref<Writing>
  readonly chat: Chat
  /** The error about the last text entered. */
  readonly trouble: string | null
  readonly onCalm: () => void
  /** Whether the text was understood; if not, it stays in the field. */
  readonly onEnter: (text: string) => boolean
  /** Scrolls the messages by pages. */
  readonly onPage: (by: number) => void
}

const ROWS_MAX = 8
/** The key code of a key that an input method has taken. Safari ends a composition before the Enter that ended it. */
const TAKEN = 229

/** A touch keyboard has no Shift Enter: there Enter begins a line, and the button sends. */
const byFinger = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches

const LIST = 'choices'

export function Composer({ ref, chat, trouble, onCalm, onEnter, onPage }: Props) {
  const { where } = chat
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, draft] = useDrafts(where)
  const [caret, setCaret] = useState(0)
  const [typed, setTyped] = useState(nothingTyped)
  /** The selected choice; null: none yet. */
  const [chosen, choose] = useState<number | null>(null)
  const [shut, setShut] = useState(false)
  const isOver = chat.status.state === 'ended'
  const completion = choicesFor(text.slice(0, caret), chat)
  const choices = shut ? [] : completion.choices

  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), [])
  // On a touch screen the field isn't focused, or the keyboard would cover half of it unasked.
  useLayoutEffect(() => {
    if (where && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [where])
  const place = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (place.current === null) return
    field.current?.setSelectionRange(place.current, place.current)
    place.current = null
  })

  // Browsers report cursor moves only on the document.
  useEffect(
    () =>
      listen(document, 'selectionchange', () => {
        if (field.current && document.activeElement === field.current) setCaret(field.current.selectionStart)
      }),
    [],
  )

  function write(next: string, at = next.length): void {
    draft(next)
    setCaret(at)
    choose(null)
    setShut(false)
  }

  function put(next: string, at = next.length): void {
    write(next, at)
    place.current = at
  }

  function send(): void {
    if (text.trim() === '' || isOver) return
    setTyped(remember(typed, text))
    if (onEnter(text)) write('')
    else setShut(true)
  }

  function accept(index: number): void {
    const choice = choices[index]
    if (choice === undefined) return
    const { text: next, caret: at } = replaced(text, caret, completion.from, choice.text)
    put(next, at)
    setShut(true)
    field.current?.focus()
  }

  /** Whether the key was handled. */
  function pressed({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (altKey || ctrlKey || metaKey) return false
    const isOneLine = !text.includes('\n')
    switch (key) {
      case 'Enter':
        if (shiftKey || (chosen === null && byFinger())) return false
        // A partial word with choices is completed. A complete name is sent as it is.
        if (chosen !== null) accept(chosen)
        else if (choices.length > 0 && !completion.exact) accept(0)
        else send()
        return true
      case 'Tab': {
        if (shiftKey) return false
        const offered = choices.length > 0 ? choices : []
        if (offered.length === 0) return tabbed()
        accept(chosen ?? 0)
        return true
      }
      case 'Escape':
        if (choices.length === 0) return false
        setShut(true)
        choose(null)
        return true
      case 'ArrowUp':
      case 'ArrowDown': {
        const by = key === 'ArrowUp' ? -1 : 1
        if (choices.length > 0 && (chosen !== null || completion.asked)) {
          const from = chosen ?? (by > 0 ? -1 : 0)
          choose((from + by + choices.length) % choices.length)
          return true
        }
        if (!isOneLine && typed.at === typed.lines.length) return false
        const found = by < 0 ? older(typed, text) : newer(typed)
        if (!found) return false
        setTyped(found.typed)
        put(found.text)
        setShut(true)
        return true
      }
      case 'PageUp':
      case 'PageDown':
        onPage(key === 'PageUp' ? -1 : 1)
        return true
      default:
        return false
    }
  }

  /** A name without a sign before it is completed only on Tab, with the first match. */
  function tabbed(): boolean {
    const { choices: all, from } = choicesFor(text.slice(0, caret), chat, true)
    const [first] = all
    if (first === undefined || from === caret) return false
    const { text: next, caret: at } = replaced(text, caret, from, first.text)
    put(next, at)
    return true
  }

  return (
    <form
      className="composer"
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      {trouble === null ? null : <Trouble message={trouble} onClose={onCalm} />}
      {choices.length > 0 ? <Choices id={LIST} choices={choices} chosen={chosen} onChoose={accept} /> : null}
      <textarea
        ref={field}
        aria-label={`Message ${where}`}
        aria-autocomplete="list"
        aria-controls={choices.length > 0 ? LIST : undefined}
        aria-activedescendant={chosen === null ? undefined : `${LIST}-${chosen}`}
        placeholder={isOver ? '' : `Message ${where}`}
        disabled={isOver}
        value={text}
        rows={Math.min(ROWS_MAX, text.split('\n').length)}
        maxLength={DRAFT_MAX_BYTES}
        enterKeyHint={byFinger() ? 'enter' : 'send'}
        dir="auto"
        onChange={event => {
          if (trouble !== null) onCalm()
          write(event.target.value, event.target.selectionStart)
        }}
        onKeyDown={event => {
          // Enter that ends a word of an input method doesn't send.
          if (event.nativeEvent.isComposing || event.keyCode === TAKEN) return
          if (pressed(event)) {
            event.preventDefault()
            if (event.key === 'Escape') event.stopPropagation()
          }
        }}
      />
      <button type="submit" className="primary send" disabled={isOver || text.trim() === ''}>
        Send
      </button>
    </form>
  )
}
