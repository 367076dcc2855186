/**
 * Word filters: which of many rules a text matches. All words, and the literals that expressions require, are found in
 * one pass over the folded text; an expression is looked at only if its required literals were found.
 */
import { TEXT_MAX_BYTES } from '../../model/limits.ts'
import type { FilterKind } from '../../model/state/keeping.ts'
import { type Automaton, AutomatonBuilder } from './automaton.ts'
import { readExpression } from './expression/expression.ts'
import type { Required } from './expression/program.ts'
import type { Table } from './expression/table.ts'
import { Stream, streamOfLiteral, streamOfWords } from './stream.ts'

/** `room`: null is the whole server. `pattern`: as `readPattern` returned it. */
export type FilterRule = {
  readonly id: number
  readonly room: string | null
  readonly is: FilterKind
  readonly pattern: string
}

export type Filters = {
  /** The number of rules. */
  readonly size: number
  /**
   * The ids of the rules that match, ascending: those of the room, and those of the whole server. If a text is longer
   * than a message may be, the rest isn't looked at. Takes a few milliseconds for the worst text and rules.
   */
  matching(text: string, room: string | null): readonly number[]
  /** The same for the rules of all rooms. */
  anywhere(text: string): readonly number[]
}

/** A rule whose pattern `readPattern` would refuse matches nothing. */
export function compileFilters(rules: Iterable<FilterRule>): Filters {
  const compiling = compilingFilters(rules)
  for (;;) {
    const { done, value } = compiling.next()
    if (done) return value
  }
}

/** In pieces of a millisecond or two, but for an expression that was not read yet. */
export function* compilingFilters(rules: Iterable<FilterRule>): Generator<void, Filters> {
  const all = [...rules]
  if (all.length === 0) return NO_FILTERS
  const plan = new Plan()
  for (const [at, rule] of all.entries()) {
    if (rule.is === 'words') plan.addWords(rule)
    else plan.addExpression(rule)
    if (rule.is === 'expression' || at % RULES_AT_ONCE === 0) yield
  }
  const { words, expressions, automaton } = yield* plan.carriedOut()
  const find = matchingOf(words, expressions, automaton)
  return {
    size: all.length,
    matching: (text, room) => find(text, rule => rule.room === null || rule.room === room),
    anywhere: text => find(text, () => true),
  }
}

/** Words that are read, or added to the automaton, in one piece. */
const RULES_AT_ONCE = 64

const NONE: readonly number[] = []
const NO_FILTERS: Filters = { size: 0, matching: () => NONE, anywhere: () => NONE }
const stream = new Stream()

type CompiledExpression = { readonly rule: FilterRule; readonly table: Table; readonly condition: Condition }
/** Condition on the found keys: nothing, the key of a node, all of some, or one of some. */
type Condition = null | number | { readonly all: readonly Condition[] } | { readonly any: readonly Condition[] }

function matchingOf(
  words: ReadonlyMap<number, readonly FilterRule[]>,
  expressions: readonly CompiledExpression[],
  automaton: Automaton,
): (text: string, isFor: (rule: FilterRule) => boolean) => readonly number[] {
  const holds = (condition: Condition): boolean => {
    if (condition === null) return true
    if (typeof condition === 'number') return automaton.has(condition)
    return 'all' in condition ? condition.all.every(holds) : condition.any.some(holds)
  }
  const conditional = expressions.filter(({ condition }) => condition !== null)
  const unconditional = expressions.filter(({ condition }) => condition === null)

  return (whole, isFor) => {
    const text = whole.length > TEXT_MAX_BYTES ? whole.slice(0, TEXT_MAX_BYTES) : whole
    automaton.begin()
    stream.write(text)
    automaton.scan(stream)
    if (stream.hasCapitals) {
      stream.write(text, true)
      automaton.scan(stream)
    }
    if (automaton.count === 0 && unconditional.length === 0) return NONE
    const ids: number[] = []
    for (let at = 0; at < automaton.count; at++) {
      for (const rule of words.get(automaton.found[at] as number) ?? []) if (isFor(rule)) ids.push(rule.id)
    }
    for (const { rule, table } of unconditional) if (isFor(rule) && table.matches(text)) ids.push(rule.id)
    if (automaton.count > 0) {
      for (const { rule, table, condition } of conditional) {
        if (isFor(rule) && holds(condition) && table.matches(text)) ids.push(rule.id)
      }
    }
    return ids.length < 2 ? ids : ids.sort((a, b) => a - b)
  }
}

/** Gathers the keys of all rules, because the automaton is made for their length. */
class Plan {
  readonly #words: { readonly rule: FilterRule; readonly key: readonly number[] }[] = []
  readonly #expressions: { readonly rule: FilterRule; readonly table: Table; readonly needed: Needed }[] = []
  #length = 0

  addWords(rule: FilterRule): void {
    const key = streamOfWords(rule.pattern)
    if (key.length === 0) return
    this.#length += key.length
    this.#words.push({ rule, key })
  }

  addExpression(rule: FilterRule): void {
    const read = readExpression(rule.pattern)
    if (!read.ok) return
    const { table, required } = read.expression
    this.#expressions.push({ rule, table, needed: this.#needed(required) })
  }

  /** A literal of invisible characters requires nothing. */
  #needed(required: Required | null): Needed {
    if (required === null) return null
    if ('literal' in required) {
      const key = streamOfLiteral(required.literal)
      this.#length += key.length
      return key.length === 0 ? null : { key }
    }
    if ('any' in required) {
      const any = required.any.map(each => this.#needed(each))
      return any.includes(null) ? null : { any }
    }
    const all = required.all.map(each => this.#needed(each)).filter(each => each !== null)
    return all.length === 0 ? null : { all }
  }

  *carriedOut(): Generator<void, CarriedOut> {
    const builder = new AutomatonBuilder(this.#length)
    const words = new Map<number, FilterRule[]>()
    for (const [at, { rule, key }] of this.#words.entries()) {
      const node = builder.add(key)
      words.set(node, [...(words.get(node) ?? []), rule])
      if (at % RULES_AT_ONCE === 0) yield
    }
    const condition = (needed: Needed): Condition => {
      if (needed === null) return null
      if ('key' in needed) return builder.add(needed.key)
      return 'all' in needed ? { all: needed.all.map(condition) } : { any: needed.any.map(condition) }
    }
    const expressions = this.#expressions.map(({ rule, table, needed }) => ({
      rule,
      table,
      condition: condition(needed),
    }))
    return { words, expressions, automaton: yield* builder.build() }
  }
}

type CarriedOut = {
  readonly words: ReadonlyMap<number, readonly FilterRule[]>
  readonly expressions: readonly CompiledExpression[]
  readonly automaton: Automaton
}

/** As a condition, but with the key instead of its node. */
type Needed =
  | null
  | { readonly key: readonly number[] }
  | { readonly all: readonly Needed[] }
  | { readonly any: readonly Needed[] }
