/** Commands about word filters: `/filter hold buy now`, `/filter refuse in ops /free +money/`. */
import type { FilterAction } from '../state/keeping.ts'
import { type Here, inPlace, nextClause, withClauses } from './clauses.ts'
import { command, type Next, split, type Typed } from './row.ts'
import { readNumber } from './sanctions.ts'

const ACTIONS: readonly FilterAction[] = ['warn', 'hold', 'refuse']

/** Between slashes it's an expression. A pattern that begins with a word for a place stands after `--`. */
export function readFilter(rest: string, here: Here): Typed | null {
  const [word, more] = split(rest)
  const action = ACTIONS.find(one => one === word.toLowerCase())
  if (!action) return null
  return withClauses(more, here, ['place'], ({ room, rest: typed }) => {
    const [, expression] = /^\/(.+)\/$/.exec(typed) ?? []
    const pattern = expression ?? typed
    if (pattern === '') return null
    return command({ type: 'filter', is: expression === undefined ? 'words' : 'expression', pattern, action, room })
  })
}

export const readUnfilter = (rest: string, here: Here): Typed | null =>
  readNumber(rest, (filter, more) => inPlace(more, here, room => command({ type: 'unfilter', filter, room })))

export const nextOfFilter = (typed: readonly string[]): Next =>
  typed.length === 0 ? { words: ACTIONS } : nextClause(typed.slice(1))
