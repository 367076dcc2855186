/** Texts that need no tables of graphemes, and what stands in for the tables while there are only such texts. */
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { LateSegmenter } from '../../scripts/late-segmenter.ts'
import { ONE_COLUMN_EACH } from '../../src/tui/text/one-column.ts'

const real = new Intl.Segmenter()
const easy = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(unit =>
  ONE_COLUMN_EACH.test(unit),
)

describe('texts of one column a unit', () => {
  test('each unit takes one column, also before and after others', () => {
    expect(easy.length).toBeGreaterThan(1000)
    const others = ['a', 'Ж', '✓', '‼', '#', '\u{1b}']
    const wrong = easy.filter(
      unit =>
        stringWidth(unit) !== 1 || others.some(other => [...real.segment(`${other}${unit}${other}`)].length !== 3),
    )
    expect(wrong).toEqual([])
  })

  test('marks, joiners, wide letters and pictures are none of them', () => {
    for (const text of ['李', '한', 'e\u0301', '\u00ad', '\u200d', '\ufe0f', '👍', '\n', '\t', '\ud83d', '◽']) {
      expect(ONE_COLUMN_EACH.test(text), JSON.stringify(text)).toBe(false)
    }
  })
})

describe('the late segmenter', () => {
  test.each(['', 'Spider-Man', 'a|b', '› Жанна …', '\u{1b}[1mbold\u{1b}[0m', '李', 'e\u0301 👍🏽 a\r\nb'])(
    'segments %j as the real one',
    text => {
      const late = new LateSegmenter()
      const pieces = (from: Iterable<{ readonly segment: string; readonly index: number }>) =>
        Array.from(from, ({ segment, index }) => ({ segment, index }))
      expect(pieces(late.segment(text))).toEqual(pieces(real.segment(text)))
      for (let at = -1; at <= text.length; at++) {
        const [found, wanted] = [late.segment(text).containing(at), real.segment(text).containing(at)]
        expect(found?.segment).toBe(wanted?.segment)
        expect(found?.index).toBe(wanted?.index)
      }
    },
  )
})
