/** The definition of a words filter, without an automaton: each place of the folded text is compared, and then its ends are looked at. */
import { ATTACHED, folded, LETTER, placeOf, SIGN, SPACE, unitOf } from '../../../src/matching/filters/fold.ts'

/** A symbol with those that are attached to it. */
type Cell = { readonly place: number; readonly units: string }

function cellsOf(text: string, byLook: boolean): readonly Cell[] {
  const cells: Cell[] = []
  for (const char of text) {
    const { symbols, look } = folded(char.codePointAt(0) as number)
    for (const symbol of (byLook && look) || symbols) {
      const units = String.fromCharCode(unitOf(symbol))
      const last = cells.at(-1)
      if (placeOf(symbol) === SPACE && last?.units === ' ') continue
      if (placeOf(symbol) === ATTACHED && last) cells[cells.length - 1] = { ...last, units: last.units + units }
      else cells.push({ place: placeOf(symbol), units })
    }
  }
  return cells
}

export function findsWords(pattern: string, text: string): boolean {
  const sought = cellsOf(pattern.replace(/^\*|\*$/g, ''), false)
  return [false, true].some(byLook => {
    const cells = cellsOf(text, byLook)
    return cells.some((_, at) => {
      const isSame = ({ place, units }: Cell, offset: number): boolean => {
        const found = cells[at + offset]?.units
        // More may be attached to a sign at the end, and before a star, as within a Korean syllable.
        const isOpen = offset === sought.length - 1 && (pattern.endsWith('*') || place === SIGN || place === SPACE)
        return found === units || (isOpen && found?.startsWith(units) === true)
      }
      if (!sought.every(isSame)) return false
      const isWhole = (inner: Cell | undefined, outer: Cell | undefined): boolean =>
        inner?.place !== LETTER || outer?.place !== LETTER
      const begins = pattern.startsWith('*') || isWhole(sought[0], cells[at - 1])
      return begins && (pattern.endsWith('*') || isWhole(sought.at(-1), cells[at + sought.length]))
    })
  })
}
