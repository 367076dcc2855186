/** Texts that need no tables of graphemes, and the stand-in for the tables while there are only such texts. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { LateSegmenter } from '../../scripts/late-segmenter.ts'
import { startFaster } from '../../scripts/start-faster.ts'
import { ONE_COLUMN_EACH } from '../../src/tui/text/one-column.ts'
import { graphemesOf, width } from '../../src/tui/text/width.ts'
import { runs } from '../helpers/seeds.ts'

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

/** Letters of all kinds, and characters that join, follow, colour or end them. */
const texts = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...easy) },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }) },
    {
      weight: 3,
      arbitrary: fc.constantFrom(
        ...[
          '\u200d',
          '\ufe0f',
          '\ufe0e',
          '\u0301',
          '\u20e3',
          '\u0903',
          '\u0600',
          '\u1100',
          '\u1161',
          '\u11a8',
          '\uff9e',
        ],
        ...['👍', '🏽', '👩‍👩‍👧', '🇩', '🇪', '\u{e0067}', '李', 'ｗ', 'क', '\u094d', '\ud83d', '\udc4d', '#', '©', '↔'],
        ...[
          '\t',
          '\r',
          '\n',
          '\0',
          '\u007f',
          '\u0085',
          '\u009b31m',
          '\u{1b}',
          '\u{1b}[1m',
          '\u{1b}]8;;a\u0007',
          '\u2028',
        ],
      ),
    },
  ),
  { maxLength: 12 },
)

describe('for any characters', () => {
  test('its width is what string-width says, also as the bundles have it', async () => {
    const file = fileURLToPath(import.meta.resolve('string-width'))
    const transform = startFaster.transform as unknown as (code: string, id: string) => string | null
    const code = transform(readFileSync(file, 'utf8'), file) ?? ''
    const alone = code.replaceAll(/from '([^']+)'/g, (_, name) => `from '${import.meta.resolve(name)}'`)
    const url = `data:text/javascript,${encodeURIComponent(alone)}`
    const bundled = (await import(/* @vite-ignore */ url)) as { readonly default: typeof stringWidth }
    const check = (text: string): boolean => {
      const wide = { ambiguousIsNarrow: false }
      const isSame = bundled.default(text, wide) === stringWidth(text, wide)
      return isSame && width(text) === stringWidth(text) && bundled.default(text) === stringWidth(text)
    }
    for (const unit of easy) expect(check(unit), JSON.stringify(unit)).toBe(true)
    fc.assert(
      fc.property(texts, parts => check(parts.join(''))),
      { numRuns: runs(2000) },
    )
  })

  test('its graphemes are what Intl says', () => {
    const late = new LateSegmenter()
    fc.assert(
      fc.property(texts, parts => {
        const text = parts.join('')
        const pieces = Array.from(real.segment(text), ({ segment }) => segment)
        expect(graphemesOf(text)).toEqual(pieces)
        expect(Array.from(late.segment(text), ({ segment }) => segment)).toEqual(pieces)
      }),
      { numRuns: runs(2000) },
    )
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
