/** The initials of a name, for a face without a picture: one or two graphemes, safe in any script. */

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** Scripts whose words begin with capitals in names. In others, a word's first letter alone says most. */
const CASED = /^[\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Armenian}]/v
const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gv

/** A name without letters or digits gives its first sign. Empty only for an empty name. */
export function initials(name: string): string {
  const [first, second] = name.match(WORD) ?? [name]
  const one = begin(first)
  return second !== undefined && CASED.test(first ?? '') && CASED.test(second) ? one + begin(second) : one
}

/** The first grapheme, as a capital unless that is longer (ß) or of another script. */
function begin(word = ''): string {
  const [first] = graphemes.segment(word)
  const letter = first?.segment ?? ''
  const capital = CASED.test(letter) ? letter.toUpperCase() : letter
  return [...graphemes.segment(capital)].length === 1 ? capital : letter
}
