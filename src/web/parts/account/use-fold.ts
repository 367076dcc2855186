/** A form that is folded until it's asked for. The focus follows: to a field, and back to the button. */
import { type RefObject, useLayoutEffect, useRef, useState } from 'react'

type Fold = {
  readonly isOpen: boolean
  readonly open: (isOpen: boolean) => void
  /** The button that unfolds it. */
  readonly opener: RefObject<HTMLButtonElement | null>
}

/** `enter` sets the focus in the form. */
export function useFold(enter: () => void): Fold {
  const [isOpen, open] = useState(false)
  const opener = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  const entering = useRef(enter)
  entering.current = enter
  useLayoutEffect(() => {
    if (isOpen) entering.current()
    else if (wasOpen.current) opener.current?.focus()
    wasOpen.current = isOpen
  }, [isOpen])
  return { isOpen, open, opener }
}
