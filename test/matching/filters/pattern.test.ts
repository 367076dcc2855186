/** Patterns as keepers type them: their normal forms, and why they are refused. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readPattern } from '../../../src/matching/filters/pattern.ts'
import { FILTER_EXPRESSION_CHARS, FILTER_WORDS_CHARS } from '../../../src/model/limits.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { runs } from '../../helpers/seeds.ts'

describe('[Z8] a pattern', () => {
  test.each([
    ['  Spider-Man ', 'Spider-Man'],
    ['a\n\t  b', 'a b'],
    ['Jose\u0301', 'José'],
    ['* bad *', '*bad*'],
    ['c++', 'c++'],
    ['x'.repeat(FILTER_WORDS_CHARS), 'x'.repeat(FILTER_WORDS_CHARS)],
  ])('of words, %j, is %j', (raw, pattern) => {
    expect(readPattern('words', raw)).toEqual({ ok: true, pattern })
  })

  test.each([
    ['', 'the filter is empty'],
    [' \n ', 'the filter is empty'],
    ['*', 'the filter has no visible character'],
    ['**', 'the filter has no visible character'],
    ['\u200b', 'the filter has no visible character'],
    ['***', 'the filter has a * that is not at an end: use an expression'],
    ['b*d', 'the filter has a * that is not at an end: use an expression'],
    ['\u3099x', 'the filter begins with a mark that needs a letter before it'],
    ['x'.repeat(FILTER_WORDS_CHARS + 1), 'the filter is longer than 64 characters'],
    ['é'.repeat(3000), 'the filter is longer than 64 characters'],
    ['ﷺ'.repeat(FILTER_WORDS_CHARS), 'the filter has too many ligatures'],
  ])('of words is refused: %s', (raw, detail) => {
    expect(readPattern('words', raw)).toEqual({ ok: false, detail })
  })

  test.each([['b[a4]d'], ['\\bfree\\b.{0,100}\\bcash\\b'], ['(?P<name>x)|y'], ['^\\p{Lu}{20}'], ['[\\p{Han}--x]y']])(
    'that is an expression, %s, stays as it is',
    raw => expect(readPattern('expression', ` ${raw}\n`)).toEqual({ ok: true, pattern: raw }),
  )

  test.each([
    ['', 'the expression is empty'],
    ['x'.repeat(FILTER_EXPRESSION_CHARS + 1), 'the expression is longer than 256 characters'],
    ['abc (d', 'the expression has an unclosed group at 5'],
    ['田(a(b)', 'the expression has an unclosed group at 2'],
    ['\\((a)[(](', 'the expression has an unclosed group at 9'],
    ['ab)c', 'the expression has a ) without its ( at 3'],
    ['ab[c', 'the expression has an unclosed [ at 3'],
    ['a\\', 'the expression ends with a single \\'],
    ['(a)\\1', "the expression has \\1, which isn't an escape of RE2 at 4"],
    ['a(?=b)', "the expression has (?=, which RE2 doesn't have at 2"],
    ['x|*a', 'the expression has * with nothing to repeat at 3'],
    ['ab**', 'the expression has **, a repeat of a repeat at 3'],
    ['[z-a]', "the expression has z-a, which isn't a range or a class of RE2 at 2"],
    ['(?P<n>a)(?P<n>b)', 'the expression has two groups of the name n at 13'],
    ['a*', 'the expression matches an empty text, and so nearly every message'],
    ['(?m)^', 'the expression matches an empty text, and so nearly every message'],
  ])('that is an expression is refused: %s', (raw, detail) => {
    expect(readPattern('expression', raw)).toEqual({ ok: false, detail })
  })

  test('is read again as itself', () => {
    const raw = fc.oneof(
      anyText,
      fc.string({ unit: fc.constantFrom(...'ab *.+?()[]{}|\\^$1,\u0301田'), maxLength: 20 }),
    )
    fc.assert(
      fc.property(fc.constantFrom('words', 'expression'), raw, (is, typed) => {
        const read = readPattern(is, typed)
        if (read.ok) expect(readPattern(is, read.pattern)).toEqual(read)
        else expect(read.detail).toMatch(/^the (filter|expression) \S/)
      }),
      { numRuns: runs(1000) },
    )
  })
})
