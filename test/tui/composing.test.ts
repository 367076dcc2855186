/** Answering and editing on the drawn screen (docs/spec.md, U12). */
import { describe, expect, test } from 'vitest'
import { insert, type Said } from '../../src/client/chat/conversation/timeline.ts'
import { alter, type Chat, newChat } from '../../src/client/chat/state.ts'
import { textOf, write } from '../../src/client/input/editor.ts'
import { REACTIONS } from '../../src/client/view/reactions.ts'
import { TEXT_MAX_BYTES } from '../../src/model/limits.ts'
import { emptyRoom } from '../../src/model/view.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import type { PressAct } from '../../src/tui/chat/press-act.ts'
import { type ChatUi, newUi, turnTo } from '../../src/tui/chat/ui.ts'
import { plain } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'

const said = (seq: number, from: string, text: string | null): Said => ({
  ...{ kind: 'said', seq, i: 0, at: seq * 1000, from, to: null, text, action: false },
  ...{ mine: from === 'Spider-Man', mention: false, replayed: false },
})

const fresh = newChat('Spider-Man', 'lobby', 0)
const chat: Chat = alter(
  { ...fresh, view: { ...fresh.view, rooms: fresh.view.rooms.set('lobby', emptyRoom('lobby')) } },
  '#lobby',
  at => ({
    ...at,
    timeline: insert(at.timeline, [
      said(1, 'Spider-Man', 'an older one'),
      said(2, 'Spider-Man', 'helo 🦊'),
      said(3, 'Spider-Man', null),
      said(4, '田中', 'こんにちは'),
    ]),
  }),
)
const size = { columns: 80, rows: 24 }

type Pressed = { readonly ui: ChatUi; readonly acts: readonly PressAct[] }

/** `!enter` is a key; everything else is typed. */
function does(strokes: readonly string[], from: ChatUi = newUi('#lobby'), at: Chat = chat): Pressed {
  let ui = from
  const acts: PressAct[] = []
  for (const one of strokes) {
    const stroke = one.startsWith('!')
      ? ({ type: 'key', key: one.slice(1) } as const)
      : ({ type: 'text', text: one } as const)
    const [next, done] = press(ui, stroke, { chat: at, size, face: FACE })
    ui = next
    acts.push(...done)
  }
  return { ui, acts }
}

const screen = (ui: ChatUi): string => chatFrame(chat, ui, size, FACE, 0).lines.map(plain).join('\n')

describe('[U12] Up on an empty line', () => {
  test('edits the latest message of one’s own that still has a text', () => {
    const { ui, acts } = does(['!up'])
    expect(textOf(ui.editor)).toBe('helo 🦊')
    expect(screen(ui)).toContain('Another text for message 2: Enter saves it, Esc leaves it as it is')
    expect(acts).toEqual([])
    expect(does(['!up', '!', '!enter']).acts).toEqual([])
    expect(does(['!up', ' and more', '!enter']).acts).toEqual([{ type: 'edit', seq: 2, text: 'helo 🦊 and more' }])
  })

  test('repeats the command that was entered last, and recalls on where nothing was said', () => {
    expect(textOf(does(['/join tea', '!enter', '!up']).ui.editor)).toBe('/join tea')
    expect(textOf(does(['one', '!enter', '!up'], newUi('#lobby'), fresh).ui.editor)).toBe('one')
    expect(textOf(does(['one', '!enter', '!ctrl-p']).ui.editor)).toBe('one')
    expect(textOf(does(['one', '!enter', 'two', '!enter', '!ctrl-p', '!up']).ui.editor)).toBe('one')
    expect(does(['//not a command', '!enter', '!up']).ui.composing.type).toBe('edit')
  })

  test('leaves everything as it was with Esc, Ctrl-C, or the same text', () => {
    for (const end of ['!escape', '!ctrl-c', '!enter']) {
      const { ui, acts } = does(['!up', end])
      expect(acts).toEqual([])
      expect(ui).toMatchObject({ composing: { type: 'new' }, editor: { before: '', after: '' } })
    }
  })

  test('asks to delete the message if nothing is left of it', () => {
    const emptied = does(['!up', '!ctrl-u', '!enter'])
    expect(emptied.acts).toEqual([])
    expect(screen(emptied.ui)).toContain('Delete it for everyone?')
    expect(does(['!enter'], emptied.ui).acts).toEqual([{ type: 'delete', seq: 2 }])
  })

  test('a text that is too long is kept, and says so', () => {
    const { ui, acts } = does(['!up', 'ö'.repeat(TEXT_MAX_BYTES / 2), '!enter'])
    expect(acts).toEqual([])
    expect(ui.composing.type).toBe('edit')
    expect(screen(ui)).toContain('too long for one message')
  })
})

describe('[U12] an edit', () => {
  test('of a selected message gives back what was being typed before, and a command in it is a text', () => {
    const typing = { ...newUi('#lobby'), editor: write(newUi('#lobby').editor, 'half a line') }
    const selected: ChatUi = { ...typing, selected: { seq: 1, i: 0, asking: null } }
    const { ui, acts } = does(['e', '!ctrl-u', '/quit', '!enter'], selected)
    expect(acts).toEqual([{ type: 'edit', seq: 1, text: '/quit' }])
    expect(textOf(ui.editor)).toBe('half a line')
  })

  test('is of one’s own messages alone', () => {
    expect(does(['!ctrl-o', 'e']).ui.composing.type).toBe('new')
  })

  test('waits while one is elsewhere', () => {
    const begun = does(['!up', '!']).ui
    const away = turnTo(begun, '@田中')
    expect(away.composing.type).toBe('new')
    expect(turnTo(away, '#lobby')).toMatchObject({ composing: { type: 'edit', seq: 2 }, editor: begun.editor })
  })
})

describe('[U12] an answer', () => {
  test.each(['r', '!enter'])('by %s names its addressee, and is sent with the message that it answers', key => {
    const { ui } = does(['!ctrl-o', key])
    expect(screen(ui)).toContain('Answer to 田中: Esc ends it  こんにちは')
    expect(does(['hello', '!enter'], ui).acts).toEqual([{ type: 'enter', text: 'hello', reply: 4 }])
    expect(does(['hello', '!enter', 'again', '!enter'], ui).acts[1]).toEqual({ type: 'enter', text: 'again' })
  })

  test('is kept over a command, and ended by Esc, which keeps its text', () => {
    const { ui } = does(['!ctrl-o', 'r', '/away', '!enter', 'hm'])
    expect(does(['!enter'], ui).acts).toEqual([{ type: 'enter', text: 'hm', reply: 4 }])
    expect(does(['!escape', '!enter'], ui).acts).toEqual([{ type: 'enter', text: 'hm' }])
  })
})

describe('[U12] a reaction', () => {
  test('is one of the usual ones by a digit, or any other by its name', () => {
    expect(screen(does(['!ctrl-o', '+']).ui)).toContain(`1 ${REACTIONS[0]}`)
    expect(does(['!ctrl-o', '+', '4']).acts).toEqual([{ type: 'react', seq: 4, emoji: REACTIONS[3], off: false }])
    const { editor } = does(['!ctrl-o', '+', 'f', 'ox:']).ui
    expect([editor.before, editor.after]).toEqual(['/react :fox:', ' 4'])
    expect(does(['!ctrl-o', '+', 'f', 'ox:', '!enter']).acts).toEqual([{ type: 'enter', text: '/react :fox: 4' }])
    expect(does(['!ctrl-o', '+', '!escape', '!escape']).ui.selected).toBeNull()
  })

  test('loses no letter of a name that comes as one text with its key, nor does an answer', () => {
    const { editor } = does(['!ctrl-o', '+fox']).ui
    expect([editor.before, editor.after]).toEqual(['/react :fox', ' 4'])
    expect(does(['!ctrl-o', 'rhm', '!enter']).acts).toEqual([{ type: 'enter', text: 'hm', reply: 4 }])
    expect(textOf(does(['!ctrl-o', 'xyz']).ui.editor)).toBe('')
  })
})

describe('[U12] reactions that are there', () => {
  const me = { ...chat.view, member: 'm-me' }
  const people = [
    { id: 'm-田中', name: '田中' },
    { id: 'm-me', name: 'Spider-Man' },
  ]
  const reactedTo: Chat = alter({ ...chat, view: me }, '#lobby', at => ({
    ...at,
    timeline: insert(at.timeline, [{ ...said(5, 'a|b', 'done'), reactions: [{ emoji: REACTIONS[0], people }] }]),
  }))

  test('of one’s own are taken back by the same key', () => {
    const { acts } = does(['!ctrl-o', '+', '1'], newUi('#lobby'), reactedTo)
    expect(acts).toEqual([{ type: 'react', seq: 5, emoji: REACTIONS[0], off: true }])
  })

  test('are shown with the names of those who reacted, which are asked for', () => {
    const { ui, acts } = does(['!ctrl-o', 'n'], newUi('#lobby'), reactedTo)
    expect(acts).toEqual([{ type: 'reactors', seq: 5 }])
    expect(chatFrame(reactedTo, ui, size, FACE, 0).lines.map(plain).join('\n')).toContain('田中, Spider-Man')
    expect(does(['!escape'], ui, reactedTo).ui.selected).toBeNull()
  })
})

describe('[U12] a pin', () => {
  const inRoom = (pins: boolean, member = 'm'): Chat => {
    const room = { ...emptyRoom('lobby'), ...(pins && { pins: [{ seq: 4, by: '田中', at: 0 }] }) }
    const roles = emptyRoom('lobby').roles.set('m', 'operator')
    return {
      ...chat,
      view: { ...chat.view, member, account: true, rooms: chat.view.rooms.set('lobby', { ...room, roles }) },
    }
  }
  const pressed = (at: Chat) => does(['!ctrl-o', 'p'], newUi('#lobby'), at).acts

  test('is set or taken away, and counted in the header', () => {
    expect(pressed(inRoom(false))).toEqual([{ type: 'pin', seq: 4, off: false }])
    expect(pressed(inRoom(true))).toEqual([{ type: 'pin', seq: 4, off: true }])
    const header = chatFrame(inRoom(true), newUi('#lobby'), size, FACE, 0).lines[0] ?? []
    expect(plain(header)).toContain('1 pinned')
  })
})
