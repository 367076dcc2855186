/** People's texts come out of ingress harmless: every character that could inject is tried one by one. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { flatten, isPlain, isUnseen, lineCount, neutralise, utf8Length } from '../../src/model/text.ts'
import { runs } from '../helpers/seeds.ts'

const FORBIDDEN = /[[\p{Cc}\p{Cs}\u2028-\u202E\u2066-\u2069\uFEFF\u{E0000}-\u{E00FF}\u{E01F0}-\u{E0FFF}]--\n]/v
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

describe('for any string', () => {
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

describe('characters that hide text', () => {
  test('[T1] tags outside of a flag, and byte order marks within a text, are shown as U+FFFD', () => {
    const hidden = [...'hi'].map(char => String.fromCodePoint(0xe0000 + (char.codePointAt(0) ?? 0))).join('')
    expect(neutralise(`a${hidden}b`)).toBe('a\uFFFD\uFFFDb')
    expect(neutralise(`👩${hidden}\u{E007F}`)).toBe('👩\uFFFD\uFFFD\uFFFD')
    expect(neutralise('\u{E0001}\u{E0020}\u{E00FF}\u{E01F0}')).toBe('\uFFFD'.repeat(4))
    expect(neutralise('a\uFEFFb')).toBe('a\uFFFDb')
  })

  test('[T1] one byte order mark at the start is dropped', () => {
    expect(neutralise('\uFEFFa')).toBe('a')
    expect(neutralise('\uFEFF\uFEFFa')).toBe('\uFFFDa')
  })

  test.each([
    ['the flag of Scotland', '🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}'],
    [
      'two flags, and a word',
      '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}🏴\u{E0075}\u{E0073}\u{E0074}\u{E0078}\u{E007F}x',
    ],
    ['Han with a variation selector', '葛\u{E0100}城'],
    ['Sinhala with a joiner', 'ශ්\u200Dරී'],
    ['a family', '👨\u200D👩\u200D👧'],
  ])('[T1] %s stays', (_, text) => expect(neutralise(text)).toBe(text))

  test('[T1] a flag that is too long to be one hides nothing', () => {
    const long = '\u{E0061}'.repeat(7)
    expect(neutralise(`🏴${long}\u{E007F}`)).toBe(`🏴${'\uFFFD'.repeat(8)}`)
  })
})

describe('a text of nothing visible', () => {
  test.each([
    '',
    ' ',
    '\u200B',
    '\uFEFF',
    '\u{E0041}\u{E007F}',
    '\u2800',
    '\u3164',
    '\u00AD\u200D\uFE0F',
    '\n \u3000',
    '\u{1D159}',
  ])('[T2] %j is none', text => expect(isUnseen(text)).toBe(true))
  test.each(['a', '.', '\u0301', '␛', '\uFFFD', '⠁', ' \u200B!', '🏴'])('[T2] %j is one', text =>
    expect(isUnseen(text)).toBe(false),
  )
})

test('a text has as many lines as it has when it is harmless', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(lineCount(text)).toBe(neutralise(text).split('\n').length)
    }),
  )
})

describe('a plain text', () => {
  const nearlyPlain = fc.string({ unit: fc.constantFrom(...' ~!a|\\\n\t\u007f\u0080é'), maxLength: 4 })

  test('is one visible line, harmless as it is, and of a byte for each character', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, nearlyPlain), text => {
        if (!isPlain(text)) return
        expect({ text: neutralise(text), lines: lineCount(text), unseen: isUnseen(text) }).toEqual({
          ...{ text, lines: 1, unseen: false },
        })
        expect(utf8Length(text)).toBe(text.length)
      }),
      { numRuns: runs(2000) },
    )
  })

  test.each(['a', ' a ', '~', 'a|b: "{}"'])('%j is one', text => expect(isPlain(text)).toBe(true))
  test.each(['', ' ', 'a\nb', 'é', '李', 'a\u007f'])('%j is none', text => expect(isPlain(text)).toBe(false))
})
