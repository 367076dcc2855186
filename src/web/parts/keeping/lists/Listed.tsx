/** A list of the panel, or why there is nothing in it. */
import { type ReactNode, useEffect } from 'react'

type Props<T> = {
  /** Null: it's being asked for. A text: why there is none. */
  readonly list: readonly T[] | string | null
  readonly label: string
  readonly none: string
  readonly row: (one: T) => ReactNode
}

export function Listed<T>({ list, label, none, row }: Props<T>) {
  // The button that had the focus may be gone.
  useEffect(() => {
    if (list && document.activeElement === document.body) document.getElementById('tab-panel')?.focus()
  }, [list])
  if (list === null) return <p className="quiet nothing">Asking the server…</p>
  if (typeof list === 'string') return <p className="wrong nothing">{list}</p>
  if (list.length === 0) return <p className="quiet nothing">{none}</p>
  return (
    <ul className="kept-list" aria-label={label}>
      {list.map(row)}
    </ul>
  )
}
