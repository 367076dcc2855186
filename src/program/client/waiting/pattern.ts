/** The pattern of `rxchat wait`: a text that a message contains, or an expression between slashes. */
import { readExpression } from '../../../matching/filters/expression/expression.ts'
import { FILTER_EXPRESSION_CHARS } from '../../../model/limits.ts'
import { UsageError } from '../../config/usage.ts'

export type Matches = (text: string) => boolean

/**
 * Case makes no difference. An expression is one of RE2, made into a table, so that no message of any kind takes long.
 * Throws UsageError.
 */
export function readPattern(typed: string): Matches {
  const [, expression] = /^\/(.+)\/$/s.exec(typed) ?? []
  if (expression === undefined) {
    const sought = folded(typed)
    return text => folded(text).includes(sought)
  }
  if (expression.length > FILTER_EXPRESSION_CHARS) {
    throw new UsageError(`The expression has more than ${FILTER_EXPRESSION_CHARS} characters. Use a shorter one.`)
  }
  const read = readExpression(expression)
  if (!read.ok) throw new UsageError(`The expression cannot be used: ${read.detail}.`)
  const { table } = read.expression
  return text => table.matches(text)
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase()
