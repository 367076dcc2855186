/** Moderation on the terminal: roles, modes, acts, held messages, and why one can't write. */
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../src/client/chat/chat.ts'
import { type Change, type Chat, newChat } from '../../src/client/chat/state.ts'
import { complete } from '../../src/client/input/completion.ts'
import { insert } from '../../src/client/input/editor.ts'
import type { Reply } from '../../src/codec/native/reply.ts'
import type { RoomRole } from '../../src/model/keeping/roles.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { helpScreen } from '../../src/tui/chat/drawing/help.ts'
import { press } from '../../src/tui/chat/press.ts'
import { type ChatUi, newUi } from '../../src/tui/chat/ui.ts'
import { plain } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'

type Roles = Readonly<Record<string, RoomRole>>

const spoken = (reply: Reply): Change => ({ type: 'spoken', spoken: { reply, replayed: false }, now: 0 })
const hears = (chat: Chat, ...replies: readonly Reply[]): Chat => replies.map(spoken).reduce(evolveChat, chat)

const NAMES = ['a_b', 'Mr.Blue', 'ЗОЯ', '田中']

/** ЗОЯ is the one at the screen. */
function seated(roles: Roles = {}, modes: Extract<Reply, { type: 'room' }>['modes'] = {}): Chat {
  const online: Change = { type: 'status', status: { state: 'online', name: 'ЗОЯ', roundTrip: null }, now: 0 }
  const chat = evolveChat(newChat('ЗОЯ', 'lobby', 0), online)
  return hears(
    chat,
    {
      ...{ type: 'welcome', seq: 1, at: 0, name: 'ЗОЯ', session: 's', id: 'm-ЗОЯ', epoch: 'e' },
      ...{ resumed: false, gap: false, grace: 60_000, rate: null },
    },
    {
      ...{ type: 'room', seq: 1, at: 0, room: 'lobby', topic: { text: 'Tea at four', by: 'a_b', at: 0 } },
      ...{ members: NAMES.map(name => ({ name, id: `m-${name}`, since: 0 })), roles, modes },
    },
  )
}
const said = (seq: number, from: string, text: string): Reply => ({
  ...{ type: 'said', seq, at: seq, room: 'lobby', from, id: `m-${from}`, text },
})
const held = (seq: number, from: string, text: string): Reply => ({
  ...{ type: 'held', seq, at: seq, room: 'lobby', from, id: `m-${from}`, text, filter: 3 },
})
const muted = (reason: string, until: number | null): Reply => ({
  ...{ type: 'moderated', seq: 7, at: 0, act: 'mute', room: 'lobby', by: 'Mr.Blue', byId: 'm-Mr.Blue' },
  ...{ who: 'ЗОЯ', id: 'm-ЗОЯ', reason, ...(until === null ? {} : { until }) },
})

const screen = (chat: Chat, columns = 100, rows = 24, now = 0, ui: ChatUi = newUi('#lobby')): readonly string[] =>
  chatFrame(chat, ui, { columns, rows }, FACE, now).lines.map(plain)
const shows = (chat: Chat, columns?: number, rows?: number, now?: number): string =>
  screen(chat, columns, rows, now).join('\n')

describe('the terminal', () => {
  test('marks members with a role, and lists keepers first', () => {
    const side = screen(seated({ 'm-田中': 'founder', 'm-ЗОЯ': 'operator', 'm-a_b': 'voice' })).map(row =>
      row.slice(1, 20).trimEnd(),
    )
    const at = side.indexOf('4 here')
    expect(side.slice(at + 1, at + 5)).toEqual(['@ЗОЯ', '@田中', 'Mr.Blue', '+a_b'])
  })

  test('names the modes of the room and of the server beside the topic', () => {
    const chat = seated({}, { moderated: true, slow: 10 })
    expect(screen(chat)[0]).toBe(' #lobby  [moderated, slow 10 s]  Tea at four')
    const locked: Reply = { type: 'moderated', seq: 5, at: 0, act: 'mode', by: 'Host', mode: 'lockdown', set: true }
    expect(screen(hears(chat, locked))[0]).toContain('[lockdown, moderated, slow 10 s]')
    expect(screen(seated())[0]).toBe(' #lobby  Tea at four')
  })

  test.each([
    [100, 24],
    [60, 20],
    [40, 8],
  ])('at %i by %i says why one cannot write, and how long that lasts', (columns, rows) => {
    const chat = hears(seated(), muted('loud', 600_000))
    expect(shows(chat, columns, rows)).toContain('Mr.Blue muted you')
    expect(shows(chat, columns, rows)).toContain('10 min left: Mr.Blue muted you')
    expect(shows(chat, columns, rows, 540_000)).toContain('1 min left')
    expect(shows(chat, columns, rows, 600_000)).not.toContain('left')
  })

  test('without a status line, as at 20 by 5, has it in the header', () => {
    expect(screen(hears(seated(), muted('loud', null)), 30, 5)[0]).toContain('Mr.Blue')
    expect(screen(seated(), 30, 5)[0]).not.toContain('Mr.Blue')
  })

  test('shows a held message with what to do about it, to its author with what happens to it', () => {
    const chat = hears(seated({ 'm-ЗОЯ': 'operator' }), held(7, 'a_b', 'buy now'))
    expect(shows(chat)).toContain('buy now')
    expect(shows(chat)).toContain('waits: /release 7 or /drop 7')
    const own = hears(seated(), held(7, 'ЗОЯ', 'buy now'))
    expect(shows(own)).toContain('waits until somebody who keeps order has read it')
    expect(shows(own)).not.toContain('/release')
    const released: Reply = {
      ...{ type: 'moderated', seq: 8, at: 8, act: 'release', room: 'lobby', by: 'Mr.Blue', who: 'a_b', value: '7' },
    }
    const shown = shows(hears(chat, released, { ...said(8, 'a_b', 'buy now'), i: 1 } as Reply))
    expect(shown).not.toContain('waits: ')
    expect(shown).toMatch(/a_b +buy now/)
    expect(shown).toContain('Mr.Blue released a message of a_b in #lobby.')
  })

  test('lets Del delete messages of those below, where one keeps order', () => {
    const roles = { 'm-ЗОЯ': 'operator', 'm-田中': 'founder' } as const
    const deleting = (chat: Chat): boolean => {
      const seen = { chat, size: { columns: 80, rows: 24 }, face: FACE }
      const [selected] = press(newUi('#lobby'), { type: 'key', key: 'alt-m' }, seen)
      const [asking] = press(selected, { type: 'key', key: 'delete' }, seen)
      return asking.selected?.asking === 'delete'
    }
    expect(deleting(hears(seated(roles), said(3, 'a_b', 'buy now')))).toBe(true)
    expect(deleting(hears(seated(roles), said(3, '田中', 'hello')))).toBe(false)
    expect(deleting(hears(seated(), said(3, 'a_b', 'buy now')))).toBe(false)
    expect(deleting(hears(seated(), said(3, 'ЗОЯ', 'mine')))).toBe(true)
  })

  test('lists in its help what the reader may do, and points to the rest', () => {
    const helpOf = (role: Parameters<typeof helpScreen>[1], columns = 100) =>
      helpScreen(columns, role).map(plain).join('\n')
    expect(helpOf('guest')).not.toContain('/ban')
    expect(helpOf('guest')).toContain('/help keep lists the commands for keeping order.')
    expect(helpOf('operator')).toContain('/ban <name or network>')
    expect(helpOf('operator')).not.toContain('/op <name>')
    expect(helpOf('founder')).toContain('/op <name>')
    for (const line of helpScreen(20, 'founder')) expect(plain(line).length).toBeLessThanOrEqual(20)
  })

  const choices = (line: string, role?: 'guest' | 'operator') =>
    complete(line, { rooms: ['lobby', 'ops'], names: NAMES, ...(role ? { role } : {}) }).choices.map(({ text }) => text)

  test.each<[string, readonly string[]]>([
    ['/unb', ['/unban ']],
    ['/ban a', ['a_b ']],
    ['/ban @a', ['@a_b ']],
    ['/ban a_b ', ['for ', 'in ', 'everywhere ', 'network ']],
    ['/ban a_b for ', ['10m ', '1h ', '1d ', '7d ']],
    ['/ban a_b for 1h ', ['in ', 'everywhere ', 'network ']],
    ['/ban a_b in o', ['ops ']],
    ['/mode mod', ['moderated ']],
    ['/mode slow ', ['10s ', '30s ', '1m ', 'off ']],
    ['/filter ', ['warn ', 'hold ', 'refuse ']],
    ['/purge a_b ', ['10m ', '1h ', '1d ', '7d ']],
    ['/join o', ['ops ']],
    ['/log M', ['Mr.Blue ']],
    ['/me M', ['Mr.Blue ']],
    ['/release ', []],
  ])('completes %s', (line, all) => expect(choices(line)).toEqual(all))

  test('offers no command that one may not use', () => {
    expect(choices('/ba', 'guest')).toEqual(['/back '])
    expect(choices('/ba', 'operator')).toEqual(['/back ', '/ban ', '/bans '])
    const ui = { ...newUi('#lobby'), editor: insert(newUi('#lobby').editor, '/ba') }
    const seen = { size: { columns: 80, rows: 24 }, face: FACE }
    const tabbed = (chat: Chat) => press(ui, { type: 'key', key: 'tab' }, { ...seen, chat })[0].completing
    expect(tabbed(seated())).toBeNull()
    expect(tabbed(seated({ 'm-ЗОЯ': 'operator' }))?.choices).toHaveLength(3)
  })
})
