/** Many filters at once find the same as each alone, by its definition. */
import fc from 'fast-check'
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { compileFilters, type FilterRule } from '../../../src/matching/filters/filters.ts'
import { readPattern } from '../../../src/matching/filters/pattern.ts'
import { FILTER_EXPRESSIONS_MAX, FILTERS_MAX, TEXT_MAX_BYTES } from '../../../src/model/limits.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { cast } from '../../helpers/cast.ts'
import { runs } from '../../helpers/seeds.ts'
import { findsWords } from './words-oracle.ts'

const rule = (id: number, is: FilterRule['is'], pattern: string, room: string | null = null): FilterRule => ({
  id,
  room,
  is,
  pattern,
})

/** Few letters, so that much is found: in several scripts, and characters that are folded away. */
const LETTERS = 'aabbcd AB.*-_1éÉ\u0301\u200bａßſсΝ田中がか\u3099กี한바박\n  مـ'
const anyLetters = (maxLength: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...Array.from(LETTERS)), maxLength })

const anyWords = fc
  .tuple(fc.boolean(), fc.oneof(anyLetters(4), fc.constantFrom(...cast)), fc.boolean())
  .map(([begins, words, ends]) => readPattern('words', `${begins ? '*' : ''}${words}${ends ? '*' : ''}`))
  .filter(read => read.ok)
  .map(read => (read.ok ? read.pattern : ''))

const ATOMS = [
  'a',
  'b',
  'c',
  'é',
  'k',
  'ſ',
  'ß',
  'Σ',
  '.',
  '[ab]',
  '[^a]',
  '\\w',
  '\\b',
  '\\B',
  '^',
  '$',
  '(?m:^)',
  '(?m:$)',
  '\\pL',
  ' ',
  '\\s',
  '田',
  'か',
  '(?s:.)',
  '(?-i:b)',
  'İ',
  'K',
  'ͅ',
  'ﬀ',
  '가',
  'ᆨ',
  '-',
  '\\.',
]
const anyExpression = fc
  .letrec<{ expression: string }>(tie => ({
    expression: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(...ATOMS),
      fc.array(tie('expression'), { minLength: 2, maxLength: 3 }).map(parts => parts.join('')),
      fc.array(tie('expression'), { minLength: 2, maxLength: 3 }).map(parts => `(?:${parts.join('|')})`),
      fc
        .tuple(tie('expression'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{2,}'))
        .map(([part, count]) => `(?:${part})${count}`),
    ),
  }))
  .expression.map(typed => readPattern('expression', typed))
  .filter(read => read.ok)
  .map(read => (read.ok ? read.pattern : ''))

const anyTalk = fc.oneof(
  anyText,
  anyLetters(12),
  fc.string({
    unit: fc.constantFrom(...Array.from('aabbcckKſK ßẞΣσςiİıι\u0345éÉe\u0301-._\n田かが\u3099가각ᆨᄀ\u1161ﬀff')),
    maxLength: 12,
  }),
)
const anyRoom = fc.constantFrom('lobby', 'game', '田中')

const definition = ({ is, pattern }: FilterRule, text: string): boolean =>
  is === 'words' ? findsWords(pattern, text) : RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE).test(text)

describe('[Z8] matching', () => {
  test('finds what each rule finds by its definition', () => {
    const anyRule = fc.oneof(
      fc.tuple(fc.constant('words' as const), anyWords),
      fc.tuple(fc.constant('expression' as const), anyExpression),
    )
    const anyRules = fc
      .array(fc.tuple(anyRule, fc.option(anyRoom)), { maxLength: 12 })
      .map(all => all.map(([[is, pattern], room], at) => rule(100 - at, is, pattern, room)))
    fc.assert(
      fc.property(anyRules, fc.array(fc.tuple(anyTalk, fc.option(anyRoom)), { maxLength: 5 }), (rules, talk) => {
        const filters = compileFilters(rules)
        expect(filters.size).toBe(rules.length)
        for (const [text, room] of talk) {
          const own = rules.filter(one => (one.room === null || one.room === room) && definition(one, text))
          expect(filters.matching(text, room)).toEqual(own.map(({ id }) => id).sort((a, b) => a - b))
        }
      }),
      { numRuns: runs(2000) },
    )
  })

  test('finds words within a text of them', () => {
    fc.assert(
      fc.property(fc.array(anyWords, { minLength: 1, maxLength: 8 }), words => {
        const filters = compileFilters(words.map((pattern, id) => rule(id, 'words', pattern)))
        const text = words.map(pattern => pattern.replace(/^\*|\*$/g, '')).join(' ')
        expect(filters.matching(text, null)).toEqual(words.map((_, id) => id))
      }),
    )
  })

  test('without rules, or without a match, finds nothing', () => {
    expect(compileFilters([]).size).toBe(0)
    expect(compileFilters([]).matching('anything', 'lobby')).toEqual([])
    expect(compileFilters([rule(1, 'words', 'bad')]).matching('', null)).toEqual([])
  })

  test('follows the rooms', () => {
    const filters = compileFilters([
      rule(9, 'words', 'bad'),
      rule(3, 'words', 'bad', 'lobby'),
      rule(5, 'expression', 'b.d', '田中'),
      rule(7, 'expression', '.a.'),
    ])
    expect(filters.matching('bad', 'lobby')).toEqual([3, 7, 9])
    expect(filters.matching('bad', '田中')).toEqual([5, 7, 9])
    expect(filters.matching('bad', null)).toEqual([7, 9])
  })

  test('finds an expression whose literal begins in the middle of a letter', () => {
    const filters = compileFilters([rule(1, 'expression', 'ाab'), rule(2, 'expression', '\u0301ab')])
    expect(filters.matching('काab', null)).toEqual([1])
    expect(filters.matching('e\u0301ab', null)).toEqual([2])
    expect(filters.matching('kab', null)).toEqual([])
  })

  test('never matches a pattern that would be refused, and finds the others', () => {
    const filters = compileFilters([rule(1, 'expression', '('), rule(2, 'words', '\u200b'), rule(3, 'words', 'bad')])
    expect(filters.matching('( bad \u200b', null)).toEqual([3])
  })

  test('looks at no more than a message may have', () => {
    const filters = compileFilters([rule(1, 'words', 'bad')])
    expect(filters.matching(`${'a '.repeat(TEXT_MAX_BYTES / 2 - 2)}bad`, null)).toEqual([1])
    expect(filters.matching(`${'a '.repeat(TEXT_MAX_BYTES / 2)}bad`, null)).toEqual([])
  })

  test('finds each of as many rules as a server may have', () => {
    const words = Array.from({ length: FILTERS_MAX }, (_, id) => rule(id, 'words', `no${id.toString(36)}`))
    const expressions = Array.from({ length: FILTER_EXPRESSIONS_MAX }, (_, at) =>
      rule(FILTERS_MAX + at, 'expression', `yes+${at}x`),
    )
    const filters = compileFilters([...words, ...expressions])
    for (const { id, pattern } of words) expect(filters.matching(`oh ${pattern.toUpperCase()}!`, null)).toEqual([id])
    for (const [at, { id }] of expressions.entries()) expect(filters.matching(`YESSS${at}X`, null)).toEqual([id])
  })
})
