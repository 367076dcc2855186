/** A dialog over the page, with a title and a button that closes it. */
import { type ReactNode, useEffect, useRef } from 'react'

type Props = {
  /** The class of its style, and the beginning of its ids. */
  readonly name: string
  readonly title: string
  /** What the button does, for a screen reader. */
  readonly closing: string
  readonly onClose: () => void
  readonly children: ReactNode
}

export function Dialog({ name, title, closing, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => dialog.current?.showModal(), [])
  return (
    <dialog ref={dialog} className={`dialog ${name}`} aria-labelledby={`${name}-title`} onClose={onClose}>
      <div className="dialog-head">
        <h2 id={`${name}-title`}>{title}</h2>
        <button type="button" className="icon" aria-label={closing} onClick={() => dialog.current?.close()}>
          ×
        </button>
      </div>
      {children}
    </dialog>
  )
}
