/**
 * A menu at the element that opened it; on a phone a sheet at the bottom. The arrows, Home, End and first letters move
 * the focus, Escape and Tab close the menu, and the focus returns.
 */
import { type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'

export type MenuItem = {
  readonly label: string
  readonly run: () => void
  /** An act that can't be undone asks first. */
  readonly question?: string
  /** A line stands above it. */
  readonly begins?: boolean
}

export type OpenMenu = {
  /** For a screen reader. */
  readonly label: string
  readonly head: ReactNode
  readonly items: readonly MenuItem[]
  /** Emoji in a row above the others. */
  readonly reactions?: readonly MenuItem[]
  readonly opener: HTMLElement
}

/** In pixels, between the menu, its opener and the edges of the window. */
const GAP = 4

export function Menu({ menu, onClose }: { readonly menu: OpenMenu; readonly onClose: () => void }) {
  const { label, head, items, reactions = [], opener } = menu
  const sheet = useRef<HTMLDivElement>(null)
  const [sure, setSure] = useState<number | null>(null)

  useLayoutEffect(() => {
    if (sheet.current) place(sheet.current, opener)
    sheet.current?.querySelector<HTMLElement>('.menu-item')?.focus()
  }, [opener])
  useEffect(() => () => returnFocus(opener), [opener])

  function pressed(event: KeyboardEvent<HTMLElement>): void {
    const { key, altKey, ctrlKey, metaKey } = event
    if (altKey || ctrlKey || metaKey) return
    const buttons = buttonsIn(sheet.current)
    const at = buttons.indexOf(document.activeElement as HTMLElement)
    if (key === 'Escape' || key === 'Tab') onClose()
    else if (!focusNext(buttons, at, key)) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // All that is on the page is in a landmark.
    <section aria-label={label}>
      <div className="menu-veil" onPointerDown={onClose} />
      <div
        ref={sheet}
        className="menu"
        role="menu"
        aria-label={label}
        aria-describedby="menu-head"
        tabIndex={-1}
        onKeyDown={pressed}
      >
        <div id="menu-head" className="menu-head" role="presentation">
          {head}
        </div>
        {reactions.length === 0 ? null : (
          <div className="menu-emoji" role="presentation">
            {reactions.map(({ label, run }) => (
              <button
                key={label}
                type="button"
                role="menuitem"
                tabIndex={-1}
                aria-label={`React with ${label}`}
                onClick={() => {
                  onClose()
                  run()
                }}
              >
                {label}
              </button>
            ))}
          </div>
        )}
        {items.map(({ label, run, question, begins }, index) => (
          <button
            type="button"
            key={label}
            role="menuitem"
            tabIndex={-1}
            className={`menu-item${begins ? ' begins' : ''}${sure === index ? ' sure' : ''}`}
            onBlur={() => setSure(null)}
            onPointerMove={event => event.pointerType === 'mouse' && event.currentTarget.focus()}
            onClick={() => {
              if (question !== undefined && sure !== index) return setSure(index)
              onClose()
              run()
            }}
          >
            {sure === index ? question : label}
          </button>
        ))}
      </div>
    </section>
  )
}

const buttonsIn = (sheet: HTMLElement | null): readonly HTMLElement[] => [
  ...(sheet?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? []),
]

/** Whether the key is one that moves the focus. */
function focusNext(buttons: readonly HTMLElement[], at: number, key: string): boolean {
  const last = buttons.length - 1
  const ends: Readonly<Record<string, number>> = {
    ArrowDown: at === last ? 0 : at + 1,
    ArrowUp: at <= 0 ? last : at - 1,
    Home: 0,
    End: last,
    // Along the emoji, which stand in a row.
    ArrowRight: at === last ? 0 : at + 1,
    ArrowLeft: at <= 0 ? last : at - 1,
  }
  const to = ends[key]
  if (to !== undefined) {
    buttons[to]?.focus()
    return true
  }
  if (key.length !== 1 || key === ' ') return false
  const begins = (one: HTMLElement): boolean => one.textContent.toLowerCase().startsWith(key.toLowerCase())
  const found = buttons.slice(at + 1).find(begins) ?? buttons.find(begins)
  found?.focus()
  return true
}

/** Below the opener, or above it if there's more room. A sheet has its place by the style. */
function place(menu: HTMLElement, opener: HTMLElement): void {
  if (matchMedia('(max-width: 759px)').matches) return
  const { left, top, bottom } = opener.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = menu
  const isAbove = bottom + GAP + height > innerHeight && top > innerHeight - bottom
  const y = isAbove ? top - GAP - height : bottom + GAP
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`
  menu.style.top = `${Math.max(GAP, Math.min(y, innerHeight - height - GAP))}px`
}

/** Unless an item has given it to something else, such as a dialog. */
function returnFocus(opener: HTMLElement): void {
  setTimeout(() => {
    if (document.activeElement === document.body || document.activeElement === null) opener.focus()
  })
}
