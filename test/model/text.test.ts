/** What people write comes out of ingress harmless: every character that could inject is tried one by one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flatten, neutralise, utf8Length } from '../../src/model/text.ts'

const FORBIDDEN = /[[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069]--\n]/v
/** Any string of 16-bit units: lone surrogates, controls and all. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
  fc.string({
    unit: fc.constantFrom('\r', '\n', '\t', '\u001B', '\u0085', '\u2028', '\u202E', '\uD800', '\uDC00', 'a', 'é'),
  }),
)
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i)
const hex = (code: number) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`

describe('line breaks of every protocol become newlines', () => {
  test.each(['\n', '\r\n', '\r', '\v', '\f', '\u0085', '\u2028', '\u2029'])('%j is one newline', lineBreak => {
    expect(neutralise(`a${lineBreak}b`)).toBe('a\nb')
  })

  test('CR LF is one break, LF CR and CR CR LF are two', () => {
    expect(neutralise('a\r\nb\n\rc\r\r\nd')).toBe('a\nb\n\nc\n\nd')
  })
})

describe('controls stay visible but lose their power', () => {
  const lineBreaks = [0x0a, 0x0b, 0x0c, 0x0d]
  test.each(
    range(0, 0x1f)
      .filter(code => code !== 9 && !lineBreaks.includes(code))
      .map(hex),
  )('C0 control %s becomes its Control Picture', name => {
    const code = Number.parseInt(name.slice(2), 16)
    expect(neutralise(`a${String.fromCharCode(code)}b`)).toBe(`a${String.fromCharCode(0x2400 + code)}b`)
  })

  test('a tab becomes a space', () => expect(neutralise('a\tb')).toBe('a b'))
  test('DEL becomes its Control Picture', () => expect(neutralise('a\u007Fb')).toBe('a\u2421b'))

  const replaced = [
    ...range(0x80, 0x9f).filter(code => code !== 0x85),
    ...range(0x202a, 0x202e),
    ...range(0x2066, 0x2069),
  ]
  test.each(replaced.map(hex))('C1 control or bidi control %s becomes U+FFFD', name => {
    expect(neutralise(`a${String.fromCharCode(Number.parseInt(name.slice(2), 16))}b`)).toBe('a\uFFFDb')
  })

  test('no escape sequence survives', () => {
    expect(neutralise('\u001B[2J\u001B]0;title\u0007\u009B31m')).toBe('␛[2J␛]0;title␇\uFFFD31m')
  })

  test('half a surrogate pair becomes U+FFFD, a whole pair stays', () => {
    expect(neutralise('a\uD83Db\uDE00c😀d\uDE00\uD83D')).toBe('a\uFFFDb\uFFFDc😀d\uFFFD\uFFFD')
  })
})

test.each([
  ['English', "It's 5 o'clock — really?"],
  ['Arabic with a right-to-left mark', 'مرحبا \u200F(hello)\u061C'],
  ['Persian with a zero width non-joiner', 'می\u200Cخواهم'],
  ['Hebrew with a left-to-right mark', 'שלום\u200E!'],
  ['an emoji family', '👩\u200D👩\u200D👧 ❤\uFE0F 🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}'],
  ['several lines', 'one\ntwo\n\nthree'],
  ['nothing', ''],
])('%s stays as it is', (_, text) => expect(neutralise(text)).toBe(text))

test('flattened text is one line: a run of breaks is one space', () => {
  expect(flatten('one\r\ntwo\n\n\rthree\u2028four')).toBe('one two three four')
})

describe('for any string whatever', () => {
  test('neutralising leaves nothing forbidden, is well-formed and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, text => {
        const harmless = neutralise(text)
        expect(harmless).not.toMatch(FORBIDDEN)
        expect(harmless.isWellFormed()).toBe(true)
        expect(neutralise(harmless)).toBe(harmless)
      }),
    )
  })

  test('neutralising changes nothing but forbidden characters', () => {
    fc.assert(
      fc.property(anyText, text => {
        if (!FORBIDDEN.test(text)) expect(neutralise(text)).toBe(text)
      }),
    )
  })

  test('flattening leaves no line break and changes nothing the second time', () => {
    fc.assert(
      fc.property(anyText, text => {
        const line = flatten(text)
        expect(line).not.toMatch(FORBIDDEN)
        expect(line).not.toContain('\n')
        expect(flatten(line)).toBe(line)
      }),
    )
  })

  test('the UTF-8 length is that of the encoded bytes', () => {
    const encoder = new TextEncoder()
    fc.assert(fc.property(anyText, text => utf8Length(text) === encoder.encode(text).length))
  })
})

test.each([
  ['', 0],
  ['a', 1],
  ['é', 2],
  ['€', 3],
  ['😀', 4],
  ['\uD800', 3],
  ['\uD800a', 4],
  ['\uDC00\uD800', 6],
])('%j is %i bytes in UTF-8', (text, bytes) => expect(utf8Length(text)).toBe(bytes))
