/**
 * A long list that draws only the visible rows. At its end it stays at the end; elsewhere it stays in place while rows
 * are added above or below. Why it isn't a library: docs/decisions/0020.
 */
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useLayoutEffect, useReducer, useRef } from 'react'
import { type Anchor, anchorAt, endOf, type Layout, layOut, topOf, windowOf } from './layout.ts'

export type ListHandle = {
  readonly toEnd: () => void
  readonly toStart: () => void
  readonly toRow: (key: string) => void
  /** By pages; negative is up. */
  readonly page: (by: number) => void
}

type Props = {
  readonly ref: Ref<ListHandle>
  readonly label: string
  readonly keys: readonly string[]
  readonly row: (index: number) => ReactNode
  /** Shown above the first row. */
  readonly head: ReactNode
  /** Tells whether the end is visible, when that changes. */
  readonly onEnd: (isInSight: boolean) => void
  /** The reader comes near the start, or near the end of an excerpt. */
  readonly onStart: () => void
  readonly onFoot: () => void
  /** An excerpt continues below, so the list doesn't stay at its end. */
  readonly isExcerpt: boolean
  /** The first visible row, when that changes. */
  readonly onFirst: (index: number) => void
}

/**
 * In pixels: the head; how far beyond the visible part rows are drawn; how near the start counts; how near the end
 * counts as the end.
 */
const HEAD = 36
const BEYOND = 700
const NEAR_START = 1200
const AT_END = 16
const PAGE = 0.85

/** Without a mouse, the user focuses the list and scrolls it with the browser's keys. */
export const SCROLLED_BY_KEYS = { tabIndex: 0 } as const

export function WindowedList({ ref, label, keys, row, head, onEnd, onStart, onFoot, isExcerpt, onFirst }: Props) {
  const scroller = useRef<HTMLDivElement>(null)
  const block = useRef<HTMLDivElement>(null)
  const heights = useRef(new Map<string, number>()).current
  const anchor = useRef<Anchor>(null)
  const height = useRef(0)
  const first = useRef(0)
  /** Whether the end was visible at the last call of onEnd. */
  const told = useRef(true)
  const [, draw] = useReducer((count: number) => count + 1, 0)

  const layout = layOut(keys, heights, HEAD, height.current)
  const atEnd = isExcerpt ? Number.NEGATIVE_INFINITY : AT_END
  if (isExcerpt && anchor.current === null && height.current > 0)
    anchor.current = anchorAt(layout, topOf(layout, null, height.current), height.current, atEnd)
  const top = topOf(layout, anchor.current, height.current)
  const { start, end } = windowOf(layout, top, height.current, BEYOND)
  const drawn = useRef<Layout>(layout)
  drawn.current = layout

  // After each render, before it's painted: measures the heights, and keeps the visible rows in place.
  useLayoutEffect(() => {
    const [box, rows] = [scroller.current, block.current]
    if (!box || !rows) return
    let isOther = false
    if (box.clientHeight !== height.current) {
      height.current = box.clientHeight
      isOther = true
    }
    for (const [k, child] of [...rows.children].entries()) {
      const key = keys[start + k]
      if (key === undefined) continue
      const { height: is } = child.getBoundingClientRect()
      if (Math.abs((heights.get(key) ?? -1) - is) > 0.1) {
        heights.set(key, is)
        isOther = true
      }
    }
    if (isOther) return draw()
    if ((anchor.current === null) !== told.current) {
      told.current = anchor.current === null
      onEnd(told.current)
    }
    if (Math.abs(box.scrollTop - top) > 0.5) box.scrollTop = top
    forget(heights, keys)
    if (top < NEAR_START) onStart()
    if (isExcerpt && endOf(layout) - top - height.current < NEAR_START) onFoot()
    if (first.current !== start) {
      first.current = start
      onFirst(drawnFirst(layout, top))
    }
  })

  const moved = (to: Anchor): void => {
    anchor.current = to
    draw()
  }

  useEffect(() => {
    // Lines wrap differently, or the field below grows.
    const watching = new ResizeObserver(() => draw())
    for (const element of [scroller.current, block.current]) if (element) watching.observe(element)
    return () => watching.disconnect()
  }, [])

  useImperativeHandle(ref, () => ({
    toEnd: () => moved(null),
    toStart: () => moved(anchorAt(drawn.current, 0, height.current, atEnd)),
    toRow: key => moved([{ key, dy: height.current / 3 }]),
    page: by => scroller.current?.scrollBy({ top: by * PAGE * height.current }),
  }))

  return (
    <div
      ref={scroller}
      className="list"
      role="log"
      aria-live="off"
      aria-label={label}
      {...SCROLLED_BY_KEYS}
      onScroll={({ currentTarget: { scrollTop, clientHeight } }) => {
        if (Math.abs(scrollTop - topOf(drawn.current, anchor.current, clientHeight)) < 1) return
        moved(anchorAt(drawn.current, scrollTop, clientHeight, atEnd))
      }}
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

const drawnFirst = (layout: Layout, top: number): number => windowOf(layout, top, 0, 0).start

/** Drops the heights of rows that are gone. */
function forget(heights: Map<string, number>, keys: readonly string[]): void {
  if (heights.size < 2 * keys.length + 1000) return
  const there = new Set(keys)
  for (const key of heights.keys()) if (!there.has(key)) heights.delete(key)
}
