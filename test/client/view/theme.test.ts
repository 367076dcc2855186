import { describe, expect, test } from 'vitest'
import { type Colour, NAME_COLOURS, nameColour, THEME } from '../../../src/client/view/theme.ts'

/** Relative luminance and contrast (WCAG 2.2). */
function luminance(hex: string): number {
  const value = Number.parseInt(hex.slice(1), 16)
  const [red = 0, green = 0, blue = 0] = [value >> 16, (value >> 8) & 255, value & 255].map(channel => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const all: readonly (readonly [string, Colour])[] = [
  ...Object.entries(THEME),
  ...NAME_COLOURS.map((colour, k) => [`name ${k}`, colour] as const),
]

describe('[U7] the theme', () => {
  test.each(all)('%s is read on dark and on light grounds', (_, { dark, light }) => {
    for (const ground of ['#000000', '#1e1e1e']) expect(contrast(dark, ground)).toBeGreaterThanOrEqual(4.5)
    for (const ground of ['#ffffff', '#fafafa']) expect(contrast(light, ground)).toBeGreaterThanOrEqual(4.5)
  })

  test('a name has its colour everywhere and always, in any case', () => {
    expect(['alice', 'Alice', 'bob', 'Жанна', '木村さん'].map(nameColour)).toEqual([9, 9, 4, 5, 0])
  })
})
