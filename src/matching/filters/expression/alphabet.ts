/** The characters as an expression tells them apart: in classes, of which each takes the same ways. */
import { Rows, wordsFor } from './bits.ts'
import type { Instruction, Program } from './program.ts'

/** What a character is for `^`, `$` and `\b`. The same numbers say it of the character before; then BEGIN is possible too. */
export const OTHER = 0
export const WORD = 1
export const NEWLINE = 2
/** There is no character: the text begins or ends here. */
export const EDGE = 3

const LATIN = 0x100

export class Alphabet {
  /** The number of classes. */
  readonly size: number
  /** For each class: which of the positions take it. */
  readonly takenBy: Rows
  /** For each class: OTHER, WORD or NEWLINE. */
  readonly kinds: Uint8Array
  readonly #bounds: Int32Array
  readonly #classes: Uint16Array
  readonly #latin = new Uint16Array(LATIN)

  /** `positions`: the instructions that take characters. */
  constructor(program: Program, positions: readonly Instruction[], isByKind: boolean) {
    this.#bounds = program.bounds
    this.#classes = new Uint16Array(this.#bounds.length + 1)
    const sets = distinct(positions)
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
    for (let point = 0; point < LATIN; point++) this.#latin[point] = this.#search(point)
  }

  classOf(point: number): number {
    return point < LATIN ? (this.#latin[point] as number) : this.#search(point)
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

/** Positions that take the same characters, under one of them: repeated ones share their ranges. */
function distinct(positions: readonly Instruction[]): ReadonlyMap<Instruction, readonly number[]> {
  const first = new Map<string, Instruction>()
  const sets = new Map<Instruction, number[]>()
  positions.forEach((one, position) => {
    const key = `${one.op} ${one.arg} ${one.runes.join()}`
    const same = first.get(key) ?? one
    first.set(key, same)
    sets.set(same, [...(sets.get(same) ?? []), position])
  })
  return sets
}
