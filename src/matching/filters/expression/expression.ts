/** A regular expression of RE2, made into a table, so that its cost is known before it's used. */
import { FILTER_EXPRESSIONS_MAX, FILTER_POSITIONS_MAX, FILTER_TABLE_ENTRIES } from '../../../model/limits.ts'
import { faultOf } from './fault.ts'
import { Positions } from './positions.ts'
import { type Program, programOf, type Required } from './program.ts'
import { requirementOf } from './required.ts'
import { type Table, tableOf } from './table.ts'

export type Expression = {
  readonly table: Table
  /** Literals that a text must have for the expression to match; null: every text has to be looked at. */
  readonly required: Required | null
}
type ReadExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly detail: string }

/** The latest ones: an expression is read when its filter is added, and again with each further filter. */
const read = new Map<string, ReadExpression>()

/**
 * The expression of a pattern, which ignores the case of letters. `detail` is a clause. Takes a few milliseconds at
 * most.
 */
export function readExpression(pattern: string): ReadExpression {
  const known = read.get(pattern)
  const expression = known ?? readAnew(pattern)
  read.delete(pattern)
  read.set(pattern, expression)
  for (const oldest of read.keys()) {
    if (read.size <= 2 * FILTER_EXPRESSIONS_MAX) break
    read.delete(oldest)
  }
  return expression
}

const refused = (detail: string): ReadExpression => ({ ok: false, detail })
const TOO_LONG = `the expression stands for more than ${FILTER_POSITIONS_MAX} characters with its repeats: repeat less often`
const TOO_MANY = 'the expression has too many states: use fewer or shorter repeats and alternatives'

function readAnew(pattern: string): ReadExpression {
  // It would be refused anyway, but only after it had been unfolded.
  if (repeatsIn(pattern) > FILTER_POSITIONS_MAX) return refused(TOO_LONG)
  let program: Program
  try {
    program = programOf(pattern)
  } catch (error) {
    return refused(faultOf(pattern, error))
  }
  if (program.positions > FILTER_POSITIONS_MAX) return refused(TOO_LONG)
  const positions = new Positions(program)
  const table = tableOf(positions, FILTER_TABLE_ENTRIES)
  if (table === null) return refused(TOO_MANY)
  if (table.matches('')) return refused('the expression matches an empty text, and so nearly every message')
  return { ok: true, expression: { table, required: requirementOf(pattern, positions) } }
}

/** All counts of repeats together. */
function repeatsIn(pattern: string): number {
  let sum = 0
  for (const [, least, most] of pattern.matchAll(/\{(\d+)(?:,(\d*))?\}/g)) sum += Number(most || least)
  return sum
}
