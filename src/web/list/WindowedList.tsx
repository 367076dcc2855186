/**
 * A long list that draws only the visible rows. At its end it stays at the end; elsewhere it stays in place while rows
 * are added above or below. Why it isn't a library: docs/decisions/0020.
 */
import { type ReactNode, type Ref, useImperativeHandle, useRef } from 'react'
import { endOf, rowAt } from './layout.ts'
import { HEAD, useAnchor, type View } from './use-anchor.ts'

export type ListHandle = {
  readonly toEnd: () => void
  readonly toStart: () => void
  readonly toRow: (key: string) => void
  /** By pages; negative is up. */
  readonly page: (by: number) => void
}

type Listeners = {
  /** Tells whether the end is visible, when that changes. */
  readonly onEnd: (isInSight: boolean) => void
  /** The reader comes near the start, or near the end of an excerpt. */
  readonly onStart: () => void
  readonly onFoot: () => void
  /** The first visible row, when that changes. */
  readonly onFirst: (index: number) => void
}

type Props = Listeners & {
  readonly ref: Ref<ListHandle>
  readonly label: string
  readonly keys: readonly string[]
  readonly row: (index: number) => ReactNode
  /** Shown above the first row. */
  readonly head: ReactNode
  /** An excerpt continues below, so the list doesn't stay at its end. */
  readonly isExcerpt: boolean
}

/** Part of the visible height. */
const PAGE = 0.85

/** Without a mouse, the user focuses the list and scrolls it with the browser's keys. */
export const SCROLLED_BY_KEYS = { tabIndex: 0 } as const

export function WindowedList({ ref, label, keys, row, head, isExcerpt, ...listeners }: Props) {
  const { scroller, block, view, onScroll, ...moves } = useAnchor(keys, isExcerpt, useTelling(isExcerpt, listeners))
  const { layout, start, end } = view
  useImperativeHandle(ref, () => ({
    ...moves,
    page: by => scroller.current?.scrollBy({ top: by * PAGE * view.height }),
  }))
  return (
    <div
      ref={scroller}
      className="list"
      role="log"
      aria-live="off"
      aria-label={label}
      {...SCROLLED_BY_KEYS}
      onScroll={onScroll}
    >
      <div className="list-all" style={{ height: endOf(layout) }}>
        <div className="list-head" style={{ transform: `translateY(${(layout.tops[0] ?? HEAD) - HEAD}px)` }}>
          {head}
        </div>
        <div ref={block} className="list-rows" style={{ transform: `translateY(${layout.tops[start] ?? 0}px)` }}>
          {keys.slice(start, end).map((key, k) => (
            <div key={key} className="row">
              {row(start + k)}
            </div>
          ))}
        </div>
      </div>
    </div>
  )
}

/** In pixels: how near the start, or the end of an excerpt, counts as near. */
const NEAR = 1200

/** Tells the listeners the changes since the last view. */
function useTelling(isExcerpt: boolean, { onEnd, onStart, onFoot, onFirst }: Listeners): (view: View) => void {
  const told = useRef({ isAtEnd: true, start: 0 })
  return ({ layout, top, height, start, isAtEnd }) => {
    const before = told.current
    told.current = { isAtEnd, start }
    if (isAtEnd !== before.isAtEnd) onEnd(isAtEnd)
    if (top < NEAR) onStart()
    if (isExcerpt && endOf(layout) - top - height < NEAR) onFoot()
    if (start !== before.start) onFirst(rowAt(layout, top))
  }
}
