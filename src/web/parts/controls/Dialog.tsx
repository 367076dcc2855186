/** A dialog over the page, with a title and a button that closes it. */
import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from './Icon.tsx'

type Props = {
  /** The class of its style, and the beginning of its ids. */
  readonly name: string
  readonly title: string
  /** The button's effect, for a screen reader. */
  readonly closing: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Dialog({ name, title, closing, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const isOver = useRef(false)
  useEffect(() => {
    const before = document.activeElement
    dialog.current?.showModal()
    // A dialog that isn't closed but removed, as by Back, takes the focus along. The focus returns to its place before.
    return () => {
      isOver.current = true
      setTimeout(() => {
        if (document.activeElement === document.body && before instanceof HTMLElement) before.focus()
      })
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      className={`dialog ${name}`}
      aria-labelledby={`${name}-title`}
      onClose={() => isOver.current || onClose()}
    >
      <div className="dialog-head">
        <h2 id={`${name}-title`} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="icon" aria-label={closing} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      {children}
    </dialog>
  )
}
