/** Emoji by their names while one types. */
import { describe, expect, test } from 'vitest'
import { completeEmoji, withEmoji } from '../../../src/client/input/emoji.ts'

const labels = (before: string): readonly string[] => completeEmoji(before)?.choices.map(({ label }) => label) ?? []

describe('[U4] choices', () => {
  test('by the beginning of a name, the nearest first', () => {
    expect(labels('so :tada').slice(0, 1)).toEqual(['🎉 :tada:'])
    expect(labels(':thumbsu')).toEqual(['👍 :thumbsup:'])
    expect(labels('(:FOX')[0]).toBe('🦊 :fox_face:')
    expect(completeEmoji('so :tada')).toMatchObject({ from: 3, exact: false })
    expect(completeEmoji('so :tada')?.choices[0]?.text).toBe('🎉 ')
  })

  test.each(['', ':', ':D', ':p', ':)', 'a:tada', '10:30', 'std::ve', 'http://x', ':nosuchname', ': tada', '::ta'])(
    'none for %j',
    before => {
      expect(labels(before)).toEqual([])
    },
  )
})

describe('[U4] a whole name becomes its emoji', () => {
  test.each([
    ['so :tada:', 'so 🎉'],
    [':+1:', '👍'],
    ['(:Fox_Face:', '(🦊'],
    ['`a` :heart:', '`a` ❤️'],
  ])('%s', (before, after) => expect(withEmoji(before)).toBe(after))

  test.each([
    ':nosuch:',
    'a:tada:',
    '10:30:',
    ':',
    '::',
    '`:tada:',
    '```\n:tada:',
    ':ta da:',
    ':constructor:',
    'x::y:',
  ])('not in %j', before => {
    expect(withEmoji(before)).toBeNull()
  })
})
