import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../src/client/chat/chat.ts'
import { newConversation } from '../../src/client/chat/conversation/conversation.ts'
import { insert } from '../../src/client/chat/conversation/timeline.ts'
import type { Chat } from '../../src/client/chat/state.ts'
import { write } from '../../src/client/input/editor.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import { type ChatUi, newUi, turnTo } from '../../src/tui/chat/ui.ts'
import { formFrame, newForm } from '../../src/tui/connect/form.ts'
import { consoleFrame } from '../../src/tui/console/frame.ts'
import { type ConsoleState, newConsoleUi } from '../../src/tui/console/state.ts'
import type { ScreenFrame, Size } from '../../src/tui/stage/scene.ts'
import { lineWidest, plain } from '../../src/tui/text/line.ts'
import { anyChange, anyEntry, chatOf, FACE } from '../helpers/arbitrary-chats.ts'
import { anyText } from '../helpers/arbitrary-texts.ts'

const anySize: fc.Arbitrary<Size> = fc.oneof(
  fc.record({ columns: fc.integer({ min: 1, max: 300 }), rows: fc.integer({ min: 1, max: 100 }) }),
  fc.constantFrom(
    { columns: 20, rows: 5 },
    { columns: 60, rows: 20 },
    { columns: 80, rows: 24 },
    { columns: 200, rows: 50 },
  ),
)

const KEYS = ['pageup', 'pagedown', 'home', 'end', 'tab', 'escape', 'enter', 'up', 'down', 'left', 'alt-down', 'alt-a']
const anyStroke = fc.oneof(
  fc.constantFrom(...KEYS).map(key => ({ type: 'key', key }) as const),
  anyText.map(text => ({ type: 'paste', text }) as const),
  fc.constantFrom('/', '#', 'a', '/help').map(text => ({ type: 'text', text }) as const),
)

function fits({ lines, cursor }: ScreenFrame, { columns, rows }: Size): void {
  expect(lines.length).toBeLessThanOrEqual(rows)
  for (const line of lines) {
    expect(plain(line)).not.toContain('\n')
    expect(lineWidest(line)).toBeLessThanOrEqual(columns)
  }
  if (!cursor) return
  expect(cursor.x).toBeLessThan(columns)
  expect(cursor.y).toBeLessThan(rows)
}

describe('[U6] for any view and any size no line is wider than the terminal, and the frame is no taller', () => {
  test('in a chat, whatever was done', () => {
    fc.assert(
      fc.property(
        fc.array(anyChange, { maxLength: 60 }),
        fc.array(anyStroke, { maxLength: 12 }),
        anySize,
        anySize,
        (changes, strokes, before, after) => {
          let chat: Chat = chatOf(changes)
          let ui: ChatUi = turnTo(newUi('#lobby'), chat.where)
          for (const stroke of strokes) {
            const [next, acts] = press(ui, stroke, { chat, size: before, face: FACE })
            ui = next
            for (const act of acts) {
              if (act.type === 'enter' && act.text === '/help') ui = { ...ui, help: 0 }
              if (act.type === 'go') chat = evolveChat(chat, { type: 'went', where: act.where })
              ui = turnTo(ui, chat.where)
            }
          }
          for (const size of [before, after]) {
            const frame = chatFrame(chat, ui, size, FACE, 1_000_000)
            fits(frame, size)
            expect(frame.lines).toHaveLength(size.rows)
          }
        },
      ),
    )
  })

  test("at the host's console", () => {
    const anyPerson = fc.record({
      name: anyText.map(text => text.replaceAll('\n', '')),
      protocol: fc.constantFrom('native', 'line', 'classic'),
      since: fc.nat(),
      heardAt: fc.nat(),
      away: fc.boolean(),
    })
    fc.assert(
      fc.property(
        fc.array(anyEntry, { maxLength: 40 }),
        fc.array(anyPerson, { maxLength: 60 }),
        anyText,
        anySize,
        (entries, people, typed, size) => {
          const empty = newConversation('#life')
          const life = { ...empty, timeline: insert(empty.timeline, entries) }
          const messages = people.map(({ name, since }, k) => ({
            seq: k,
            at: since,
            from: name,
            room: 'ops',
            text: typed,
          }))
          const consoleState: ConsoleState = {
            ...{ life, past: null, found: { words: typed, messages, more: false } },
            ...{ here: people.length, people, address: 'rxchat chat.example:3001', startedAt: 0 },
          }
          const ui = { ...newConsoleUi, editor: write(newConsoleUi.editor, typed) }
          fits(consoleFrame(consoleState, ui, size, FACE, 1_000_000), size)
          for (const overlay of [
            { kind: 'found', hit: people.length >> 1 },
            { kind: 'picture', lines: ['█'.repeat(33), '▀'.repeat(33)], link: 'http://田中.example/', what: '' },
            { kind: 'wide', lines: () => [typed.replaceAll('\n', ' '), 'x'.repeat(71)], from: 1 },
          ] as const) {
            fits(consoleFrame(consoleState, { ...ui, overlay }, size, FACE, 1_000_000), size)
          }
        },
      ),
    )
  })

  test('in the connect form', () => {
    fc.assert(
      fc.property(anyText, anyText, anySize, (name, wrong, size) => {
        const values = { server: name, port: '3001', name }
        fits(formFrame(newForm(values, { field: 'name', text: wrong }), size), size)
      }),
    )
  })
})
