/** Expressions and texts that are made to take long: each expression is refused, or its table is small and right. */
import { RE2JS } from 're2js'
import { describe, expect, test } from 'vitest'
import { compileFilters } from '../../../../src/matching/filters/filters.ts'
import { readPattern } from '../../../../src/matching/filters/pattern.ts'
import { TEXT_MAX_BYTES } from '../../../../src/model/limits.ts'

const REPEATS = 'the expression stands for more than 256 characters with its repeats: repeat less often'
const STATES = 'the expression has too many states: use fewer or shorter repeats and alternatives'

const REFUSED: readonly (readonly [pattern: string, detail: string])[] = [
  ['a{1000}', REPEATS],
  ['(a{1000}){1000}', REPEATS],
  ['(?:(?:a{30}){8}){1}'.repeat(6), REPEATS],
  ['(?:(.|\\n){30}){9}x', REPEATS],
  ['(a.{30}b|c.{30}d)', STATES],
  ['(?s)free.{0,100}cash.{0,50}now', STATES],
  ['a.{0,20}b.{0,20}c.{0,20}d', STATES],
]

const TAKEN = [
  '(a+)+$',
  '(a|a)*b',
  '(a|aa)+$',
  '(.*)*x',
  '(x+x+)+y',
  '(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*(a*)*b',
  'a{256}',
  '(?:a?){100}a{100}',
  '(a|b)*a(a|b){12}',
  '[ab]{0,100}c.{0,100}d',
  '\\p{L}{100}',
  '(\\p{L}+\\s){60}x',
  '[\\p{Han}\\p{Thai}\\pL\\pM\\pN\\pP]x[^\\p{Lu}\\p{Cyrillic}\\p{Greek}]',
  Array.from({ length: 60 }, (_, at) => `${at.toString(36)}z`).join('|'),
  `${'('.repeat(110)}a${')'.repeat(110)}`,
  '(\\b\\w+\\b\\s*){20}x',
  '(?m:^.{1,60}$)',
  '[^a]{60}a[^b]{60}',
]

const TEXTS = [
  'a'.repeat(TEXT_MAX_BYTES),
  'ab'.repeat(TEXT_MAX_BYTES / 2),
  `${'a'.repeat(TEXT_MAX_BYTES - 1)}b`,
  `${'a '.repeat(TEXT_MAX_BYTES / 2 - 1)} x`,
  Array.from({ length: TEXT_MAX_BYTES }, (_, at) => 'ab c\n'[(at * at + (at >> 3)) % 5]).join(''),
  '田'.repeat(TEXT_MAX_BYTES / 3),
  'ﷺ'.repeat(TEXT_MAX_BYTES / 3),
  `a${'\u0301'.repeat(TEXT_MAX_BYTES / 2 - 1)}`,
  Array.from({ length: TEXT_MAX_BYTES / 4 }, (_, at) => String.fromCodePoint(0x10000 + at * 97)).join(''),
]

describe('[Z8] an expression that is made to take long', () => {
  test.each(REFUSED)('%s is refused', (pattern, detail) => {
    expect(readPattern('expression', pattern)).toEqual({ ok: false, detail })
  })

  test.each(TAKEN)('%s is found as RE2 finds it', pattern => {
    expect(readPattern('expression', pattern)).toEqual({ ok: true, pattern })
    const filters = compileFilters([{ id: 1, room: null, is: 'expression', pattern }])
    const expression = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE)
    const found = TEXTS.map(text => filters.matching(text, null).length > 0)
    expect(found).toEqual(TEXTS.map(text => expression.test(text)))
  })

  test('words that all begin in the same way are found', () => {
    const rules = Array.from({ length: 1000 }, (_, id) => ({
      id,
      room: null,
      is: 'words' as const,
      pattern: `*${'a'.repeat(id % 60)}b*`,
    }))
    const filters = compileFilters(rules)
    expect(filters.matching('a'.repeat(TEXT_MAX_BYTES), null)).toEqual([])
    expect(filters.matching(`${'a'.repeat(30)}b`, null)).toEqual(
      rules.filter(({ id }) => id % 60 <= 30).map(({ id }) => id),
    )
  })
})
