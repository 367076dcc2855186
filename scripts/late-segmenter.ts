/**
 * Stands in for Intl.Segmenter in the modules with which Ink draws. Node takes long to load the tables of graphemes, so
 * they're loaded with the first text that needs them.
 */
import { ONE_COLUMN_EACH } from '../src/tui/text/one-column.ts'

type Piece = { readonly segment: string; readonly index: number }

export class LateSegmenter {
  readonly #options: ConstructorParameters<typeof Intl.Segmenter>
  #made: Intl.Segmenter | null = null

  constructor(...options: ConstructorParameters<typeof Intl.Segmenter>) {
    this.#options = options
  }

  segment(text: string): Iterable<Piece> & { containing(at: number): Piece | undefined } {
    // An escape character begins no longer grapheme, and ends one.
    if (ONE_COLUMN_EACH.test(text.replaceAll('\u{1b}', ''))) return new Units(text)
    this.#made ??= new Intl.Segmenter(...this.#options)
    return this.#made.segment(text)
  }
}

/** A text of which each UTF-16 unit is a grapheme. */
class Units {
  readonly #text: string

  constructor(text: string) {
    this.#text = text
  }

  *[Symbol.iterator](): Generator<Piece> {
    for (let index = 0; index < this.#text.length; index++) yield { segment: this.#text.charAt(index), index }
  }

  containing(at: number): Piece | undefined {
    return at >= 0 && at < this.#text.length ? { segment: this.#text.charAt(at), index: at } : undefined
  }
}
