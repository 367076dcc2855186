/** Why re2js refuses an expression, in the words of a refusal. */
import { RE2JSException, RE2JSSyntaxException } from 're2js'

/** Clauses by the error text of re2js. The faulty part is shown only where the clause repeats it. */
const CLAUSES: Readonly<Record<string, (part: string) => string>> = {
  'missing closing ]': () => 'has an unclosed [',
  'invalid escape sequence': part => `has ${part}, which isn't an escape of RE2`,
  'invalid or unsupported Perl syntax': part => `has ${part}, which RE2 doesn't have`,
  'missing argument to repetition operator': part => `has ${part} with nothing to repeat`,
  'invalid nested repetition operator': part => `has ${part}, a repeat of a repeat`,
  'invalid repeat count': part => `has ${part}, which is too many repeats`,
  'invalid character class range': part => `has ${part}, which isn't a range or a class of RE2`,
  'invalid named capture': part => `has ${part}, which isn't a name of a group`,
  'duplicate capture group name': part => `has two groups of the name ${part}`,
}
const SHOWN_MAX = 24

/** Such as "the expression has an unclosed [ at 5". Places count characters from 1. */
export function faultOf(pattern: string, error: unknown): string {
  if (!(error instanceof RE2JSException)) throw error
  if (!(error instanceof RE2JSSyntaxException)) return "the expression can't be compiled"
  if (error.error === 'missing closing )') return `the expression has an unclosed group${unmatched(pattern, '(')}`
  if (error.error === 'unexpected )') return `the expression has a ) without its (${unmatched(pattern, ')')}`
  if (error.error === 'trailing backslash at end of expression') return 'the expression ends with a single \\'
  const clause = CLAUSES[error.error]
  if (clause === undefined) return 'the expression is too large'
  const part = error.input ?? ''
  return `the expression ${clause(part.slice(0, SHOWN_MAX))}${placeOf(pattern, pattern.lastIndexOf(part))}`
}

const placeOf = (pattern: string, at: number): string =>
  at < 0 ? '' : ` at ${Array.from(pattern.slice(0, at)).length + 1}`

/** Escaped characters and classes, in which parentheses are none, and parentheses. */
const TOKENS = /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\\.|\[:\w+:\]|[^\]])*\]|[()]/gs

function unmatched(pattern: string, wanted: '(' | ')'): string {
  const open: number[] = []
  for (const { 0: token, index } of pattern.matchAll(TOKENS)) {
    if (token === '(') open.push(index)
    else if (token === ')' && open.pop() === undefined) return wanted === ')' ? placeOf(pattern, index) : ''
  }
  return wanted === '(' ? placeOf(pattern, open.at(-1) ?? -1) : ''
}
