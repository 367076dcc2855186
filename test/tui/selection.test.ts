import { describe, expect, test } from 'vitest'
import { hear } from '../../src/client/chat/conversation/conversation.ts'
import { insert, type Said } from '../../src/client/chat/conversation/timeline.ts'
import type { Chat } from '../../src/client/chat/state.ts'
import { alter, newChat } from '../../src/client/chat/state.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import type { PressAct } from '../../src/tui/chat/press-act.ts'
import { type ChatUi, newUi } from '../../src/tui/chat/ui.ts'
import type { Size } from '../../src/tui/stage/scene.ts'
import { plain } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'

const said = (seq: number, from: string, mine: boolean): Said => ({
  ...{ kind: 'said', seq, i: 0, at: seq * 1000, from, to: null, text: `text ${seq}`, action: false },
  ...{ mine, mention: false, replayed: false },
})

const chat = alter(newChat('Spider-Man', 'lobby', 0), '#lobby', at => ({
  ...at,
  timeline: insert(
    at.timeline,
    Array.from({ length: 60 }, (_, k) => said(k + 1, k % 2 ? 'Spider-Man' : '田中', k % 2 === 1)),
  ),
}))

function pressed(
  keys: readonly string[],
  size: Size = { columns: 80, rows: 24 },
  at: Chat = chat,
): readonly [ChatUi, readonly PressAct[]] {
  let ui = newUi('#lobby')
  const done: PressAct[] = []
  for (const key of keys) {
    const [next, acts] = press(ui, { type: 'key', key }, { chat: at, size, face: FACE })
    ui = next
    done.push(...acts)
  }
  return [ui, done]
}

const drawn = (ui: ChatUi, size: Size) => chatFrame(chat, ui, size, FACE, 0).lines
const SIZES = [
  { columns: 20, rows: 5 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
]

describe.each(SIZES)('[U12] a message that is selected by keys, at %o', size => {
  test('stands inverted and in sight, however far up', () => {
    for (const ups of [0, 1, 10, 55, 100]) {
      const [ui] = pressed(['alt-m', ...Array.from({ length: ups }, () => 'up')], size)
      const seq = Math.max(1, 60 - ups)
      expect(ui.selected?.seq).toBe(seq)
      const inverted = drawn(ui, size).filter(line => line.some(({ inverse }) => inverse))
      expect(inverted.map(plain).join()).toContain(`text ${seq}`)
    }
  })

  test('is deleted when Enter confirms it, and only then; it must be mine', () => {
    const deleted = (keys: readonly string[]) => pressed(keys, size)[1].filter(act => act.type === 'delete')
    expect(deleted(['alt-m', 'delete', 'enter'])).toEqual([{ type: 'delete', seq: 60 }])
    expect(deleted(['alt-m', 'up', 'up', 'backspace', 'enter'])).toEqual([{ type: 'delete', seq: 58 }])
    expect(deleted(['alt-m', 'up', 'delete', 'enter'])).toEqual([])
    expect(deleted(['alt-m', 'delete', 'escape', 'enter'])).toEqual([])
    expect(deleted(['alt-m', 'delete', 'up', 'enter'])).toEqual([])
    const [ui] = pressed(['alt-m', 'delete'], size)
    expect(drawn(ui, size).map(plain).join()).toContain('Delete it')
  })
})

describe('[U12] letters act on a selected message', () => {
  const LINKS = 'look: https://example.org/a?b=1, http://[::1]:3001/ and https://example.org/a?b=1'
  const linked = alter(chat, '#lobby', at => ({
    ...at,
    timeline: insert(at.timeline, [
      { ...said(61, 'مريم', false), text: 'see https://example.org/x' },
      { ...said(62, 'a|b', false), text: LINKS },
    ]),
  }))
  const acts = (keys: readonly string[], at = linked) => pressed(keys, { columns: 80, rows: 24 }, at)[1]
  const typed = (ui: ChatUi, text: string) =>
    press(ui, { type: 'text', text }, { chat: linked, size: { columns: 80, rows: 24 }, face: FACE })

  test('c copies its text, l a link to it, and o opens the only link in it', () => {
    expect(acts(['ctrl-o', 'c'])).toEqual([{ type: 'copy', text: LINKS }])
    expect(acts(['alt-m', 'l'])).toEqual([{ type: 'copy-address', room: 'lobby', seq: 62 }])
    expect(acts(['ctrl-up', 'k', 'o'])).toEqual([{ type: 'open', href: 'https://example.org/x' }])
    expect(acts(['ctrl-o', 'k', 'k', 'o'])).toEqual([])
  })

  test('o asks which of several links it opens, each once', () => {
    const [ui] = pressed(['ctrl-o', 'o'], { columns: 80, rows: 24 }, linked)
    expect(chatFrame(linked, ui, { columns: 80, rows: 24 }, FACE, 0).lines.map(plain).at(-2)).toContain(
      '1 example.org/a?b=1  2 [::1]:3001',
    )
    expect(acts(['ctrl-o', 'o', '2'])).toEqual([{ type: 'open', href: 'http://[::1]:3001/' }])
    expect(acts(['ctrl-o', 'o', '3', '9', 'escape'])).toEqual([])
  })

  test('w shows who wrote it, and d asks before it deletes', () => {
    expect(pressed(['ctrl-o', 'w'], { columns: 80, rows: 24 }, linked)[0].people).toEqual({ name: 'a|b' })
    expect(acts(['alt-m', 'd', 'enter'], chat)).toEqual([{ type: 'delete', seq: 60 }])
    expect(acts(['alt-m', 'd', 'ctrl-c', 'enter'], chat)).toEqual([])
  })

  test('none of them is typed, and the cursor is hidden; Esc or Ctrl-C ends it and leaves nothing', () => {
    const [ui] = pressed(['ctrl-o'], { columns: 80, rows: 24 }, linked)
    const [after, done] = typed(ui, 'xyz🦊')
    expect(after).toEqual(ui)
    expect(done).toEqual([])
    expect(chatFrame(linked, ui, { columns: 80, rows: 24 }, FACE, 0).cursor).toBeNull()
    for (const end of ['escape', 'ctrl-c']) expect(pressed(['ctrl-o', end])).toMatchObject([{ selected: null }, []])
    // Typed fast, both letters arrive at once: the message above is copied.
    expect(typed(ui, 'kc')[1]).toEqual([{ type: 'copy', text: 'see https://example.org/x' }])
  })

  test.each(SIZES)('the menu names them at %o', size => {
    const [ui] = pressed(['ctrl-o'], size, linked)
    const menu = chatFrame(linked, ui, size, FACE, 0).lines.map(plain).join('\n')
    expect(menu).toContain(' r reply  + react ')
  })
})

test('[U8] the wheel scrolls by lines, in the messages and in overlays, with any typed text', () => {
  const size = { columns: 80, rows: 24 }
  const seen = { chat, size, face: FACE }
  const [typing] = press(newUi('#lobby'), { type: 'text', text: 'half a' }, seen)
  const [up, acts] = press(typing, { type: 'key', key: 'wheelup' }, seen)
  expect(acts).toEqual([{ type: 'see', end: false }])
  expect(drawn(up, size).map(plain).join('\n')).toContain('text 57')
  expect(drawn(up, size).map(plain).join('\n')).not.toContain('text 58')
  const [down, back] = press(up, { type: 'key', key: 'wheeldown' }, seen)
  expect(back).toEqual([{ type: 'see', end: true }])
  expect(down).toEqual(typing)
  const helped = { ...newUi('#lobby'), help: 0 }
  expect(press(helped, { type: 'key', key: 'wheeldown' }, seen)[0].help).toBe(3)
})

test('[U2] mentions of me are counted apart from unread messages', () => {
  const away = alter(chat, '#ops', at => {
    const one = { ...said(70, '田中', false), mention: true }
    return [said(61, 'a|b', false), said(62, 'a|b', false), one].reduce((to, entry) => hear(to, entry, false), at)
  })
  for (const size of [
    { columns: 60, rows: 24 },
    { columns: 100, rows: 30 },
  ]) {
    const text = chatFrame(away, newUi('#lobby'), size, FACE, 0).lines.map(plain).join('\n')
    expect(text).toMatch(/#ops +3 !1/)
  }
})

test('[U13] the first screen says how to begin, until something was typed', () => {
  const size = { columns: 80, rows: 24 }
  const screen = (ui: ChatUi): string => drawn(ui, size).map(plain).join('\n')
  expect(screen(newUi('#lobby'))).toContain('Enter sends, /help lists commands and keys')
  const [typing] = press(newUi('#lobby'), { type: 'text', text: 'h' }, { chat, size, face: FACE })
  expect(screen(typing)).not.toContain('/help')
})
