/** The parts around messages: quotations, files, reactions, and the mark of an edit (docs/spec.md, U15). */
import { describe, expect, test } from 'vitest'
import { insert, type Said } from '../../src/client/chat/conversation/timeline.ts'
import { alter, type Chat, newChat } from '../../src/client/chat/state.ts'
import { BARE, type Surroundings } from '../../src/tui/chat/drawing/entry/around.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import { newUi } from '../../src/tui/chat/ui.ts'
import { lineWidest, plain } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'

const said = (seq: number, from: string, text: string | null, more: Partial<Said> = {}): Said => ({
  ...{ kind: 'said', seq, i: 0, at: seq * 1000, from, author: `m-${from}`, to: null, text, action: false },
  ...{ mine: from === 'Spider-Man', mention: false, replayed: false, ...more },
})

const person = (name: string) => ({ id: `m-${name}`, name })
const SHOT = {
  ...{ id: 'f1', name: 'shot 日本\u202e.png', kind: 'image/png' as const, size: 84_000, width: 640, height: 480 },
  url: '/files/f1/shot.png',
}

function chatWith(...all: readonly Said[]): Chat {
  const fresh = newChat('Spider-Man', 'lobby', 0)
  const view = { ...fresh.view, member: 'm-Spider-Man', name: 'Spider-Man' }
  return alter({ ...fresh, view }, '#lobby', at => ({ ...at, timeline: insert(at.timeline, all) }))
}

const WIDE = { columns: 80, rows: 24 }
const PAGE: Surroundings = { ...BARE, page: 'http://chat.example:3001/' }

const rows = (chat: Chat, size = WIDE, from = PAGE): readonly string[] =>
  chatFrame(chat, newUi('#lobby'), size, FACE, 0, from).lines.map(line => plain(line))
const screen = (chat: Chat, size = WIDE, from = PAGE): string => rows(chat, size, from).join('\n')

describe('[U15] an answer', () => {
  const answer = said(2, 'a|b', 'me too', { reply: 1 })

  test('has the answered author and the first words above it, in one line', () => {
    const chat = chatWith(said(1, '田中', `first\nsecond ${'long '.repeat(40)}`), answer)
    expect(screen(chat)).toMatch(/ {4}┌ 田中: first second .*…\n.* a\|b me too/)
  })

  test('names its sender also right below one’s own message', () => {
    expect(screen(chatWith(said(1, 'a|b', 'one'), answer))).toMatch(/a\|b one\n.*┌ a\|b: one\n.*a\|b me too/)
  })

  test('shows nothing of a text that is gone, and asks for one that is not here', () => {
    expect(screen(chatWith(said(1, '田中', null), answer))).toContain('┌ 田中: (deleted)')
    const wanted: number[] = []
    const from = { ...PAGE, want: (seq: number) => void wanted.push(seq) }
    expect(screen(chatWith({ ...answer, reply: 77 }), WIDE, from)).toContain('┌ message 77')
    expect(wanted).toEqual([77])
  })

  test('follows what becomes of the message above it', () => {
    const before = chatWith(said(1, '田中', 'helo'), answer)
    expect(screen(before)).toContain('┌ 田中: helo')
    const edited = alter(before, '#lobby', at => ({
      ...at,
      timeline: { ...at.timeline, entries: at.timeline.entries.set(0, said(1, '田中', 'hello', { edited: 5 })) },
    }))
    expect(screen(edited)).toContain('┌ 田中: hello')
    expect(screen(edited)).toContain('hello (edited)')
  })
})

describe('[U15] reactions and edits', () => {
  test('are a line below the message, with their counts', () => {
    const reactions = [
      { emoji: '👍', people: [person('田中'), person('a|b'), person('Spider-Man')] },
      { emoji: '🎉', people: [person('مريم')] },
    ]
    const frame = chatFrame(chatWith(said(1, '田中', 'done', { reactions })), newUi('#lobby'), WIDE, FACE, 0, PAGE)
    const line = frame.lines.find(one => plain(one).includes('👍'))
    expect(line && plain(line).trim()).toBe('👍 3  🎉 1')
    // One's own stands out.
    expect(line?.find(({ text }) => text.includes('👍'))?.bold).toBe(true)
    expect(line?.find(({ text }) => text.includes('🎉'))?.bold).toBeUndefined()
  })

  test('an edited message says so, behind its text or below its code', () => {
    expect(screen(chatWith(said(1, '田中', 'hello', { edited: 9 })))).toContain('hello (edited)')
    expect(screen(chatWith(said(1, '田中', '```\ncode\n```', { edited: 9 })))).toMatch(/ code\n +\(edited\)/)
    expect(screen(chatWith(said(1, '田中', '', { edited: 9, awaited: true })))).toMatch(/田中 …/)
  })

  test('nothing of it is left of a deleted message', () => {
    const gone = said(1, '田中', null, { edited: 9, reply: 3 })
    expect(screen(chatWith(gone))).toMatch(/田中 \(deleted\)/)
    expect(screen(chatWith(gone))).not.toContain('┌')
  })
})

test('[U15] the link to all of an output stands whole in any width, below its end if it must', () => {
  const live = { size: 888, tail: `oops ${'x'.repeat(99)}`, end: { size: 888, status: 3, ms: 4000 } }
  const chat = chatWith(said(1042, '田中', 'nightly', { live }))
  for (const columns of [120, 80, 60, 40, 20]) {
    const found = rows(chat, { columns, rows: 24 }).filter(row => row.includes('/output'))
    expect(found).toEqual([expect.stringContaining('/output 1042')])
  }
})

describe('[U15] a file', () => {
  const chat = chatWith(said(1, '田中', 'look', { files: [SHOT] }), said(2, '田中', 'and so on'))

  test('is a line with its name, kind and size, and its link on this server', () => {
    expect(screen(chat)).toContain('shot 日本�.png  PNG, 640 × 480, 84 KB')
    expect(screen(chat)).toContain('http://chat.example:3001/files/f1/shot.png')
  })

  test('is a picture below that, if the terminal has it and there is room for it', () => {
    const from: Surroundings = { ...PAGE, picture: ({ id }) => (id === 'f1' ? { id: 7, columns: 30, rows: 4 } : null) }
    const cells = (size = WIDE) => rows(chat, size, from).filter(row => row.includes('\u{10EEEE}')).length
    expect(cells()).toBe(4)
    expect(cells({ columns: 30, rows: 24 })).toBe(0)
    expect(rows(chat, WIDE).filter(row => row.includes('\u{10EEEE}'))).toEqual([])
  })
})

test('[U12] o opens a file too, and asks which if there are several', () => {
  const seen = { size: WIDE, face: FACE, from: PAGE }
  const does = (keys: readonly string[], chat: Chat) => {
    let ui = newUi('#lobby')
    let acts: readonly unknown[] = []
    for (const key of keys) [ui, acts] = press(ui, { type: 'key', key }, { ...seen, chat })
    return acts
  }
  const one = chatWith(said(1, '田中', 'look', { files: [SHOT] }))
  expect(does(['ctrl-o', 'o'], one)).toEqual([{ type: 'open', href: 'http://chat.example:3001/files/f1/shot.png' }])
  const two = chatWith(said(1, '田中', 'https://example.org', { files: [SHOT] }))
  expect(does(['ctrl-o', 'o', '2'], two)).toEqual([
    { type: 'open', href: 'http://chat.example:3001/files/f1/shot.png' },
  ])
})

test.each([
  { columns: 20, rows: 5 },
  { columns: 36, rows: 12 },
  { columns: 64, rows: 20 },
  { columns: 200, rows: 50 },
])('[U6] all of it fits into %o', size => {
  const reactions = Array.from({ length: 20 }, (_, k) => ({ emoji: '👨‍👩‍👧‍👦', people: [person(`p${k}`)] }))
  const chat = chatWith(
    said(1, '田中', '日本語'.repeat(60)),
    said(2, 'مريم', 'مرحبا', { reply: 1, files: [SHOT, SHOT], reactions, edited: 3 }),
  )
  const from: Surroundings = { ...PAGE, picture: () => ({ id: 1, columns: 40, rows: 12 }) }
  for (const line of chatFrame(chat, newUi('#lobby'), size, FACE, 0, from).lines) {
    expect(lineWidest(line)).toBeLessThanOrEqual(size.columns)
  }
})
