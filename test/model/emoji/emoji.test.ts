/** One emoji in one form, and the names that people type for it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emojiRows } from '../../../scripts/emoji.ts'
import { readEmoji } from '../../../src/model/emoji/emoji.ts'
import { EMOJI_ROWS } from '../../../src/model/emoji/rows.ts'
import { emojiTable, typedEmoji } from '../../../src/model/emoji/table.ts'
import { runs } from '../../helpers/seeds.ts'

const all = emojiTable().groups.flatMap(({ rows }) => rows)
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

describe('names', () => {
  test('the rows are what the script makes of the data', () => {
    expect(emojiRows()).toContain(`\n${EMOJI_ROWS.trim()}\n`)
  })

  test.each([
    [':+1:', '👍'],
    ['+1', '👍'],
    [':Tada:', '🎉'],
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
