/** The characters that an expression distinguishes: in classes. All characters of a class lead to the same states. */
import { Rows, wordsFor } from './bits.ts'
import { alikeIn, type Instruction, type Program } from './program.ts'

/** The kind of a character for `^`, `$` and `\b`. The character before has the same kinds, and also BEGIN. */
export const OTHER = 0
export const WORD = 1
export const NEWLINE = 2
/** There is no character: the text begins or ends here. */
export const EDGE = 3

export const LATIN = 0x100

export class Alphabet {
  /** The number of classes. */
  readonly size: number
  /** For each class: which of the positions take it. */
  readonly takenBy: Rows
  /** For each class: OTHER, WORD or NEWLINE. */
  readonly kinds: Uint8Array
  readonly #bounds: Int32Array
  readonly #classes: Uint16Array
  /** The classes of the first characters. */
  readonly latin = new Uint16Array(LATIN)

  /** `positions`: the instructions that take characters. */
  constructor(program: Program, positions: readonly Instruction[], isByKind: boolean) {
    this.#bounds = program.bounds
    this.#classes = new Uint16Array(this.#bounds.length + 1)
    const sets = alikeIn(positions)
    const known = new Map<string, number>()
    const examples: number[] = []
    for (let at = 0; at <= this.#bounds.length; at++) {
      const point = at === 0 ? 0 : (this.#bounds[at - 1] as number)
      const kind = isByKind ? kindOf(point) : OTHER
      const signature = `${kind}${Array.from(sets.keys(), one => (one.matchRune(point) ? 1 : 0)).join('')}`
      if (!known.has(signature)) examples.push(point)
      const own = known.get(signature) ?? known.size
      known.set(signature, own)
      this.#classes[at] = own
    }
    this.size = examples.length
    this.kinds = Uint8Array.from(examples, point => (isByKind ? kindOf(point) : OTHER))
    this.takenBy = new Rows(this.size, wordsFor(positions.length))
    for (const [one, those] of sets) {
      examples.forEach((point, row) => {
        if (one.matchRune(point)) for (const position of those) this.takenBy.add(row, position)
      })
    }
    for (let point = 0; point < LATIN; point++) this.latin[point] = this.#search(point)
  }

  classOf(point: number): number {
    return point < LATIN ? (this.latin[point] as number) : this.#search(point)
  }

  /** The characters that a position takes, in any case; null: more than `most`. */
  charactersOf(position: number, most: number): readonly string[] | null {
    const characters: string[] = []
    for (const [at, one] of this.#classes.entries()) {
      if (!this.takenBy.has(one, position)) continue
      const from = at === 0 ? 0 : (this.#bounds[at - 1] as number)
      const to = this.#bounds[at] ?? 0x110000
      if (characters.length + to - from > most) return null
      for (let point = from; point < to; point++) characters.push(String.fromCodePoint(point))
    }
    return characters
  }

  #search(point: number): number {
    let low = 0
    let high = this.#bounds.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#bounds[middle] as number) <= point) low = middle + 1
      else high = middle
    }
    return this.#classes[low] as number
  }
}

/** RE2 counts only ASCII letters, digits and the underscore. */
const kindOf = (point: number): number => {
  if (point === 0x0a) return NEWLINE
  return point < 0x80 && /\w/.test(String.fromCharCode(point)) ? WORD : OTHER
}
