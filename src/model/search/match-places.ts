/** Finds the places of the words of a search in a text, so that a screen can mark them. */
import type { TextRange } from '../prose/aside.ts'
import { fold, placesOfWord, soughtIn } from './match.ts'

/**
 * A letter with its accents, or a run of conjoining Korean jamo. Folded alone, it gives the same as within its text.
 */
const UNIT = /[\u1100-\u11ff]+|\P{M}\p{M}*|\p{M}+/gu

/** In order, and merged where they touch. `typed`: the words as typed. */
export function soughtPlaces(text: string, typed: string): readonly TextRange[] {
  const words = soughtIn(typed)
  if (words.length === 0) return []
  /** For each unit of the folded text, the start and the end of its source in `text`. */
  const begins: number[] = []
  const ends: number[] = []
  let folded = ''
  for (const { 0: unit, index } of text.matchAll(UNIT)) {
    const piece = fold(unit)
    folded += piece
    for (let k = 0; k < piece.length; k++) {
      begins.push(index)
      ends.push(index + unit.length)
    }
  }
  const found = words.flatMap((word, at) =>
    [...placesOfWord(folded, word, at === words.length - 1)].map(start => ({
      from: begins[start] ?? 0,
      to: ends[start + word.length - 1] ?? 0,
    })),
  )
  return joined(found.sort((a, b) => a.from - b.from))
}

function joined(sorted: readonly TextRange[]): readonly TextRange[] {
  const apart: TextRange[] = []
  for (const place of sorted) {
    const last = apart.at(-1)
    if (last && place.from <= last.to) apart[apart.length - 1] = { from: last.from, to: Math.max(last.to, place.to) }
    else apart.push(place)
  }
  return apart
}
