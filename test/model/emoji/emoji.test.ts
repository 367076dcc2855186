/** One emoji in one form, and the names that people type for it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emojiFiles } from '../../../scripts/emoji.ts'
import { isEmojiAlone, readEmoji } from '../../../src/model/emoji/emoji.ts'
import { EMOJI_ROWS } from '../../../src/model/emoji/rows.ts'
import { searchEmoji } from '../../../src/model/emoji/search.ts'
import { emojiNamed, emojiTable, typedEmoji } from '../../../src/model/emoji/table.ts'
import { TONES, toned } from '../../../src/model/emoji/tone.ts'
import { EMOJI_WORDS } from '../../../src/model/emoji/words.ts'
import { runs } from '../../helpers/seeds.ts'

const { all } = emojiTable()
const VS16 = '\ufe0f'

describe('one emoji', () => {
  test.each([
    ['👍', '👍'],
    [' 👍 ', '👍'],
    [`👍${VS16}`, '👍'],
    ['👍🏽', '👍🏽'],
    ['❤', `❤${VS16}`],
    [`❤${VS16}`, `❤${VS16}`],
    ['❤\ufe0e', `❤${VS16}`],
    ['🏳‍🌈', `🏳${VS16}‍🌈`],
    ['🕵🏻‍♂', `🕵🏻‍♂${VS16}`],
    ['1⃣', `1${VS16}⃣`],
    ['🇩🇪', '🇩🇪'],
    ['🏴󠁧󠁢󠁳󠁣󠁴󠁿', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
    ['👩🏻‍❤️‍💋‍👨🏿', '👩🏻‍❤️‍💋‍👨🏿'],
    ['🦊', '🦊'],
  ])('%s', (typed, emoji) => {
    expect(readEmoji(typed)).toBe(emoji)
    expect(readEmoji(emoji)).toBe(emoji)
  })

  test.each(['', ' ', 'a', '1', '#', '👍👍', '👍a', '🇩', '🇩🇩🇪', '🏽', VS16, '‍', '<3', ':+1:', '👍'.repeat(4000)])(
    'not %j',
    typed => {
      expect(readEmoji(typed)).toBeNull()
    },
  )

  test('any text: never throws, and what is read is read as itself', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('👍', '❤', VS16, '‍', '🏽', '🇩', '1', '⃣', 'a', '🏳', '🌈') }),
        text => {
          const emoji = readEmoji(text)
          if (emoji !== null) expect(readEmoji(emoji)).toBe(emoji)
        },
      ),
      { numRuns: runs(500) },
    )
  })
})

describe('one to three emoji alone', () => {
  test.each(['👍', '👍 🎉', ' ❤️👩🏻‍❤️‍💋‍👨🏿🇩🇪 ', '🦊\n🦊'])('%s', text => expect(isEmojiAlone(text)).toBe(true))
  test.each(['', 'a', '👍a', '👍👍👍👍', '1', '#', '©', '👍'.repeat(4000), ' '.repeat(8000)])('not %j', text => {
    expect(isEmojiAlone(text)).toBe(false)
  })
})

describe('names', () => {
  test('the rows are what the script makes of the data', () => {
    const { rows, words } = emojiFiles()
    expect(rows).toContain(EMOJI_ROWS)
    expect(words).toContain(EMOJI_WORDS)
    expect(EMOJI_WORDS.split('\n').length).toBe(all.length)
  })

  test.each([
    [':+1:', '👍'],
    ['+1', '👍'],
    [':Tada:', '🎉'],
    [':tada', '🎉'],
    [':fox_face:', '🦊'],
    [':heart:', `❤${VS16}`],
    [':de:', '🇩🇪'],
    ['🎉', '🎉'],
    [':no such emoji:', null],
    [':', null],
    ['', null],
    ['constructor', null],
  ])('%s is %s', (typed, emoji) => {
    expect(typedEmoji(typed)).toBe(emoji)
  })

  test('each emoji has a name of its own, and is in its one form', () => {
    const names = all.flatMap(row => row.names)
    expect(new Set(names).size).toBe(names.length)
    expect(all.filter(row => row.names.length === 0)).toEqual([])
    expect(names.filter(name => !/^[a-z0-9_+-]+$/.test(name))).toEqual([])
    // This Node may not know the newest.
    const known = all.filter(({ emoji }) => readEmoji(emoji) !== null)
    expect(known.length).toBeGreaterThan(1850)
    expect(known.filter(({ emoji }) => readEmoji(emoji) !== emoji)).toEqual([])
  })
})

describe('finding', () => {
  const found = (query: string): string =>
    searchEmoji(query, 20)
      .map(({ emoji }) => emoji)
      .join(' ')

  test('by the beginning of a name, the shortest first, then by a part of one', () => {
    expect(emojiNamed('smil', 3).map(({ names }) => names[0])).toEqual(['smile', 'smiley', 'smile_cat'])
    expect(emojiNamed('FOX', 1).map(({ emoji }) => emoji)).toEqual(['🦊'])
    expect(emojiNamed('face', 1).length).toBe(1)
    expect(emojiNamed('no such name', 9)).toEqual([])
  })

  test('by other words', () => {
    expect(found('party')).toContain('🎉')
    expect(found('thumbs up')).toContain('👍')
    expect(found('germany')).toContain('🇩🇪')
    expect(found('')).toBe('')
    expect(found('🦊*(')).toBe('')
  })

  test('in a skin tone, if there is one', () => {
    expect(toned('👍', TONES[3])).toBe('👍🏽')
    expect(toned('✌️', TONES[1])).toBe('✌🏻')
    expect(toned('🎉', TONES[3])).toBe('🎉')
    expect(toned('👍', TONES[0])).toBe('👍')
    // Of two people with hands in hand, each has a tone of their own.
    const rest = all.filter(
      ({ emoji, tones }) => tones && readEmoji(emoji) !== null && toned(emoji, TONES[5]) === emoji,
    )
    expect(rest.map(({ emoji }) => emoji)).toEqual(['🧑‍🤝‍🧑'])
  })
})
