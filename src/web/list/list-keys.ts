/**
 * The keys of the list: Tab enters it once, the arrows move from message to message, Home and End go to its ends, and
 * left and right along its actions and then its parts: the answered message, its files, its reactions. An action has a
 * key of its own, such as Enter for the menu. So nobody has to tab through the buttons of each message.
 */
import type { KeyboardEvent } from 'react'
import type { ListHandle } from './WindowedList.tsx'

const MESSAGE = '.message[data-seq]'

export function byKeys(
  event: KeyboardEvent<HTMLElement>,
  { toStart, toEnd }: Pick<ListHandle, 'toStart' | 'toEnd'>,
): void {
  const { key, altKey, ctrlKey, metaKey, shiftKey, target, currentTarget } = event
  if (altKey || ctrlKey || metaKey || shiftKey || !(target instanceof HTMLElement)) return
  const message = target.closest<HTMLElement>(MESSAGE)
  const isList = target.getAttribute('role') === 'log'
  if (!message && !isList) return
  if (key === 'ArrowUp' || key === 'ArrowDown') {
    const next = beside(currentTarget, message, key === 'ArrowUp' ? -1 : 1)
    if (!next) return
    event.preventDefault()
    next.focus({ preventScroll: true })
    next.scrollIntoView({ block: 'nearest' })
  } else if (key === 'Home' || key === 'End') {
    // The browser would scroll there smoothly, and stop midway if a row is higher than estimated.
    event.preventDefault()
    if (key === 'Home') toStart()
    else toEnd()
  } else if (message && (key === 'ArrowRight' || key === 'ArrowLeft')) {
    const next = along(message, target, key === 'ArrowRight' ? 1 : -1)
    if (!next) return
    event.preventDefault()
    next.focus({ preventScroll: true })
  } else if (message && target === message) {
    const act = message.querySelector<HTMLElement>(`.act[data-key="${CSS.escape(STANDS_FOR[key] ?? key)}"]`)
    if (!act) return
    event.preventDefault()
    act.focus({ preventScroll: true })
    act.click()
  } else if (message && key === 'Escape' && target !== message) {
    event.stopPropagation()
    message.focus()
  }
}

/** Two keys that are as good as others. */
const STANDS_FOR: Readonly<Record<string, string>> = { ContextMenu: 'Enter', Backspace: 'Delete' }

/** Parts of a message that can be pressed, beside its actions. */
const SHOWN = '.quote, button.vote, .buzzer, .picture, .file, .reaction'

/**
 * The next or previous part from the one with the focus; from the message itself, the first; before the first, the
 * message.
 */
function along(message: HTMLElement, from: HTMLElement, by: number): HTMLElement | undefined {
  const all = [
    message,
    ...message.querySelectorAll<HTMLElement>('.act'),
    ...message.querySelectorAll<HTMLElement>(SHOWN),
  ]
  const at = all.indexOf(from)
  return at < 0 ? undefined : all[at + by]
}

/** The message after or before this one; from the list itself, the last visible one. */
function beside(list: HTMLElement, message: HTMLElement | null, by: number): HTMLElement | undefined {
  const all = [...list.querySelectorAll<HTMLElement>(MESSAGE)]
  if (message) return all[all.indexOf(message) + by]
  const bottom = list.getBoundingClientRect().bottom
  return all.findLast(one => one.getBoundingClientRect().top < bottom)
}
