/** Colours are read on every ground, and there are none where none may be (docs/spec.md, U7). */
import { describe, expect, test } from 'vitest'
import { NAME_COLOURS, THEME } from '../../src/client/view/theme.ts'
import { type StyledLine, span } from '../../src/tui/text/line.ts'
import { type Depth, type Ground, paint, paletteOf } from '../../src/tui/text/palette.ts'

const ESC = '\u{1b}'
/** The 16 as xterm has them; others are no worse. */
const ANSI = [
  ...[0x000000, 0xcd0000, 0x00cd00, 0xcdcd00, 0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5],
  ...[0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00, 0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff],
]
const CUBE = [0, 95, 135, 175, 215, 255]

/** Red, green and blue in the output of `paint`; null: the terminal's own colour. */
function colourOf(shown: string): readonly number[] | null {
  const codes = (shown.split(`${ESC}[`)[1] ?? '').split('m')[0]?.split(';').map(Number) ?? []
  const at = codes.indexOf(38)
  if (at >= 0 && codes[at + 1] === 2) return codes.slice(at + 2, at + 5)
  if (at >= 0) {
    const cell = (codes[at + 2] ?? 16) - 16
    return [Math.floor(cell / 36), Math.floor(cell / 6) % 6, cell % 6].map(step => CUBE[step] ?? 0)
  }
  const code = codes.find(one => (one >= 30 && one < 38) || (one >= 90 && one < 98))
  if (code === undefined) return null
  const value = ANSI[code < 38 ? code - 30 : code - 82] ?? 0
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255]
}

/** Relative luminance and contrast as WCAG 2.2 has them. */
function luminance(channels: readonly number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map(one =>
    one <= 10 ? one / 3294.6 : ((one / 255 + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(colour: readonly number[], ground: Ground): number {
  const [light, dark] = [luminance(colour), ground === 'light' ? 1 : 0].sort((a, b) => b - a) as [number, number]
  return (light + 0.05) / (dark + 0.05)
}

const spans: StyledLine = [
  ...Object.keys(THEME).map(role => span(role, { role: role as keyof typeof THEME })),
  ...NAME_COLOURS.map((_, name) => span(`name ${name}`, { name })),
]

describe.each(['light', 'dark'] as const)('[U7] on a %s ground', ground => {
  test.each([
    ['16', 3],
    ['256', 4.2],
    ['true', 4.5],
  ] as const)('with %s colours every text has a contrast of %s at least', (depth, least) => {
    for (const one of spans) {
      const colour = colourOf(paint([one], { depth, ground }))
      if (colour) expect(contrast(colour, ground), one.text).toBeGreaterThanOrEqual(least)
    }
  })
})

const COLOURS = /\[(?:[\d;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;|m)/

test.each([
  { NO_COLOR: '1', TERM: 'xterm-256color', COLORTERM: 'truecolor' },
  { TERM: 'xterm-mono' },
  { TERM: 'vt220' },
  { TERM: 'linux-m' },
])('[U7] %o means no colour at all, also where terminals do not agree how wide a picture is', env => {
  const palette = paletteOf(env)
  const disputed = '👨‍👩‍👧'
  for (const one of spans) {
    expect(paint([one, span(' '), span(disputed)], palette)).not.toMatch(COLOURS)
    expect(paint([{ ...one, inverse: true }, span(' ', { inverse: true }), span(disputed)], palette)).not.toMatch(
      COLOURS,
    )
  }
})

test.each(['none', '16', '256', 'true'] as const)(
  '[U12] a selected line has no blank that is told apart, with %s',
  (depth: Depth) => {
    const shown = paint([span('so ', { inverse: true }), span('👨‍👩‍👧', { inverse: true })], { depth, ground: 'dark' })
    expect(shown).not.toMatch(COLOURS)
    expect(shown.split(' ')[0]).toMatch(/7m$/)
  },
)
