/**
 * The only place that knows re2js from within: its program of an expression, which is Thompson's automaton, and the
 * literals that it requires. If re2js differs from this description, the tests of this folder fail.
 */
import { RE2JS } from 're2js'

/** An instruction. `out` and `arg` are the places of the next ones; of EMPTY_WIDTH, `arg` are the conditions. */
export type Instruction = {
  readonly op: number
  readonly out: number
  readonly arg: number
  readonly runes: Int32Array
  matchRune(point: number): boolean
}

export const ALT = 1
export const ALT_MATCH = 2
export const CAPTURE = 3
export const EMPTY_WIDTH = 4
export const MATCH = 6
export const NOP = 7
const RUNE = 8
const RUNE_ANY_NOT_NL = 11

export const takesCharacter = ({ op }: Instruction): boolean => op >= RUNE && op <= RUNE_ANY_NOT_NL

/** The conditions of EMPTY_WIDTH. */
export const BEGIN_LINE = 1
export const END_LINE = 2
export const BEGIN_TEXT = 4
export const END_TEXT = 8
export const WORD_BOUNDARY = 16
export const NO_WORD_BOUNDARY = 32

export type Program = {
  readonly instructions: readonly Instruction[]
  readonly start: number
  /** How many of the instructions take a character. */
  readonly positions: number
  /** Code points before which the behaviour may change, ascending, without 0. */
  readonly bounds: Int32Array
}

/** Throws the error of re2js if the pattern isn't an expression. */
export function programOf(pattern: string): Program {
  const re2 = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).re2()
  const instructions: readonly Instruction[] = re2.prog.inst
  return {
    instructions,
    start: re2.prog.start,
    positions: instructions.reduce((count, one) => count + (takesCharacter(one) ? 1 : 0), 0),
    get bounds() {
      // For each repeat re2js would take all ranges again. It doesn't run this program, so it may get a shorter one.
      const distinct = [...alikeIn(instructions.filter(one => takesCharacter(one) || one.op === EMPTY_WIDTH)).keys()]
      re2.prog = { numInst: () => distinct.length, getInst: (place: number) => distinct[place] }
      return re2.dfa.classBounds
    },
  }
}

/** The places of instructions that take the same characters, or have the same conditions, under the first of them. */
export function alikeIn(instructions: readonly Instruction[]): ReadonlyMap<Instruction, readonly number[]> {
  const first = new Map<unknown, Map<string, Instruction>>()
  const places = new Map<Instruction, number[]>()
  for (const [place, one] of instructions.entries()) {
    // Repeated ones share their ranges, which may be many.
    const ranges = one.runes.length > 2 ? one.runes : one.runes.join()
    const kind = `${one.op} ${one.arg}`
    const alike = first.get(ranges) ?? new Map<string, Instruction>()
    first.set(ranges, alike)
    const same = alike.get(kind) ?? one
    alike.set(kind, same)
    const those = places.get(same)
    if (those) those.push(place)
    else places.set(same, [place])
  }
  return places
}

/** Literals of every match: one, all of some, or one of some. Null: none is known. */
export type Required =
  | { readonly literal: string }
  | { readonly all: readonly Required[] }
  | { readonly any: readonly Required[] }

type Prefilter = { readonly type: number; readonly subs: readonly Prefilter[]; readonly str: string }
const EXACT = 1
const AND = 2

/**
 * re2js derives no literals of expressions that ignore case. But a match of one that does has, in some case, the literals that it
 * would have if it didn't.
 */
export function requiredOf(pattern: string): Required | null {
  const prefilter: Prefilter | null = RE2JS.compile(pattern).re2().prefilter
  return prefilter && required(prefilter)
}

/** Only the whole of a prefilter may require nothing: then re2js has none. */
function required({ type, subs, str }: Prefilter): Required {
  if (type === EXACT) return { literal: str }
  const parts = subs.map(required)
  return type === AND ? { all: parts } : { any: parts }
}
