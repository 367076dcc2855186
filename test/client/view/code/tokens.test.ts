/** Code as coloured tokens: no part of any code is lost, and long code is read in pieces. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { colouring } from '../../../../src/client/view/code/coloured.ts'
import { languageNamed } from '../../../../src/client/view/code/languages.ts'
import { type Token, tokensOf } from '../../../../src/client/view/code/tokens.ts'
import { CODE_CHARS_AT_ONCE, TEXT_MAX_BYTES } from '../../../../src/model/limits.ts'
import { anyText } from '../../../helpers/arbitrary-texts.ts'
import { runs, seedOf } from '../../../helpers/seeds.ts'

const NAMES =
  'bash c cpp c# css diff dockerfile go html ini java js json kotlin lua py ruby rust sql toml ts yaml'.split(' ')

const languages = await Promise.all(
  NAMES.map(async name => ({ name, language: await (languageNamed(name) ?? (() => Promise.reject(name)))() })),
)

type Read = { readonly tokens: readonly Token[]; readonly pieces: number }

function read(code: string, language: Parameters<typeof tokensOf>[1]): Read {
  const reading = tokensOf(code, language)
  for (let pieces = 1; ; pieces++) {
    const step = reading.next()
    if (step.done) return { tokens: step.value, pieces }
  }
}

const plain = (tokens: readonly Token[]): string => tokens.map(({ text }) => text).join('')

describe('[G11] colours of code', () => {
  test.each([
    ['ts', "const a = 'b' // c", ['keyword const', 'name a', "string 'b'", 'comment // c']],
    ['python', 'def f(x): return 1 # c', ['keyword def', 'name f', 'keyword return', 'number 1', 'comment # c']],
    ['diff', '+a\n-b', ['added +a', 'removed -b']],
    ['Rust', 'fn main() {}', ['keyword fn', 'name main']],
    ['c++', 'int a = 1; // b', ['name int', 'number 1', 'comment // b']],
  ])('%s', async (name, code, coloured) => {
    const language = await languageNamed(name)?.()
    if (!language) throw new Error(name)
    const { tokens } = read(code, language)
    expect(tokens.flatMap(({ type, text }) => (type === null ? [] : [`${type} ${text}`]))).toEqual(coloured)
    expect(plain(tokens)).toBe(code)
  })

  test.each(languages)('$name: the tokens are the code, for any text', ({ language }) => {
    const pieces = fc.constantFrom(
      '"',
      "'",
      '`',
      '/*',
      '*/',
      '//',
      '#',
      '{',
      '}',
      '(',
      '<',
      '</',
      '${',
      '\\',
      '\n',
      'a',
      '1',
      '=',
      '日本',
      '<<E\n',
    )
    const code = fc.oneof(
      anyText,
      fc.array(pieces, { maxLength: 60 }).map(parts => parts.join('')),
    )
    fc.assert(
      fc.property(code, text => {
        expect(plain(read(text, language).tokens)).toBe(text)
      }),
      { seed: seedOf(41), numRuns: runs(60) },
    )
  })

  test('long code is read in pieces, and of a long line only the beginning', () => {
    for (const { language } of languages) {
      const lines = '(a\n'.repeat(TEXT_MAX_BYTES / 3)
      expect(read(lines, language).pieces).toBeGreaterThanOrEqual(Math.floor(lines.length / (CODE_CHARS_AT_ONCE + 4)))
      const line = '"a" '.repeat(TEXT_MAX_BYTES / 4)
      const { tokens } = read(line, language)
      expect(plain(tokens)).toBe(line)
      expect(tokens.at(-1)?.text.length).toBeGreaterThan(line.length - CODE_CHARS_AT_ONCE - 4)
    }
  })

  test('a parser that fails, or stands still, leaves the code plain', () => {
    const failing = {
      token: () => {
        throw new Error('broken')
      },
    }
    expect(read('a\nb', failing).tokens).toEqual([{ type: null, text: 'a\nb' }])
    expect(read('a\nb', { token: () => null }).tokens).toEqual([{ type: null, text: 'a\nb' }])
  })

  test('code is plain until it is read, and for ever if nobody knows its language', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    const { tokens } = colouring(resolve)
    expect(tokens('1', 'ts')).toBeNull()
    await promise
    expect(tokens('1', 'ts')).toEqual([{ type: 'number', text: '1' }])
    expect(tokens('1', 'nothing')).toBeNull()
    expect(tokens('1', 'constructor')).toBeNull()
  })
})
