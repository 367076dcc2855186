/**
 * The positions that may be forgotten beside others: `p` beside `q` if each text that matches after `p` also matches
 * after `q`. Without this, `free.{0,50}cash` would have a state for each set of places where a "free" began; with it,
 * only the last one counts.
 */
import { Rows, wordsFor } from './bits.ts'
import type { Following, Positions } from './positions.ts'

/** A row for each position, and one for a match that begins here: the positions that it stands for, apart from itself. */
export function dominanceOf(positions: Positions): Rows {
  const { count } = positions
  const cases = positions.cases()
  const narrower = narrowerOf(positions)
  const stands = new Rows(count + 1, wordsFor(count))
  for (let row = 0; row <= count; row++) {
    for (let position = 0; position < count; position++) {
      if (cases.every(({ matched }) => matched[position] === 0 || matched[row] === 1)) stands.add(row, position)
    }
  }
  // The greatest relation for which this holds: positions that aren't covered are taken away until all are.
  while (takeAway(stands, narrower, cases, count)) {}
  for (let position = 0; position < count; position++) stands.delete(position, position)
  return stands
}

/** Later positions first: then those that come after a position are right already, unless there is a loop. */
function takeAway(stands: Rows, narrower: Rows, cases: readonly Following[], count: number): boolean {
  let hasChanged = false
  const covered = new Rows(1, stands.words)
  for (let row = count; row >= 0; row--) {
    for (const { next, matched } of cases) {
      // It has matched already, so the next characters don't count.
      if (matched[row] === 1) continue
      covered.clear(0)
      for (const after of next.list(row)) covered.joinBoth(0, stands, narrower, after)
      for (const position of stands.list(row)) {
        if (next.isWithin(position, covered, 0)) continue
        stands.delete(row, position)
        hasChanged = true
      }
    }
  }
  return hasChanged
}

/** For each position, those that take no character that it doesn't take. */
function narrowerOf({ count, alphabet }: Positions): Rows {
  const taking = new Rows(count, wordsFor(alphabet.size))
  for (let row = 0; row < alphabet.size; row++) {
    for (const position of alphabet.takenBy.list(row)) taking.add(position, row)
  }
  const narrower = new Rows(count, wordsFor(count))
  for (let row = 0; row < count; row++) {
    for (let position = 0; position < count; position++) {
      if (taking.isWithin(position, taking, row)) narrower.add(row, position)
    }
  }
  return narrower
}
