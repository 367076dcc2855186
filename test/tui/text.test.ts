import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { emptyEditor } from '../../src/client/input/editor.ts'
import { clip, lineWidest, plain, shorten, span } from '../../src/tui/text/line.ts'
import { paint, paletteOf } from '../../src/tui/text/palette.ts'
import { typing } from '../../src/tui/text/typed-lines.ts'
import { cut, widest, width } from '../../src/tui/text/width.ts'
import { wrap } from '../../src/tui/text/wrap.ts'
import { anyText } from '../helpers/arbitrary-texts.ts'

const columns = fc.integer({ min: 2, max: 60 })

describe('[U6] no line is wider than it may be', () => {
  test('wrapped, on terminals that draw joined emoji as one and on those that do not', () => {
    fc.assert(
      fc.property(anyText, columns, columns, (text, first, rest) => {
        for (const [row, line] of wrap(text, first, rest).entries()) {
          expect(widest(line)).toBeLessThanOrEqual(row === 0 ? first : rest)
          expect(stringWidth(line)).toBeLessThanOrEqual(row === 0 ? first : rest)
        }
      }),
    )
  })

  test('and nothing but blanks is lost', () => {
    const bare = (text: string): string => text.replace(/\s+/g, '')
    fc.assert(
      fc.property(anyText, fc.integer({ min: 24, max: 60 }), (text, room) => {
        expect(bare(wrap(text, room).join(''))).toBe(bare(text))
      }),
      // A picture that is wider than the line has no place at all.
      { examples: [['word '.repeat(20), 24]] },
    )
  })

  test('cut, clipped or shortened', () => {
    fc.assert(
      fc.property(anyText, anyText, columns, (a, b, room) => {
        const line = [span(a.replaceAll('\n', ' ')), span(b.replaceAll('\n', ' '), { bold: true })]
        expect(widest(cut(plain(line), room))).toBeLessThanOrEqual(room)
        expect(lineWidest(clip(line, room))).toBeLessThanOrEqual(room)
        expect(lineWidest(shorten(line, room))).toBeLessThanOrEqual(room)
      }),
    )
  })

  test('typed; and the cursor stands in it', () => {
    fc.assert(
      fc.property(anyText, anyText, columns, fc.integer({ min: 1, max: 6 }), (before, after, room, rows) => {
        const { lines, cursor } = typing({ ...emptyEditor, before, after }, room, rows, Math.min(2, room - 2))
        expect(lines.length).toBeLessThanOrEqual(rows)
        expect(lines.length).toBeGreaterThan(0)
        for (const line of lines) expect(widest(line)).toBeLessThanOrEqual(room)
        expect(cursor.y).toBeLessThan(lines.length)
        expect(cursor.y).toBeGreaterThanOrEqual(0)
        expect(cursor.x).toBeLessThan(room)
      }),
    )
  })
})

describe('wrapping', () => {
  test('breaks between words', () => expect(wrap('the quick brown fox', 10)).toEqual(['the quick', 'brown fox']))
  test('breaks a word that is too long', () => expect(wrap('abcdefgh ij', 3)).toEqual(['abc', 'def', 'gh', 'ij']))
  test('breaks between wide characters', () => expect(wrap('日本語テキスト', 6)).toEqual(['日本語', 'テキス', 'ト']))
  test('keeps a family together', () => expect(wrap('ab👨‍👩‍👧', 6)).toEqual(['ab', '👨‍👩‍👧']))
  test('keeps empty lines', () => expect(wrap('a\n\nb', 5)).toEqual(['a', '', 'b']))
})

test('a family is two columns wide, or six where its parts are drawn', () => {
  expect([width('👨‍👩‍👧'), widest('👨‍👩‍👧')]).toEqual([2, 6])
  expect([width('z\u0324\u0308'), widest('z\u0324\u0308')]).toEqual([1, 1])
})

describe('[U7] colours', () => {
  const line = [span('me', { role: 'mention' }), span(' quiet', { role: 'quiet' })]
  const drawn = (env: Record<string, string>, ground: 'dark' | 'light' | null = null): string =>
    paint(line, paletteOf(env, ground)).replaceAll('\u{1b}', 'ESC')

  test('are those of the terminal', () => {
    expect(drawn({ COLORTERM: 'truecolor' })).toBe('ESC[38;2;242;204;96mmeESC[0mESC[38;2;139;148;158m quietESC[0m')
    expect(drawn({ TERM: 'xterm-256color' })).toBe('ESC[38;5;221mmeESC[0mESC[38;5;103m quietESC[0m')
    expect(drawn({ TERM: 'xterm' })).toBe('ESC[93mmeESC[0mESC[90m quietESC[0m')
  })

  test('are darker on a light ground', () => {
    expect(drawn({ COLORTERM: 'truecolor', COLORFGBG: '0;15' })).toContain('38;2;138;90;0')
    expect(drawn({ TERM: 'xterm' }, 'light')).toContain('[35m')
    expect(drawn({ TERM: 'xterm', COLORFGBG: '15;0' })).toContain('[93m')
  })

  test('are none where nobody wants them', () => {
    expect(drawn({ COLORTERM: 'truecolor', NO_COLOR: '1' })).toBe('ESC[1mmeESC[0mESC[2m quietESC[0m')
    expect(drawn({ NO_COLOR: '', TERM: 'xterm' })).toContain('[93m')
  })
})
