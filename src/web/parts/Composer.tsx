/** Where one writes: several lines, completion, what was written before, and a draft for each place. */
import { type KeyboardEvent, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react'
import type { Chat } from '../../client/chat-state.ts'
import { newer, nothingTyped, older, remember } from '../../client/typed.ts'
import { DRAFT_MAX_BYTES } from '../../model/limits.ts'
import { listen } from '../listen.ts'
import { choicesFor, replaced } from '../text/choices.ts'
import { Choices } from './Choices.tsx'
import { Trouble } from './Trouble.tsx'
import { useDrafts } from './use-drafts.ts'

export type Writing = { readonly focus: () => void }

type Props = {
  readonly ref: Ref<Writing>
  readonly chat: Chat
  /** What was wrong with what was entered last. */
  readonly trouble: string | null
  readonly onCalm: () => void
  /** Whether that was understood; what was not stays. */
  readonly onEnter: (text: string) => boolean
  /** To scroll what was said, by pages. */
  readonly onPage: (by: number) => void
}

const ROWS_MAX = 8
/** A key that an input method has taken; Safari ends a composition before the Enter that ended it. */
const TAKEN = 229

/** Where fingers type there is no Shift Enter: Enter begins a line, and the button sends. */
const byFinger = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches

const LIST = 'choices'

export function Composer({ ref, chat, trouble, onCalm, onEnter, onPage }: Props) {
  const { where } = chat
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, draft] = useDrafts(where)
  const [caret, setCaret] = useState(0)
  const [typed, setTyped] = useState(nothingTyped)
  /** The choice that is marked; null: none yet. */
  const [chosen, choose] = useState<number | null>(null)
  const [shut, setShut] = useState(false)
  const isOver = chat.status.state === 'ended'
  const completion = choicesFor(text.slice(0, caret), chat)
  const choices = shut ? [] : completion.choices

  useImperativeHandle(ref, () => ({ focus: () => field.current?.focus() }), [])
  // Where a finger types, a keyboard over half of the screen waits until it is asked for.
  useLayoutEffect(() => {
    if (where && matchMedia('(hover: hover)').matches) field.current?.focus()
  }, [where])
  const place = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (place.current === null) return
    field.current?.setSelectionRange(place.current, place.current)
    place.current = null
  })

  // A browser tells of a cursor that moves in the document alone.
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

  /** Whether the key was for us. */
  function pressed({ key, shiftKey, altKey, ctrlKey, metaKey }: KeyboardEvent): boolean {
    if (altKey || ctrlKey || metaKey) return false
    const isOneLine = !text.includes('\n')
    switch (key) {
      case 'Enter':
        if (shiftKey || (chosen === null && byFinger())) return false
        // What is begun and offered is completed; a name that is whole is said as it is.
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

  /** A name without a sign before it is offered only to whoever asks, and one that is the only one is taken. */
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
          // Enter that ends a word of an input method does not send.
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
