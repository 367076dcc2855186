/** Finds the known word that a mistyped one probably means. */

/** The most letters that may be wrong, missing, added or swapped. */
const SLIPS_MAX = 2

/** Undefined if none is near. */
export function nearest(typed: string, known: readonly string[]): string | undefined {
  const [best] = known.map(word => ({ word, slips: slips(typed, word) })).sort((a, b) => a.slips - b.slips)
  return best && best.slips <= Math.min(SLIPS_MAX, best.word.length - 1) ? best.word : undefined
}

/** Optimal string alignment distance, row by row. */
function slips(from: string, to: string): number {
  let before: readonly number[] = []
  let above = Array.from({ length: to.length + 1 }, (_, column) => column)
  for (let row = 1; row <= from.length; row++) {
    const here = [row]
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1]
      const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1]
      here.push(
        Math.min(
          at(above, column) + 1,
          at(here, column - 1) + 1,
          at(above, column - 1) + (same ? 0 : 1),
          swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    before = above
    above = here
  }
  return at(above, to.length)
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY
