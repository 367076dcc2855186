/**
 * Graphemes: what readers see as one character. Node takes 20 ms to load its tables, so only the first text that is
 * split waits.
 */
let segmenter: Intl.Segmenter | null = null

export function graphemesIn(text: string): readonly string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  return Array.from(segmenter.segment(text), ({ segment }) => segment)
}
