import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../src/client/chat/chat.ts'
import { newConversation } from '../../src/client/chat/conversation/conversation.ts'
import { insert } from '../../src/client/chat/conversation/timeline.ts'
import { type Chat, newChat } from '../../src/client/chat/state.ts'
import { write } from '../../src/client/input/editor.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import { askSecret } from '../../src/tui/chat/secret.ts'
import { type ChatUi, newUi, turnTo } from '../../src/tui/chat/ui.ts'
import { formFrame, newForm, pressForm, valuesOf } from '../../src/tui/connect/form.ts'
import { consoleFrame } from '../../src/tui/console/frame.ts'
import { type ConsoleState, newConsoleUi } from '../../src/tui/console/state.ts'
import type { ScreenFrame, Size } from '../../src/tui/stage/scene.ts'
import { lineWidest, plain } from '../../src/tui/text/line.ts'
import { anyChange, anyEntry, chatOf, FACE } from '../helpers/arbitrary-chats.ts'
import { anyText } from '../helpers/arbitrary-texts.ts'
import { seedOf } from '../helpers/seeds.ts'

const anySize: fc.Arbitrary<Size> = fc.oneof(
  fc.record({ columns: fc.integer({ min: 1, max: 300 }), rows: fc.integer({ min: 1, max: 100 }) }),
  fc.constantFrom(
    { columns: 20, rows: 5 },
    { columns: 60, rows: 20 },
    { columns: 80, rows: 24 },
    { columns: 200, rows: 50 },
  ),
)

const KEYS = [
  ...['pageup', 'pagedown', 'home', 'end', 'tab', 'escape', 'enter', 'up', 'down', 'left', 'alt-down', 'alt-a'],
  ...['ctrl-o', 'alt-w', 'wheelup', 'wheeldown', 'ctrl-p', 'delete'],
]
const anyStroke = fc.oneof(
  fc.constantFrom(...KEYS).map(key => ({ type: 'key', key }) as const),
  anyText.map(text => ({ type: 'paste', text }) as const),
  fc
    .constantFrom('/', '#', 'a', '/help', 'r', 'e', '+', '1', 'o', 'n', 'p', 'w')
    .map(text => ({ type: 'text', text }) as const),
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
  test('in a chat, after any acts', () => {
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

describe('[U6] the parts that accounts add to a screen fit into any size too', () => {
  const anyDevice = fc.record({
    ...{ id: anyText, kind: fc.constantFrom('key', 'password', 'kept', 'passkey', 'new'), label: anyText },
    ...{ since: fc.nat(), used: fc.nat(), sessions: fc.nat(9) },
  })

  test('the list of devices, and a question for a secret', () => {
    fc.assert(
      fc.property(
        fc.record({ name: anyText, credentials: fc.array(anyDevice, { maxLength: 20 }) }),
        fc.array(fc.constantFrom('up', 'down', 'end', 'home', 'delete', 'enter'), { maxLength: 6 }),
        fc.option(fc.constantFrom('register' as const, 'login' as const, 'password' as const), { nil: null }),
        anyText,
        anySize,
        (devices, keys, what, typed, size) => {
          const chat: Chat = { ...newChat('ann', 'lobby', 0), devices }
          let ui: ChatUi = { ...newUi('#lobby'), secret: what && askSecret({ what, name: 'ann' }, true) }
          const strokes = [{ type: 'paste', text: typed } as const, ...keys.map(key => ({ type: 'key', key }) as const)]
          for (const stroke of strokes) ui = press(ui, stroke, { chat, size, face: FACE })[0]
          fits(chatFrame(chat, ui, size, FACE, 0), size)
        },
      ),
      { seed: seedOf(77) },
    )
  })

  test('the field for a password, which draws none of it', () => {
    const wrong = { field: 'password', text: 'The name is an account.' } as const
    let form = newForm({ server: 'a', port: '1', name: 'Mr.Blue' }, wrong)
    for (const text of ['open says', ' me']) form = pressForm(form, { type: 'text', text })[0]
    expect(valuesOf(form)).toEqual({ server: 'a', port: '1', name: 'Mr.Blue', password: 'open says me' })
    for (const size of [
      { columns: 20, rows: 5 },
      { columns: 80, rows: 24 },
    ]) {
      const frame = formFrame(form, size)
      fits(frame, size)
      expect(frame.lines.map(plain).join('\n')).not.toContain('says')
      expect(frame.lines.map(plain).join('\n')).toContain('•••')
    }
    expect(pressForm(form, { type: 'key', key: 'tab' })[0].focus).toBe('server')
  })
})

describe('[I14] a secret that is typed on the screen', () => {
  const seen = { chat: newChat('ann', 'lobby', 0), size: { columns: 80, rows: 24 }, face: FACE }
  const key = (name: string) => ({ type: 'key', key: name }) as const
  const asked = { ...newUi('#lobby'), secret: askSecret({ what: 'register', name: 'ann' }, true) }

  test('is drawn as dots, is in no recall, and is given when it was typed twice', () => {
    let ui: ChatUi = asked
    let acts: readonly unknown[] = []
    for (const stroke of [
      ...[{ type: 'paste', text: 'open says\nme' } as const, key('enter')],
      ...[{ type: 'text', text: 'open saysme' } as const, key('enter')],
    ]) {
      expect(chatFrame(seen.chat, ui, seen.size, FACE, 0).lines.map(plain).join()).not.toContain('says')
      ;[ui, acts] = press(ui, stroke, seen)
    }
    expect(acts).toEqual([{ type: 'answer', answer: { what: 'register', password: 'open saysme' } }])
    expect(ui).toMatchObject({ secret: null, typed: { lines: [] } })
    expect(JSON.stringify(ui)).not.toContain('says')
  })

  test('is given up with Escape, and keeps what was being typed before', () => {
    const [ui, acts] = press({ ...asked, editor: write(asked.editor, 'a draft') }, key('escape'), seen)
    expect(acts).toEqual([])
    expect(ui.secret).toBeNull()
    expect(ui.editor.before).toBe('a draft')
  })

  test('typed behind the command is not recalled with it', () => {
    const typed = { ...newUi('#lobby'), editor: write(asked.editor, '/login Zed open says me') }
    const [ui] = press(typed, key('enter'), seen)
    expect(ui.typed.lines).toEqual(['/login Zed'])
  })
})
