import { describe, expect, test } from 'vitest'
import { NAME_COLOURS, THEME } from '../../src/client/view/theme.ts'
import { FACE, GROUNDS, themeCss } from '../../src/web/theme-css.ts'
import { contrast } from '../helpers/contrast.ts'

/** As `color-mix(in srgb, a percent%, b)`. */
function mixed(a: string, percent: number, b: string): string {
  const channels = (hex: string): readonly number[] => [1, 3, 5].map(at => Number.parseInt(hex.slice(at, at + 2), 16))
  const [from, to] = [channels(a), channels(b)]
  const mix = from.map((value, k) => Math.round((value * percent + (to[k] ?? 0) * (100 - percent)) / 100))
  return `#${mix.map(value => value.toString(16).padStart(2, '0')).join('')}`
}

describe('[G9] [G24] initials are read on the ground of their face', () => {
  test.each(NAME_COLOURS.map((colour, k) => [k, colour] as const))('name %i', (_, colour) => {
    for (const scheme of ['light', 'dark'] as const) {
      const ground = mixed(colour[scheme], FACE.ground, GROUNDS['ground']?.[scheme] ?? '')
      expect(contrast(mixed(colour[scheme], FACE.ink, THEME.text[scheme]), ground)).toBeGreaterThanOrEqual(4.5)
    }
  })
})

test('[G8] each colour is there for light and for dark', () => {
  const css = themeCss()
  expect(css.match(/light-dark\(/g)).toHaveLength(
    Object.keys(THEME).length + Object.keys(GROUNDS).length + NAME_COLOURS.length,
  )
  expect(css).not.toContain('undefined')
})
