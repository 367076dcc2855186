import { describe, expect, test } from 'vitest'
import { type Colour, NAME_COLOURS, nameColour, THEME } from '../../../src/client/view/theme.ts'
import { contrast } from '../../helpers/contrast.ts'

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
