/** The cursor of a text field: its place, and its place after the next drawing. */
import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { listen } from '../../browser/listen.ts'

type Caret = {
  readonly caret: number
  /** The field has moved it. */
  readonly moved: (to: number) => void
  readonly move: (to: number) => void
}

export function useCaret(field: RefObject<HTMLTextAreaElement | null>): Caret {
  const [caret, moved] = useState(0)
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
        if (field.current && document.activeElement === field.current) moved(field.current.selectionStart)
      }),
    [field],
  )
  function move(to: number): void {
    moved(to)
    place.current = to
  }
  return { caret, moved, move }
}
