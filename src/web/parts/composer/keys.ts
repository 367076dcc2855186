/** The keys of the composer. */
import type { KeyboardEvent } from 'react'
import type { Composed } from './use-composed.ts'

type Around = {
  readonly onSend: () => void
  /** Scrolls the messages by pages. */
  readonly onPage: (by: number) => void
  /** Edits the latest message of one's own. False: there's none. */
  readonly onEditLast: () => boolean
  /** Ends an answer or an edit. False: neither was begun. */
  readonly onLeave: () => boolean
}

/** The key code of a key that an input method has taken. Safari ends a composition before the Enter that ended it. */
const TAKEN = 229

/** A touch keyboard has no Shift Enter: there Enter begins a line, and the button sends. */
export const byFinger = (): boolean => matchMedia('(hover: none) and (pointer: coarse)').matches

export function onKeyDown(event: KeyboardEvent, composed: Composed, around: Around): void {
  // Enter that ends a word of an input method doesn't send.
  if (event.nativeEvent.isComposing || event.keyCode === TAKEN) return
  if (!isHandled(event, composed, around)) return
  event.preventDefault()
  if (event.key === 'Escape') event.stopPropagation()
}

function isHandled(event: KeyboardEvent, composed: Composed, around: Around): boolean {
  const { onSend, onPage, onEditLast, onLeave } = around
  const { key, shiftKey, altKey, ctrlKey, metaKey } = event
  const { choices, chosen } = composed
  if (ctrlKey && !altKey && (key === 'ArrowUp' || key === 'ArrowDown')) return composed.step(key === 'ArrowUp' ? -1 : 1)
  if (altKey || ctrlKey || metaKey) return false
  switch (key) {
    case 'Enter':
      if (shiftKey || (chosen === null && byFinger())) return false
      // A partial word with choices is completed. A complete name is sent as it is.
      if (chosen !== null) composed.accept(chosen)
      else if (composed.isPartial) composed.accept(0)
      else onSend()
      return true
    case 'Tab':
      if (shiftKey) return false
      if (choices.length === 0) return composed.complete()
      composed.accept(chosen ?? 0)
      return true
    case 'Escape':
      if (choices.length === 0) return onLeave()
      composed.closeChoices()
      return true
    case 'ArrowUp':
      if (composed.text === '' && onEditLast()) return true
      return composed.step(-1)
    case 'ArrowDown':
      return composed.step(1)
    case 'PageUp':
    case 'PageDown':
      onPage(key === 'PageUp' ? -1 : 1)
      return true
    default:
      return false
  }
}
