/** The colours of code on this screen. A block is drawn plain at first, and again when its colours are there. */
import { Subject } from 'rxjs'
import { colouring } from '../../../../client/view/code/coloured.ts'
import type { TokenType } from '../../../../client/view/code/tokens.ts'
import { type Style, type StyledLine, span } from '../../../text/line.ts'

const coloured = new Subject<void>()
export const coloured$ = coloured.asObservable()

/** How often code was coloured. A layout made before may lack colours. */
let count = 0
export const colouredSoFar = (): number => count

const { tokens } = colouring(() => {
  count++
  coloured.next()
})

const STYLES: Readonly<Record<TokenType, Style>> = {
  keyword: { role: 'accent' },
  string: { role: 'good' },
  number: { role: 'warning' },
  comment: { role: 'quiet' },
  name: { bold: true },
  added: { role: 'good' },
  removed: { role: 'error' },
}

export function codeSpans(code: string, language: string, style: Style): StyledLine {
  const found = tokens(code, language)
  if (!found) return [span(code, style)]
  return found.map(({ type, text }) => span(text, type === null ? style : { ...style, ...STYLES[type] }))
}
