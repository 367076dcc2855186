import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Completion, complete } from '../../../src/client/input/completion.ts'
import { anyName, cast, JOSE_NFD } from '../../helpers/cast.ts'
import { seedOf } from '../../helpers/seeds.ts'

const rooms = ['lobby', 'ops', 'Caf\u00E9'] as const
const completing = (before: string, ...names: readonly string[]): Completion => complete(before, { rooms, names })
const texts = ({ choices }: Completion) => choices.map(({ text }) => text)

describe('[U4] completion', () => {
  test.each(cast)('finds %s by any beginning, in any case and normal form', name => {
    for (let end = 1; end <= name.length; end++) {
      for (const form of ['NFC', 'NFD']) {
        const begun = name.slice(0, end).normalize(form)
        expect(texts(completing(`hi @${begun.toUpperCase()}`, ...cast))).toContain(`@${name} `)
        expect(texts(completing(begun, ...cast))).toContain(`${name}: `)
      }
    }
  })

  test('finds any allowed name', () => {
    fc.assert(
      fc.property(anyName, fc.nat(32), (name, length) => {
        const begun = Array.from(name)
          .slice(0, length + 1)
          .join('')
        expect(texts(completing(`@${begun}`, name, ...cast))).toContain(`@${name} `)
      }),
      { seed: seedOf(6) },
    )
  })

  test('offers nobody else', () => {
    expect(texts(completing('@r', 'mary', 'rob'))).toEqual(['@rob '])
    expect(texts(completing('@vi', 'victor', 'Vincent', 'ivi'))).toEqual(['@victor ', '@Vincent '])
  })

  test('begins at a sign behind a letter that the next word is joined to, and in no mail address', () => {
    expect(completing('見て@田', '田中')).toMatchObject({ from: 2, choices: [{ text: '@田中 ' }] })
    expect(texts(completing('(@vi', 'victor'))).toEqual(['@victor '])
    expect(texts(completing('vi@vi', 'victor'))).toEqual([])
  })

  test('knows what is whole already', () => {
    expect(completing('@vi', 'vi', 'victor').exact).toBe(true)
    expect(completing('@vi', 'victor').exact).toBe(false)
    expect(completing(JOSE_NFD, ...cast).exact).toBe(true)
    expect(completing('/who').exact).toBe(true)
    expect(completing('/wh').exact).toBe(false)
    expect(completing('#OPS').exact).toBe(true)
  })
})
