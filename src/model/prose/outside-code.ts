/**
 * The names in a text outside of code. names.ts leaves out most of those in addresses. A client uses it if the server
 * doesn't say which members a text mentions: prose.ts, which knows addresses, is several times as large.
 */
import { overlap } from './aside.ts'
import { codeIn } from './code.ts'
import { type Mention, type Named, namesIn } from './names.ts'

export function namesOutsideCode<T>(text: string, named: Named<T>): readonly Mention<T>[] {
  const found = namesIn(text, named)
  if (found.length === 0) return found
  const code = codeIn(text)
  return found.filter(one => !code.some(place => overlap(place, one)))
}
