/** The list of people with a card of each (docs/spec.md, U12). */
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../../src/client/chat/chat.ts'
import { cardOf } from '../../../src/client/chat/people/card.ts'
import { type Chat, newChat } from '../../../src/client/chat/state.ts'
import type { Reply } from '../../../src/codec/native/reply.ts'
import { chatFrame } from '../../../src/tui/chat/drawing/frame.ts'
import { press } from '../../../src/tui/chat/press.ts'
import type { PressAct } from '../../../src/tui/chat/press-act.ts'
import { type ChatUi, newUi } from '../../../src/tui/chat/ui.ts'
import { lineWidest, plain } from '../../../src/tui/text/line.ts'
import { FACE } from '../../helpers/arbitrary-chats.ts'

const hears = (chat: Chat, ...replies: readonly Reply[]): Chat =>
  replies.reduce((at, reply) => evolveChat(at, { type: 'spoken', spoken: { reply, replayed: false }, now: 0 }), chat)

const member = (name: string, more = {}) => ({ name, id: `m-${name}`, since: 60_000, ...more })
const room = (name: string, members: readonly ReturnType<typeof member>[], roles = {}) =>
  ({ type: 'room', seq: 2, at: 0, room: name, topic: null, members, roles }) as const

const WELCOME: Reply = {
  type: 'welcome',
  ...{ seq: 1, at: 0, name: 'Spider-Man', id: 'm-Spider-Man', session: 's', epoch: 'e' },
  ...{ resumed: false, gap: false, grace: 60_000, rate: null, ignored: [{ id: 'm-a|b', name: 'a|b' }] },
}
const EVERYBODY = [
  member('Spider-Man'),
  member('田中', { account: true }),
  member('a|b', { away: 'at lunch' }),
  member('مريم'),
]
const chat = hears(
  newChat('Spider-Man', 'lobby', 0),
  WELCOME,
  room('lobby', EVERYBODY, { 'm-田中': 'operator' }),
  room('ops', [member('Spider-Man'), member('田中', { account: true })]),
)

const SIZES = [
  { columns: 20, rows: 5 },
  { columns: 60, rows: 20 },
  { columns: 200, rows: 50 },
]

function pressed(keys: readonly string[], size = SIZES[1] ?? { columns: 60, rows: 20 }) {
  let ui = newUi('#lobby')
  const done: PressAct[] = []
  for (const key of keys) {
    const [next, acts] = press(ui, { type: 'key', key }, { chat, size, face: FACE })
    ui = next
    done.push(...acts)
  }
  return [ui, done] as const
}

const screen = (ui: ChatUi, size = SIZES[1] ?? { columns: 60, rows: 20 }, at = chat): string =>
  chatFrame(at, ui, size, FACE, 0).lines.map(plain).join('\n')

describe('[U12] the people of a room', () => {
  test('are known by their cards: account, absence, role, rooms that both are in, whether ignored', () => {
    expect(cardOf(chat, '#lobby', '田中')).toEqual({
      ...{ name: '田中', isMe: false, account: true, presence: { is: 'here' }, role: 'operator', since: 60_000 },
      ...{ rooms: ['lobby', 'ops'], ignored: false },
    })
    expect(cardOf(chat, '#ops', 'a|b')).toMatchObject({ role: null, since: null, rooms: ['lobby'], ignored: true })
    expect(cardOf(chat, '#lobby', 'Mr.Blue')).toMatchObject({ account: null, presence: { is: 'gone' }, rooms: [] })
  })

  test('are listed with keepers first, and arrows open their cards', () => {
    const [first] = pressed(['alt-w'])
    expect(first.people).toEqual({ name: '田中' })
    expect(screen(first)).toMatch(/@田中 ✓\n +an account, an operator here\n +here now\n/)
    const [away] = pressed(['alt-w', 'down', 'down'])
    expect(screen(away)).toMatch(/ a\|b\n +a guest\n +away: at lunch\n/)
    expect(screen(away)).toContain('you ignore what they write')
    expect(pressed(['alt-w', 'end', 'down', 'home', 'up'])[0].people).toEqual({ name: '田中' })
  })

  test('Enter goes to a direct conversation, and Esc closes the list', () => {
    expect(pressed(['ctrl-t', 'enter'])[1]).toEqual([{ type: 'go', where: '@田中' }])
    expect(pressed(['ctrl-t', 'down', 'enter'])[1]).toEqual([])
    expect(pressed(['ctrl-t', 'escape'])).toMatchObject([{ people: null }, []])
  })

  test.each(SIZES)('fit into %o, and the selected one is in sight', size => {
    for (const downs of [0, 1, 2, 3]) {
      const [ui] = pressed(['alt-w', ...Array.from({ length: downs }, () => 'down')], size)
      const { lines } = chatFrame(chat, ui, size, FACE, 0)
      expect(lines).toHaveLength(size.rows)
      for (const line of lines) expect(lineWidest(line)).toBeLessThanOrEqual(size.columns)
      expect(lines.some(line => line.some(({ inverse }) => inverse))).toBe(true)
    }
  })

  test('somebody who has left keeps the card that is open', () => {
    const [ui] = pressed(['alt-w'])
    const left = hears(chat, { type: 'parted', seq: 3, at: 0, room: 'lobby', name: '田中', id: 'm-田中' })
    expect(screen(ui, { columns: 60, rows: 20 }, left)).toContain('田中')
  })
})
