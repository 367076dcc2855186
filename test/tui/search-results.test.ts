/** Search results on the drawn screen (docs/spec.md, U14). */
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../src/client/chat/chat.ts'
import { type Chat, newChat } from '../../src/client/chat/state.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import type { PressAct } from '../../src/tui/chat/press-act.ts'
import { type ChatUi, newUi } from '../../src/tui/chat/ui.ts'
import type { Size } from '../../src/tui/stage/scene.ts'
import { lineWidest, plain, type StyledLine } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'
import { cast } from '../helpers/cast.ts'

const LONG = `${'hay and straw, '.repeat(60)}\na needle, and ${'more hay '.repeat(60)}`

const found = (texts: readonly string[]): Chat =>
  evolveChat(newChat('Spider-Man', 'lobby', 0), {
    type: 'spoken',
    spoken: {
      reply: {
        ...{ type: 'found', seq: 99, words: 'needle', more: false },
        messages: texts.map((text, k) => ({
          ...{ seq: k + 1, at: k * 1000, room: 'lobby', from: cast[k % cast.length] ?? '', text },
        })),
      },
      replayed: false,
    },
    now: 0,
  })

const chat = found(Array.from({ length: 12 }, (_, k) => (k % 3 === 1 ? LONG : `needle ${k + 1} of many`)))

function pressed(keys: readonly string[], size: Size): readonly [ChatUi, readonly PressAct[]] {
  let ui = newUi('#lobby')
  const done: PressAct[] = []
  for (const key of keys) {
    const [next, acts] = press(ui, { type: 'key', key }, { chat, size, face: FACE })
    ui = next
    done.push(...acts)
  }
  return [ui, done]
}

const drawn = (ui: ChatUi, size: Size, at: Chat = chat): readonly StyledLine[] => chatFrame(at, ui, size, FACE, 0).lines
const downs = (count: number): readonly string[] => Array.from({ length: count }, () => 'down')

describe.each([
  { columns: 20, rows: 5 },
  { columns: 80, rows: 24 },
  { columns: 200, rows: 50 },
])('[U14] what a search found, at %o', size => {
  test('is folded, the words marked; the selected hit stands inverted and in sight', () => {
    for (const down of [0, 1, 5, 11, 30]) {
      const lines = drawn(pressed(downs(down), size)[0], size)
      const number = 12 - Math.min(down, 11)
      const inverted = lines.filter(line => line.some(({ inverse }) => inverse))
      expect(inverted.length).toBeGreaterThan(0)
      expect(inverted.length).toBeLessThanOrEqual(Math.min(4, size.rows - 2))
      expect(inverted.flat().some(({ bold, text }) => bold && text === 'needle')).toBe(true)
      if (number % 3 !== 2) expect(inverted.map(plain).join().replace(/\s+/g, ' ')).toContain(`needle ${number}`)
      expect(inverted.map(plain).join()).not.toContain('……')
      for (const line of lines) expect(lineWidest(line)).toBeLessThanOrEqual(size.columns)
      expect(lines).toHaveLength(size.rows)
    }
  })

  test('Enter goes to the selected hit; Esc closes; what is typed is said all the same', () => {
    expect(pressed(['down', 'down', 'enter'], size)[1]).toEqual([
      { type: 'close-found' },
      { type: 'seek', where: '#lobby', seq: 10 },
    ])
    expect(pressed(['end', 'enter'], size)[1]).toContainEqual({ type: 'seek', where: '#lobby', seq: 1 })
    expect(pressed(['end', 'home', 'enter'], size)[1]).toContainEqual({ type: 'seek', where: '#lobby', seq: 12 })
    expect(pressed(['escape'], size)[1]).toEqual([{ type: 'close-found' }])
    const [ui] = press(newUi('#lobby'), { type: 'text', text: 'hi' }, { chat, size, face: FACE })
    const [, acts] = press(ui, { type: 'key', key: 'enter' }, { chat, size, face: FACE })
    expect(acts).toEqual([{ type: 'close-found' }, { type: 'enter', text: 'hi' }])
  })

  test('nothing found is said', () => {
    expect(drawn(newUi('#lobby'), size, found([])).map(plain).join('\n')).toContain('Nothing found fo')
  })
})

test('[U1] a message that is deleted while it is found is gone from the screen', () => {
  const spoken = {
    reply: { type: 'deleted', seq: 100, at: 0, room: 'lobby', target: 12, by: 'Mr.Blue' },
    replayed: false,
  } as const
  const after = evolveChat(chat, { type: 'spoken', spoken, now: 0 })
  const rows = drawn(newUi('#lobby'), { columns: 80, rows: 24 }, after).map(plain).join('\n')
  expect(rows).toContain('(deleted)')
  expect(rows).not.toContain('needle 12 of many')
})

test('[U14] pages of hits are gone over, and none is left out', () => {
  const size = { columns: 80, rows: 24 }
  const [ui] = pressed(['pagedown'], size)
  expect(ui.hit).toBeGreaterThan(1)
  expect(pressed(['pagedown', 'pageup'], size)[0].hit).toBe(0)
})
