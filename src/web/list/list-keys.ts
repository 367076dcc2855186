/**
 * The keys of the list: Tab enters it once, the arrows move from message to message, Home and End go to its ends,
 * Enter opens the menu of a message, and Delete asks whether to delete one's own. So nobody has to tab through a button of each message.
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
  } else if (message && (key === 'Enter' || key === 'ContextMenu') && target === message) {
    event.preventDefault()
    message.querySelector<HTMLElement>('.more')?.click()
  } else if (message && (key === 'Delete' || key === 'Backspace') && target === message) {
    const act = message.querySelector<HTMLElement>('.act:not(.more)')
    if (!act) return
    event.preventDefault()
    act.focus()
    act.click()
  } else if (message && key === 'Escape' && target !== message) {
    event.stopPropagation()
    message.focus()
  }
}

/** The message after or before this one; from the list itself, the last visible one. */
function beside(list: HTMLElement, message: HTMLElement | null, by: number): HTMLElement | undefined {
  const all = [...list.querySelectorAll<HTMLElement>(MESSAGE)]
  if (message) return all[all.indexOf(message) + by]
  const bottom = list.getBoundingClientRect().bottom
  return all.findLast(one => one.getBoundingClientRect().top < bottom)
}
