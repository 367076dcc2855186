/**
 * The positions of the rows of a long list, and which of them to draw. The height of a row is known once it was drawn,
 * and estimated before. The visible rows still stay in place. Pure.
 */

/**
 * The rows that stay in place when others are added, removed or turn out higher: the first of them that still exists is
 * kept `dy` pixels below the top. More than one, because the day above a message goes when an older message of that day
 * is added. Null: the end.
 */
export type Anchor = readonly { readonly key: string; readonly dy: number }[] | null

/** Heights of the rows drawn so far, by key. */
export type Heights = ReadonlyMap<string, number>

export type Layout = {
  readonly keys: readonly string[]
  /** The top of each row, and finally the end of the last one. */
  readonly tops: Float64Array
}

/** In pixels: the estimated height of a row, and the space below the last one. */
const GUESS = 30
const FOOT = 6

/** `lead`: pixels above the first row. A list lower than its box is aligned at the bottom. */
export function layOut(keys: readonly string[], heights: Heights, lead: number, height: number): Layout {
  const tops = new Float64Array(keys.length + 1)
  let top = lead
  for (let k = 0; k < keys.length; k++) {
    tops[k] = top
    top += heights.get(keys[k] ?? '') ?? GUESS
  }
  tops[keys.length] = top + FOOT
  const spare = height - top - FOOT
  return { keys, tops: spare > 0 ? tops.map(at => at + spare) : tops }
}

export const endOf = ({ keys, tops }: Layout): number => tops[keys.length] ?? 0

/** The scroll position. */
export function topOf(layout: Layout, anchor: Anchor, height: number): number {
  const { keys, tops } = layout
  const most = Math.max(0, endOf(layout) - height)
  for (const { key, dy } of anchor ?? []) {
    const k = keys.lastIndexOf(key)
    if (k >= 0) return Math.max(0, Math.min(most, (tops[k] ?? 0) - dy))
  }
  return most
}

/** The reverse of topOf: the anchor for a reader who has scrolled to `top`. */
export function anchorAt(layout: Layout, top: number, height: number, atEnd: number): Anchor {
  if (endOf(layout) - height - top <= atEnd) return null
  const k = rowAt(layout, top)
  const held = layout.keys.slice(k, k + HELD).map((key, j) => ({ key, dy: (layout.tops[k + j] ?? 0) - top }))
  return [...held.slice(EDGE), ...held.slice(0, EDGE)]
}

/**
 * The number of rows in an anchor. The topmost go last, because new rows right above may change them: a name, a day, a
 * run.
 */
const HELD = 6
const EDGE = 2

/** The rows to draw: from `start` to before `end`. */
export function windowOf(layout: Layout, top: number, height: number, beyond: number) {
  const start = rowAt(layout, top - beyond)
  return { start, end: Math.min(layout.keys.length, rowAt(layout, top + height + beyond) + 1) }
}

/** The row at `y`: the last that begins there or above. */
export function rowAt({ keys, tops }: Layout, y: number): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((tops[middle] ?? 0) <= y) low = middle + 1
    else high = middle
  }
  return Math.max(0, low - 1)
}
