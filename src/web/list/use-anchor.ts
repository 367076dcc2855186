/**
 * The scroll position of a list, kept as an anchor: measures the drawn rows, and scrolls so that the anchor stays in
 * place through every change. layout.ts computes; this hook reads and writes the document.
 */
import { useEffect, useLayoutEffect, useReducer, useRef } from 'react'
import { forget, measure } from './heights.ts'
import { type Anchor, anchorAt, type Layout, layOut, topOf, windowOf } from './layout.ts'

/** The drawn rows, and their places. */
export type View = {
  readonly layout: Layout
  /** In pixels: the scroll position, and the visible height. */
  readonly top: number
  readonly height: number
  /** The drawn rows: from `start` to before `end`. */
  readonly start: number
  readonly end: number
  readonly isAtEnd: boolean
}

/**
 * In pixels: the space above the first row; how far beyond the visible part rows are drawn; how near the end counts as
 * the end.
 */
export const HEAD = 36
const BEYOND = 700
const AT_END = 16

/** `onSettled` is called after a render that brings no new height, before it's painted. */
export function useAnchor(keys: readonly string[], isExcerpt: boolean, onSettled: (view: View) => void) {
  const scroller = useRef<HTMLDivElement>(null)
  const block = useRef<HTMLDivElement>(null)
  const heights = useRef(new Map<string, number>()).current
  const anchor = useRef<Anchor>(null)
  const begins = useRef(false)
  const height = useRef(0)
  const [, draw] = useReducer((count: number) => count + 1, 0)
  const atEnd = isExcerpt ? Number.NEGATIVE_INFINITY : AT_END

  const layout = layOut(keys, heights, HEAD, height.current)
  if (isExcerpt && anchor.current === null && height.current > 0)
    anchor.current = anchorAt(layout, topOf(layout, null, height.current), height.current, atEnd)
  const top = topOf(layout, anchor.current, height.current)
  const { start, end } = windowOf(layout, top, height.current, BEYOND)
  const view: View = { layout, top, height: height.current, start, end, isAtEnd: anchor.current === null }

  // After each render, before it's painted: measures the heights, and keeps the visible rows in place.
  useLayoutEffect(() => {
    const [box, rows] = [scroller.current, block.current]
    if (!box || !rows) return
    const isResized = box.clientHeight !== height.current
    height.current = box.clientHeight
    if (measure(heights, rows.children, keys.slice(start, end)) || isResized) return draw()
    if (Math.abs(box.scrollTop - top) > 0.5) box.scrollTop = top
    if (begins.current) anchor.current = anchorAt(layout, top, height.current, atEnd)
    begins.current = false
    forget(heights, keys)
    onSettled(view)
  })

  useEffect(() => {
    // Lines wrap differently, or the field below grows.
    const watching = new ResizeObserver(() => draw())
    for (const element of [scroller.current, block.current]) if (element) watching.observe(element)
    return () => watching.disconnect()
  }, [])

  const moveTo = (to: Anchor): void => {
    anchor.current = to
    draw()
  }
  return {
    ...{ scroller, block, view },
    toEnd: () => moveTo(null),
    toStart() {
      // The first row alone, until the rows that are drawn then are measured.
      begins.current = true
      moveTo([{ key: keys[0] ?? '', dy: HEAD }])
    },
    toRow: (key: string) => moveTo([{ key, dy: height.current / 3 }]),
    onScroll({ currentTarget: { scrollTop, clientHeight } }: { readonly currentTarget: Element }): void {
      // It may be the event of an earlier scroll, in the frame in which the list got another height: measure that first.
      if (clientHeight !== height.current) return draw()
      // Also called for the scrolling done here.
      if (Math.abs(scrollTop - topOf(layout, anchor.current, clientHeight)) < 1) return
      moveTo(anchorAt(layout, scrollTop, clientHeight, atEnd))
    },
  }
}
