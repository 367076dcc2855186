/** Names: which are allowed, which are lookalikes, and the ways to type a member's name. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NAME_MAX_CHARS, NAME_MAX_MARKS, ROOM_NAME_MAX_CHARS } from '../../../src/model/limits.ts'
import { confusables } from '../../../src/model/name/confusables.ts'
import { nameKey, RESERVED_NAMES, readName, readRoom } from '../../../src/model/name/name.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
)
/** Letters of scripts that look like one another, digits and signs. */
const likelyName = fc.string({
  unit: fc.constantFrom(...'abIiLlMmO01оВвНнΝνΣσςßİıſЅ田مк-_|.Ａ２'),
  minLength: 1,
  maxLength: 12,
})

function keysOf(raw: string): readonly string[] {
  const read = readName(raw)
  if (!read.ok) throw new Error(`${raw} is ${read.reason}: ${read.detail}`)
  return read.name.keys
}
const collide = (one: string, other: string) => keysOf(one).some(key => keysOf(other).includes(key))

describe('letters and digits of any script and the signs make a name', () => {
  test.each([
    'Spider-Man',
    'Mr.Blue',
    '{x}',
    '{',
    '_[a]{b}|c^d\\e`f-',
    '007',
    '田中太郎',
    'すずき',
    '김철수',
    'محمد',
    'مُحَمَّد',
    'שָׁלוֹם',
    'हिंदी',
    'ख़ाँ',
    'தமிழ்',
    'น้ำฝน',
    'ကျော်',
    'မြို့',
    'སྒྲོལམ',
    'Łukasz',
    'Nguyễn',
    'Ọ̀ṣun',
    'Ωμέγα',
    'x'.repeat(NAME_MAX_CHARS),
    '𠮷'.repeat(NAME_MAX_CHARS),
  ])('%s', text => {
    expect(readName(text)).toEqual({ ok: true, name: { text: text.normalize('NFC'), keys: keysOf(text) } })
  })

  test('white space around a name is not part of it', () => expect(readName(' \t bob\r\n')).toEqual(readName('bob')))

  test('a name is kept in NFC', () => {
    expect(readName('Zoe\u0308')).toEqual(readName('Zoë'))
    expect(readName('Zoe\u0308')).toMatchObject({ name: { text: 'Zoë' } })
  })
})

describe('everything else is refused, and the refusal names it', () => {
  test.each([
    ['', 'empty', 'nothing'],
    [' \u3000\uFEFF\n', 'empty', 'nothing'],
    ['x'.repeat(33), 'too-long', '33 characters'],
    ['𠮷'.repeat(33), 'too-long', '33 characters'],
    ['a@b', 'characters', '"@"'],
    ['a b', 'characters', '" "'],
    ['a&b', 'characters', '"&"'],
    ['[*]', 'characters', '"*"'],
    ['#a', 'characters', '"#"'],
    ['a>b', 'characters', '">"'],
    ['a:b', 'characters', '":"'],
    ['a!b', 'characters', '"!"'],
    ['ann😀', 'characters', '"😀"'],
    ['👍🏽', 'characters', '"👍"'],
    ['🇩🇪', 'characters', '"🇩"'],
    ['1\uFE0F\u20E3', 'characters', 'U+FE0F'],
    ['a\u20DD', 'characters', 'U+20DD'],
    ['a\u0000b', 'characters', 'U+0000'],
    ['a\u001Bb', 'characters', 'U+001B'],
    ['a\u202Eb', 'characters', 'U+202E'],
    ['a\uD800b', 'characters', 'U+D800'],
    ['a\uE000b', 'characters', 'U+E000'],
    ['\u0301a', 'characters', 'U+0301 without a letter'],
    ['-\u0338', 'characters', 'U+0338 without a letter'],
  ])('%j is %s: %s', (raw, reason, detail) => expect(readName(raw)).toEqual({ ok: false, reason, detail }))

  test.each([
    'U+00AD', // soft hyphen
    'U+034F', // combining grapheme joiner
    'U+115F', // Hangul choseong filler, a letter
    'U+1160', // Hangul jungseong filler, a letter
    'U+17B4', // Khmer inherent vowel
    'U+180B', // Mongolian variation selector
    'U+200B', // zero width space
    'U+200C', // zero width non-joiner
    'U+200D', // zero width joiner
    'U+200E', // left-to-right mark
    'U+2060', // word joiner
    'U+3164', // Hangul filler, a letter
    'U+FE0F', // variation selector
    'U+FFA0', // half width Hangul filler, a letter
    'U+13441', // Egyptian blank, a letter
    'U+16FE4', // Khitan filler, a mark
    'U+E0061', // tag
    'U+E0100', // variation selector
  ])('%s cannot be seen', code => {
    const unseen = String.fromCodePoint(Number.parseInt(code.slice(2), 16))
    expect(readName(`bo${unseen}b`)).toEqual({ ok: false, reason: 'characters', detail: code })
    expect(readRoom(`bo${unseen}b`)).toEqual({ ok: false, reason: 'characters', detail: code })
  })

  test.each([
    ['thirty accents on a letter', `z${'\u0335\u0322\u0340'.repeat(10)}`],
    ['one accent more than a letter may bear', `z${'\u0316\u0323\u0330'.slice(0, NAME_MAX_MARKS + 1)}`],
    ['one mark twice', 'ก็็'],
    ['five marks of a script', 'ก\u0E38\u0E4D\u0E34\u0E47\u0E48'],
  ])('%s', (_, raw) => {
    expect(readName(raw)).toMatchObject({
      reason: 'characters',
      detail: expect.stringMatching(/^U\+\w+ stacked too high$/),
    })
  })
})

describe('nobody is called like the server', () => {
  test.each([
    ...RESERVED_NAMES,
    'host',
    'HOST',
    'h0st',
    'SERVER',
    ' server ',
    'Hоst', // Cyrillic о
    'НOST', // Cyrillic Н
    'Ηοst', // Greek Η and ο
    'ѕеrvеr', // Cyrillic ѕ and е
    'Ｓｅｒｖｅｒ',
    '𝐇𝐨𝐬𝐭',
  ])('%s', raw => {
    expect(readName(raw)).toEqual({ ok: false, reason: 'reserved', detail: expect.stringMatching(/^(Host|server)$/) })
  })

  test.each(['Hosting', 'host1', 'servers', 'Ghost'])('%s is somebody else', raw => {
    expect(readName(raw)).toMatchObject({ ok: true })
  })
})

describe('names that could be mistaken for one another collide', () => {
  test.each([
    ['bob', 'BOB'],
    ['bob', 'b0b'],
    ['BOB', 'B0B'],
    ['bob', 'Воb'], // Cyrillic В and о
    ['BOB', 'ВОВ'], // all Cyrillic
    ['bob', 'ВОВ'],
    ['bob', 'Ｂｏｂ'],
    ['bob', '𝓫𝓸𝓫'],
    ['Ian', 'lan'],
    ['Ian', '1an'],
    ['Ian', '|an'],
    ['Ian', 'IAN'],
    ['nick', 'Νick'], // Greek Ν
    ['NICK', 'Νick'],
    ['nick', 'ΝICK'], // Greek Ν, Latin I
    ['Mary', 'rnary'],
    ['MARY', 'mary'],
    ['paypal', 'раураl'], // Cyrillic р, а and у
    ['frank', 'ſrank'],
    ['peter', 'ᴾeter'],
    ['Gross', 'groß'],
    ['GROẞ', 'groß'],
    ['ΟΔΟΣ', 'οδος'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['İbrahim', 'ibrahim'],
    ['İbrahim', 'IBRAHIM'],
    ['ısı', 'ISI'],
    ['Настя', 'НАСТЯ'],
    ['ニ', '二'], // katakana and ideograph
  ])('%s and %s', (one, other) => expect(collide(one, other)).toBe(true))

  test.each([
    ['bob', 'rob'],
    ['Ian', 'Jan'],
    ['Eli', 'Ell'],
    ['user1', 'user2'],
    ['a-b', 'a_b'],
    ['a.b', 'ab'],
    ['[a]', '{a}'],
    ['Zoe', 'Zoë'],
    ['вова', 'воба'],
    ['田中', '中田'],
    ['محمد', 'محمود'],
  ])('%s and %s do not', (one, other) => expect(collide(one, other)).toBe(false))

  test('every row of the table does, wherever both sides can stand in a name', () => {
    let compared = 0
    for (const [char, look] of confusables()) {
      if (!readName(`a${char}a`).ok || !readName(`a${look}a`).ok) continue
      expect(collide(`a${char}a`, `a${look}a`), `${char} looks like ${look}`).toBe(true)
      compared++
    }
    expect(compared).toBeGreaterThan(1900)
  })

  test('every name does with its upper and its lower case', () => {
    fc.assert(
      fc.property(fc.oneof(likelyName, anyText), raw => {
        const read = readName(raw)
        if (!read.ok) return
        expect(nameKey(read.name.text.toUpperCase())).toBe(read.name.keys[0])
        expect(nameKey(read.name.text.toLowerCase())).toBe(read.name.keys[0])
      }),
    )
  })
})

describe('a person is found by what somebody typed', () => {
  test('the first key of a name is its own', () => {
    fc.assert(fc.property(likelyName, raw => keysOf(raw)[0] === nameKey(raw)))
  })

  test.each([
    ['BOB', 'bob'],
    ['bob', 'Воb'], // Cyrillic В and о
    ['nick', 'ΝICK'], // Greek Ν
    ['настя', 'Настя'],
    ['  alice ', 'Alice'],
    ['al\u200Bice', 'Alice'],
    ['Zoe\u0308', 'Zoë'],
  ])('%j means %s', (typed, member) => expect(keysOf(member)).toContain(nameKey(typed)))

  test('any text has a key, and the key is its own key', () => {
    fc.assert(
      fc.property(fc.oneof(likelyName, anyText), raw => {
        const key = nameKey(raw)
        expect(nameKey(key)).toBe(key)
      }),
    )
  })
})

describe('any text is read as a name or refused', () => {
  test('a name that was accepted is accepted again, unchanged', () => {
    fc.assert(
      fc.property(fc.oneof(likelyName, anyText), raw => {
        const read = readName(raw)
        if (read.ok) expect(readName(read.name.text)).toEqual(read)
        else expect(read.detail).not.toBe('')
      }),
    )
  })

  test('an accepted name is short, in NFC and holds no control, blank, emoji or invisible character', () => {
    fc.assert(
      fc.property(fc.oneof(likelyName, anyText), raw => {
        const read = readName(raw)
        if (!read.ok) return
        expect(read.name.text).toBe(read.name.text.normalize('NFC'))
        expect(Array.from(read.name.text).length).toBeLessThanOrEqual(NAME_MAX_CHARS)
        expect(read.name.text).not.toMatch(/[\p{C}\p{Z}\p{So}\p{Default_Ignorable_Code_Point}]/v)
        expect(new Set(read.name.keys).size).toBe(read.name.keys.length)
      }),
    )
  })
})

describe('rooms', () => {
  test.each([
    ['lobby', 'lobby'],
    ['#Lobby', 'lobby'],
    [' #Ops_2.eu-west ', 'ops_2.eu-west'],
    ['СПБ', 'спб'],
    ['東京', '東京'],
    ['Cafe\u0301', 'café'],
    ['हिंदी', 'हिंदी'],
  ])('%j is the room %s', (raw, room) => expect(readRoom(raw)).toEqual({ ok: true, room }))

  test.each([
    ['', 'empty', 'nothing'],
    ['#', 'empty', 'nothing'],
    ['##a', 'characters', '"#"'],
    ['# a', 'characters', '" "'],
    ['a/b', 'characters', '"/"'],
    ['a,b', 'characters', '","'],
    ['{a}', 'characters', '"{"'],
    ['a😀', 'characters', '"😀"'],
    ['\u0301a', 'characters', 'U+0301 without a letter'],
    ['x'.repeat(ROOM_NAME_MAX_CHARS + 1), 'too-long', '33 characters'],
  ])('%j is refused as %s: %s', (raw, reason, detail) => expect(readRoom(raw)).toEqual({ ok: false, reason, detail }))

  test('any text is read or refused, and a room reads as itself, with and without its #', () => {
    fc.assert(
      fc.property(fc.oneof(likelyName, anyText), raw => {
        const read = readRoom(raw)
        if (!read.ok) return
        expect(readRoom(read.room)).toEqual(read)
        expect(readRoom(`#${read.room}`)).toEqual(read)
      }),
    )
  })
})
