/** Literals that a text must have for an expression to match it, so that most expressions needn't be looked at. */

import { foldedKey } from '../stream.ts'
import type { Positions } from './positions.ts'
import { type Required, requiredOf } from './program.ts'

/** Shorter literals are in most texts. */
const LENGTH = 3
/** The most beginnings that are looked for, and characters that one place may have in them. */
const BEGINNINGS_MAX = 64
const CHARACTERS_MAX = 16

/** The literals of the expression, or how its matches may begin, such as one of "cas" and "c@s" for `c[a@]sh`. */
export function requirementOf(pattern: string, positions: Positions): Required | null {
  const literals = requiredOf(pattern)
  if (strength(literals) >= LENGTH) return literals
  const beginnings = beginningsOf(positions)
  return strength(beginnings) > strength(literals) ? beginnings : literals
}

/** The length of a literal that is in each matching text. */
function strength(required: Required | null): number {
  if (required === null) return 0
  if ('literal' in required) return required.literal.length
  return 'all' in required ? Math.max(...required.all.map(strength)) : Math.min(...required.any.map(strength))
}

/**
 * Beginnings: each match begins with one of these texts, apart from its case and other folding. Null: with too many.
 */
function beginningsOf(positions: Positions): Required | null {
  const cases = positions.cases()
  const done = new Set<string>()
  let open: readonly (readonly [text: string, row: number])[] = [['', positions.count]]
  for (let length = 0; length < LENGTH; length++) {
    const longer = new Map<string, readonly [string, number]>()
    for (const [text, row] of open) {
      if (cases.some(({ matched }) => matched[row] === 1)) done.add(text)
      for (const position of new Set(cases.flatMap(({ next }) => next.list(row)))) {
        const characters = positions.alphabet.charactersOf(position, CHARACTERS_MAX)
        if (characters === null) done.add(text)
        for (const one of characters ?? []) longer.set(`${position} ${foldedKey(text + one)}`, [text + one, position])
      }
    }
    if (longer.size > BEGINNINGS_MAX) return null
    open = [...longer.values()]
  }
  const all = new Map([...done, ...open.map(([text]) => text)].map(text => [foldedKey(text), text]))
  return { any: Array.from(all.values(), literal => ({ literal })) }
}
