/** The keys of a grid of buttons that wraps at its width: the targets of the arrows. */

/** The button that `key` leads to from `at`; null: the key leads nowhere. `tops`: the vertical place of each. */
export function buttonAfter(key: string, at: number, tops: readonly number[]): number | null {
  const last = tops.length - 1
  const columns = Math.max(1, tops.filter(top => top === tops[0]).length)
  switch (key) {
    case 'ArrowLeft':
      return Math.max(0, at - 1)
    case 'ArrowRight':
      return Math.min(last, at + 1)
    case 'ArrowUp':
      return at - columns < 0 ? null : at - columns
    case 'ArrowDown':
      return Math.min(last, at + columns)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
