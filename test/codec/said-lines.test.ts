/** Answers, edits, reactions and files in the words of line mode and of the original's protocol. */
import fc from 'fast-check'
import stringWidth from 'string-width'
import { describe, expect, test } from 'vitest'
import { classicEncoding } from '../../src/codec/classic/encoding.ts'
import type { Outgoing } from '../../src/codec/codec.ts'
import { lineEncoding } from '../../src/codec/line/encoding.ts'
import { excerpt, type Quoted } from '../../src/codec/quotation.ts'
import { sizeText } from '../../src/codec/said-lines.ts'
import { CLASSIC_READ_BYTES, QUOTED_COLUMNS } from '../../src/model/limits.ts'
import { neutralise } from '../../src/model/text.ts'
import { type OfAnybody, ofAnybody } from '../helpers/of-anybody.ts'
import { runs } from '../helpers/seeds.ts'

const AT = Date.UTC(2026, 0, 1, 12, 34, 56)
const time = (at: number): string => new Date(at).toISOString().slice(11, 19)
const linkTo = (path: string): string => `http://chat.example:3001${path}`
const line = lineEncoding(time, () => '2026-01-01', linkTo)
const classic = classicEncoding(time, linkTo)

type About = Partial<Pick<Extract<Outgoing, { type: 'event' }>, 'quoted' | 'names'>>
const outgoing = (value: OfAnybody, text: string | null, about: About = {}): Outgoing => ({
  ...{ type: 'event', seq: 4, at: AT, i: 0, last: true, event: ofAnybody(value), text, ...about },
})
const inLine = (one: Outgoing): readonly string[] => line.encode(one).map(String)
const inClassic = (one: Outgoing): readonly string[] => classic.encode(one).map(String)

const said = { type: 'said', room: 'lobby', from: 'bob', action: false } as const
const told = { type: 'told', from: 'bob', to: 'Mr.Blue', action: false } as const
const quoted: Quoted = { seq: 2, from: '田中', author: 'm2', text: 'lunch at noon?' }
const file = { id: 'f1', kind: 'image/png', size: 1_234_567 } as const
const LINK = 'http://chat.example:3001/files/f1/a%20b.png'

describe('in line mode', () => {
  test.each<readonly [string, Outgoing, readonly string[]]>([
    [
      'an answer says whom, and a line of what',
      outgoing({ ...said, reply: 2 }, 'yes', { quoted }),
      ['bob (to 田中: "lunch at noon?") > yes'],
    ],
    [
      'once, before its first line',
      outgoing({ ...said, reply: 2 }, 'yes\nno', { quoted }),
      ['bob (to 田中: "lunch at noon?") > yes', 'bob > no'],
    ],
    [
      'an action that answers',
      outgoing({ ...said, room: 'ops', action: true, reply: 2 }, 'nods', { quoted }),
      ['#ops * bob (to 田中: "lunch at noon?") nods'],
    ],
    [
      'a direct answer',
      outgoing({ ...told, reply: 2 }, 'yes\nno', { quoted }),
      ['bob (to Mr.Blue alone, answering 田中: "lunch at noon?") > yes', 'bob (to Mr.Blue alone) > no'],
    ],
    [
      'what is deleted is not quoted',
      outgoing({ ...said, reply: 2 }, 'yes', { quoted: { ...quoted, text: null } }),
      ['bob (to 田中, deleted) > yes'],
    ],
    [
      'nor is what is gone',
      outgoing({ ...said, reply: 2 }, 'yes', { quoted: null }),
      ['bob (to a message that is gone) > yes'],
    ],
    ['what is not looked up has its number', outgoing({ ...said, reply: 2 }, 'yes'), ['bob (to message 2) > yes']],
    [
      'a picture without words is quoted by its name',
      outgoing({ ...said, reply: 2 }, 'nice', {
        quoted: { ...quoted, text: '', files: [{ ...file, name: '🦊.png' }] },
      }),
      ['bob (to 田中: 🦊.png) > nice'],
    ],
    [
      'a file has a line with its link',
      outgoing({ ...said, files: [file] }, 'look', { names: ['a b.png'] }),
      ['bob > look', `bob > a b.png (1.3 MB) ${LINK}`],
    ],
    [
      'and needs no words',
      outgoing({ ...told, files: [file] }, '', { names: ['a b.png'] }),
      [`bob (to Mr.Blue alone) > a b.png (1.3 MB) ${LINK}`],
    ],
    [
      'an edit is signed on every line, so that nobody speaks for the server',
      outgoing({ type: 'edited', room: 'lobby', target: 2, edit: 3, from: 'bob' }, 'one\nserver > two'),
      ['bob (edited 2) > one', 'bob (edited 2) > server > two'],
    ],
    [
      'that of a direct message says so',
      outgoing({ type: 'edited', room: null, target: 2, edit: 3, from: 'bob' }, 'one'),
      ['bob (edited direct message 2) > one'],
    ],
    [
      'a reaction',
      outgoing({ type: 'reacted', room: 'ops', target: 2, emoji: '👍', off: false, by: 'bob' }, null, { quoted }),
      ['[*] bob reacted with 👍 to message 2 in #ops of 田中: "lunch at noon?".'],
    ],
    [
      'a reaction that is taken back',
      outgoing({ type: 'reacted', room: null, target: 2, emoji: '👍', off: true, by: 'bob' }, null),
      ['[*] bob took 👍 back from message 2.'],
    ],
    [
      'a pinned message',
      outgoing({ type: 'pinned', room: 'lobby', target: 2, off: false, by: 'bob' }, null, { quoted }),
      ['[*] bob pinned message 2 of 田中: "lunch at noon?".'],
    ],
  ])('%s', (_, one, lines) => expect(inLine(one).join('')).toBe(lines.map(all => `[12:34:56] ${all}\n`).join('')))

  test('[Y2] a past message says calmly what became of it', () => {
    const message = { at: AT, from: 'bob', author: 'm1', account: false, to: null, other: null, action: false } as const
    const past: Outgoing = {
      ...{ type: 'past', seq: 9, at: AT, n: null, room: 'lobby', words: null, more: false, gap: null, gone: 0 },
      messages: [
        {
          ...{ ...message, seq: 4, room: 'lobby', text: 'yes', mentions: [], reply: 2, edited: AT },
          files: [{ ...file, name: 'a b.png' }],
          reactions: [
            { emoji: '👍', people: [1, 2].map(one => ({ id: `m${one}`, name: 'x' })) },
            { emoji: '🦊', people: [{ id: 'm3', name: 'y' }] },
          ],
        },
      ],
    }
    expect(inLine(past)).toEqual([
      '| Earlier:\n',
      '| 4 [12:34:56] bob (to message 2, edited) > yes\n',
      `| 4 [12:34:56] bob > a b.png (1.3 MB) ${LINK}\n`,
      '| 4 [12:34:56] (👍 2, 🦊)\n',
    ])
    expect(inLine({ type: 'messages', seq: 9, at: AT, n: null, room: 'ops', messages: [] })).toEqual([
      '| Nothing is pinned in #ops. /pin NUMBER pins a message.\n',
    ])
    expect(inLine({ type: 'messages', seq: 9, at: AT, n: null, room: 'ops', messages: past.messages })[0]).toBe(
      '| Pinned in #ops:\n',
    )
  })

  test('the people behind the reactions', () => {
    const people = [
      { id: 'm1', name: 'Ünal' },
      { id: 'm2', name: 'مريم' },
    ]
    const reactions = [{ emoji: '👍', people }]
    expect(inLine({ type: 'reactions', at: AT, n: null, target: 2, reactions })).toEqual([
      '[12:34:56] server > 👍 Ünal, مريم\n',
    ])
    expect(inLine({ type: 'reactions', at: AT, n: null, target: 2, reactions: [] })).toEqual([
      '[12:34:56] server > Nobody has reacted to message 2.\n',
    ])
  })
})

describe("[C1] in the original's protocol", () => {
  test.each<readonly [string, Outgoing, readonly string[]]>([
    ['an answer', outgoing({ ...said, reply: 2 }, 'yes', { quoted }), ['bob (to 田中: "lunch at noon?") > yes']],
    [
      'what is quoted names nobody who enters',
      outgoing({ ...said, reply: 2 }, 'yes', { quoted: { ...quoted, text: '[*] eve entered.' } }),
      ['bob (to 田中: "(*) eve entered.") > yes'],
    ],
    [
      'an edit',
      outgoing({ type: 'edited', room: 'lobby', target: 2, edit: 3, from: 'bob' }, '[*] eve exited.'),
      ['bob (edited 2) > (*) eve exited.'],
    ],
    ['one elsewhere', outgoing({ type: 'edited', room: 'ops', target: 2, edit: 3, from: 'bob' }, 'x'), []],
    [
      'a reaction',
      outgoing({ type: 'reacted', room: 'lobby', target: 2, emoji: '👍', off: false, by: 'bob' }, null, { quoted }),
      ['server > bob reacted with 👍 to message 2 of 田中: "lunch at noon?".'],
    ],
    [
      'a file',
      outgoing({ ...told, files: [file] }, 'look', { names: ['a b.png'] }),
      [`bob (to you alone) > look\n[12:34:56] bob (to you alone) > a b.png (1.3 MB) ${LINK}`],
    ],
  ])('%s', (_, one, frames) => expect(inClassic(one)).toEqual(frames.map(all => `[12:34:56] ${all}`)))

  test('each read holds whole signed lines and names nobody who comes or goes, with any answer, edit or file', () => {
    const text = fc.string({ unit: 'binary', maxLength: 3000 }).map(neutralise)
    const some = fc.oneof(
      text,
      text.map(one => one.replaceAll(/[ab]/g, '[*] x entered.')),
      fc.constant('é\u0301'.repeat(4000)),
    )
    fc.assert(
      fc.property(some, some, some, (says, quote, name) => {
        const answer = outgoing({ ...said, reply: 2, files: [file] }, says, {
          quoted: { ...quoted, text: quote },
          names: [name.replaceAll('\n', ' ') || 'file'],
        })
        const edit = outgoing({ type: 'edited', room: 'lobby', target: 2, edit: 3, from: 'bob' }, says)
        for (const frame of [...inClassic(answer), ...inClassic(edit)]) {
          expect(Buffer.byteLength(frame)).toBeLessThanOrEqual(CLASSIC_READ_BYTES)
          expect(frame).not.toContain('[*]')
          for (const one of frame.split('\n')) expect(one).toMatch(/^\[12:34:56\] bob (\((to|edited) |> )/)
        }
      }),
      { numRuns: runs(100) },
    )
  })
})

describe('an excerpt', () => {
  test.each([
    ['lunch at noon?', 'lunch at noon?'],
    ['one\n\ntwo   three', 'one two three'],
    ['a'.repeat(61), `${'a'.repeat(59)}…`],
    ['田'.repeat(40), `${'田'.repeat(29)}…`],
    ['', ''],
  ])('%j', (text, line) => expect(excerpt(text)).toBe(line))

  test('is one line of at most so many columns, and as much of the text as fits', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 2000 }).map(neutralise), text => {
        const line = excerpt(text)
        expect(line).not.toContain('\n')
        expect(stringWidth(line)).toBeLessThanOrEqual(QUOTED_COLUMNS)
        expect(Buffer.byteLength(line)).toBeLessThanOrEqual(24 * QUOTED_COLUMNS)
        expect(
          text
            .replace(/[\n ]+/g, ' ')
            .trim()
            .startsWith(line.replace(/…$/, '')),
        ).toBe(true)
      }),
      { numRuns: runs(300) },
    )
  })
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1 KB'],
  [1001, '2 KB'],
  [999_001, '1.0 MB'],
  [1_234_567, '1.3 MB'],
])('%i bytes are %s', (bytes, text) => expect(sizeText(bytes)).toBe(text))
