/**
 * Glushkov's automaton of an expression: its states are the places that take a character, and after each of them come others,
 * depending on the conditions that hold between two characters.
 */
import { Alphabet, EDGE, NEWLINE, OTHER, WORD } from './alphabet.ts'
import { Rows, wordsFor } from './bits.ts'
import {
  ALT,
  ALT_MATCH,
  BEGIN_LINE,
  BEGIN_TEXT,
  CAPTURE,
  EMPTY_WIDTH,
  END_LINE,
  END_TEXT,
  type Instruction,
  MATCH,
  NO_WORD_BOUNDARY,
  NOP,
  type Program,
  takesCharacter,
  WORD_BOUNDARY,
} from './program.ts'

/** The successors of each position, under some conditions. The last row is for a match that begins here. */
export type Following = {
  /** Positions that may take the next character. */
  readonly next: Rows
  /** 1: the expression has matched. */
  readonly matched: Uint8Array
}

const KINDS = [OTHER, WORD, NEWLINE, EDGE]

export class Positions {
  readonly count: number
  readonly alphabet: Alphabet
  readonly #program: Program
  /** The place in the program of each position, and the other way round. */
  readonly #places: readonly number[]
  readonly #positions = new Map<number, number>()
  readonly #used: number
  readonly #following = new Map<number, Following>()

  constructor(program: Program) {
    this.#program = program
    const { instructions } = program
    this.#places = instructions.flatMap((one, place) => (takesCharacter(one) ? [place] : []))
    this.count = this.#places.length
    for (const [position, place] of this.#places.entries()) this.#positions.set(place, position)
    this.#used = instructions.reduce((all, { op, arg }) => (op === EMPTY_WIDTH ? all | arg : all), 0)
    const positions = this.#places.map(place => instructions[place] as Instruction)
    this.alphabet = new Alphabet(program, positions, this.#used !== 0)
  }

  /** Which of the conditions hold between two characters of these kinds, as far as the expression asks. */
  conditions(before: number, after: number): number {
    let hold = (before === WORD) === (after === WORD) ? NO_WORD_BOUNDARY : WORD_BOUNDARY
    if (before === EDGE) hold |= BEGIN_TEXT | BEGIN_LINE
    if (before === NEWLINE) hold |= BEGIN_LINE
    if (after === EDGE) hold |= END_TEXT | END_LINE
    if (after === NEWLINE) hold |= END_LINE
    return hold & this.#used
  }

  /** The successors under each set of conditions that is possible. */
  cases(): readonly Following[] {
    const all = new Set(KINDS.flatMap(before => KINDS.map(after => this.conditions(before, after))))
    return Array.from(all, conditions => this.following(conditions))
  }

  following(conditions: number): Following {
    const known = this.#following.get(conditions)
    if (known) return known
    const { instructions, start } = this.#program
    const following = {
      next: new Rows(this.count + 1, wordsFor(this.count)),
      matched: new Uint8Array(this.count + 1),
    }
    this.#places.forEach((place, position) => {
      this.#walk((instructions[place] as Instruction).out, conditions, position, following)
    })
    this.#walk(start, conditions, this.count, following)
    this.#following.set(conditions, following)
    return following
  }

  /** Follows from a place in the program all ways that take no character. */
  #walk(from: number, conditions: number, row: number, { next, matched }: Following): void {
    const seen = new Set<number>()
    const pending = [from]
    for (let place = pending.pop(); place !== undefined; place = pending.pop()) {
      if (seen.has(place)) continue
      seen.add(place)
      const { op, out, arg } = this.#program.instructions[place] as Instruction
      const position = this.#positions.get(place)
      if (position !== undefined) next.add(row, position)
      else if (op === MATCH) matched[row] = 1
      else if (op === ALT || op === ALT_MATCH) pending.push(out, arg)
      else if (op === CAPTURE || op === NOP || (op === EMPTY_WIDTH && (arg & ~conditions) === 0)) pending.push(out)
    }
  }
}
