import { describe, expect, test } from 'vitest'
import { hear } from '../../src/client/chat/conversation/conversation.ts'
import { insert, type Said } from '../../src/client/chat/conversation/timeline.ts'
import type { Chat } from '../../src/client/chat/state.ts'
import { alter, newChat } from '../../src/client/chat/state.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { type PressAct, press } from '../../src/tui/chat/press.ts'
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

function pressed(keys: readonly string[], size: Size, at: Chat = chat): readonly [ChatUi, readonly PressAct[]] {
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

test('[U2] what speaks of me is counted apart from what is unread', () => {
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
