/** The heights of the rows drawn so far, by key. */

/** Measures the drawn rows, whose keys are `keys`. Returns whether a height is new. */
export function measure(heights: Map<string, number>, drawn: Iterable<Element>, keys: readonly string[]): boolean {
  let isNew = false
  for (const [k, child] of [...drawn].entries()) {
    const key = keys[k]
    if (key === undefined) continue
    const { height } = child.getBoundingClientRect()
    if (Math.abs((heights.get(key) ?? -1) - height) <= 0.1) continue
    heights.set(key, height)
    isNew = true
  }
  return isNew
}

/** Drops the heights of rows that are gone. */
export function forget(heights: Map<string, number>, keys: readonly string[]): void {
  if (heights.size < 2 * keys.length + 1000) return
  const there = new Set(keys)
  for (const key of heights.keys()) if (!there.has(key)) heights.delete(key)
}
