/**
 * The table of a deterministic automaton, made whole when an expression is read. An expression whose table would be too
 * large is refused, so that looking at a text takes a step a character and nothing else, for every expression and every
 * text.
 */
import { type Alphabet, EDGE, LATIN, OTHER } from './alphabet.ts'
import { Rows, wordsFor } from './bits.ts'
import { dominanceOf } from './dominance.ts'
import type { Following, Positions } from './positions.ts'

/** The state in which the expression has matched, and that before a text. */
const MATCHED = 0
const START = 1

/**
 * Each state has a row: for each class of characters, and for the end of the text, the offset of the next state's row.
 */

export class Table {
  readonly #alphabet: Alphabet
  readonly #next: Uint16Array
  readonly #width: number

  constructor(alphabet: Alphabet, next: Uint16Array) {
    this.#alphabet = alphabet
    this.#next = next
    this.#width = alphabet.size + 1
  }

  /** Whether the expression matches anywhere in the text. */
  matches(text: string): boolean {
    const alphabet = this.#alphabet
    const { latin } = alphabet
    const next = this.#next
    const width = this.#width
    let row = START * width
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at)
      let one: number
      if (unit < LATIN) one = latin[unit] as number
      else {
        const point = text.codePointAt(at) as number
        if (point > 0xffff) at++
        one = alphabet.classOf(point)
      }
      row = next[row + one] as number
      if (row === MATCHED) return true
    }
    return next[row + alphabet.size] === MATCHED
  }
}

/** Null: the table would have more than `most` entries. */
export function tableOf(positions: Positions, most: number): Table | null {
  const { alphabet } = positions
  const width = alphabet.size + 1
  const states = new States(positions)
  const next: number[] = new Array(width).fill(MATCHED)
  states.intern(EDGE)
  for (let state = START; state < states.count; state++) {
    if ((states.count + 1) * width > most) return null
    for (let one = 0; one <= alphabet.size; one++) next.push(states.after(state, one) * width)
  }
  return new Table(alphabet, Uint16Array.from(next))
}

type StateSet = { readonly positions: readonly number[]; readonly kind: number }

/** The sets of positions that have just taken a character, with the kind of that character. */
class States {
  count = START
  readonly #positions: Positions
  readonly #stands: Rows
  readonly #known = new Map<string, number>()
  readonly #sets: StateSet[] = []
  /** The set that is being made. */
  readonly #set: Rows

  constructor(positions: Positions) {
    this.#positions = positions
    this.#set = new Rows(1, wordsFor(positions.count))
    this.#stands = dominanceOf(positions)
    // The state of a match.
    this.#sets.push({ positions: [], kind: OTHER })
  }

  /** The state after a class of characters, or, if it's beyond all classes, after the end of the text. */
  after(state: number, one: number): number {
    const { count, alphabet } = this.#positions
    const isEnd = one === alphabet.size
    const { positions, kind } = this.#sets[state] as StateSet
    const after = isEnd ? EDGE : (alphabet.kinds[one] as number)
    const following = this.#positions.following(this.#positions.conditions(kind, after))
    this.#set.clear(0)
    if (this.#isMatched(following, count)) return MATCHED
    for (const position of positions) if (this.#isMatched(following, position)) return MATCHED
    if (isEnd) return state
    this.#set.keep(0, alphabet.takenBy, one)
    return this.intern(after)
  }

  #isMatched({ next, matched }: Following, row: number): boolean {
    this.#set.join(0, next, row)
    return matched[row] === 1
  }

  /** The number of the state of the set that was made, without the positions that others in it stand for. */
  intern(kind: number): number {
    this.#set.leave(0, this.#stands, this.#positions.count)
    for (const position of this.#set.list(0)) {
      if (this.#set.has(0, position)) this.#set.leave(0, this.#stands, position)
    }
    const positions = this.#set.list(0)
    const key = String.fromCharCode(kind, ...positions)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    this.#known.set(key, this.count)
    this.#sets.push({ positions, kind })
    return this.count++
  }
}
