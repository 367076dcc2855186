// The terminal's reports among the keys are picked out, at every cut of the input.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Report, reportPicker } from '../../../src/tui/stage/reports.ts'
import { runs, SEED } from '../../helpers/seeds.ts'

const ESC = '\u{1b}'
const UP: Report = { type: 'wheel', by: -1 }
const DOWN: Report = { type: 'wheel', by: 1 }

/** Texts of the terminal, and their reports. */
const REPORTS: readonly (readonly [string, readonly Report[]])[] = [
  [`${ESC}[<64;10;20M`, [UP]],
  [`${ESC}[<65;1;1M`, [DOWN]],
  [`${ESC}[<68;223;1000M`, [UP]],
  [`${ESC}[<0;3;4M`, []],
  [`${ESC}[<0;3;4m`, []],
  [`${ESC}[<66;3;4M`, []],
  [`${ESC}[?62;4;22c`, [{ type: 'answer', text: '?62;4;22c' }]],
  [`${ESC}_Gi=31;OK${ESC}\\`, [{ type: 'answer', text: 'Gi=31;OK' }]],
  [`${ESC}P>|WezTerm 20240203${ESC}\\`, [{ type: 'answer', text: '>|WezTerm 20240203' }]],
]

/** Keys that begin as reports do, and texts. */
const KEYS = ['a', '田', '🦊', `${ESC}[A`, `${ESC}[1;3B`, `${ESC}m`, `${ESC}O`, `${ESC}[5~`, '<64;1;1M', ESC]

function picked(inputs: readonly string[]): { readonly keys: string; readonly reports: readonly Report[] } {
  const pick = reportPicker()
  const parts = inputs.map(pick)
  return { keys: parts.map(({ keys }) => keys).join(''), reports: parts.flatMap(({ reports }) => reports) }
}

describe('[U8] reports of the terminal', () => {
  test.each(REPORTS)('%j is no key, also when it arrives in two parts', (text, reports) => {
    // Two characters alone may be keys.
    for (let at = 3; at <= text.length; at++) {
      expect(picked(['x', text.slice(0, at), `${text.slice(at)}y`])).toEqual({ keys: 'xy', reports })
    }
  })

  test('keys around them arrive as they are, in order', () => {
    const one = fc.oneof(
      fc.constantFrom(...KEYS).map(keys => ({ text: keys, keys, reports: [] as readonly Report[] })),
      fc.constantFrom(...REPORTS).map(([text, reports]) => ({ text, keys: '', reports })),
    )
    fc.assert(
      fc.property(fc.array(one, { maxLength: 20 }), all => {
        expect(picked(all.map(({ text }) => text))).toEqual({
          keys: all.map(({ keys }) => keys).join(''),
          reports: all.flatMap(({ reports }) => reports),
        })
      }),
      { seed: SEED, numRuns: runs(300) },
    )
  })

  test('Escape is not held back, and neither is what never ends', () => {
    expect(picked([ESC]).keys).toBe(ESC)
    expect(picked([`${ESC}[`]).keys).toBe(`${ESC}[`)
    const endless = `${ESC}_G${'a'.repeat(600)}`
    expect(picked([endless]).keys).toBe(endless)
    expect(picked([`${ESC}_G`, 'a'.repeat(600)]).keys).toBe(endless)
  })
})
