/** How a member stands, as the server tells it: unread messages, direct conversations, mentions by id. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../../src/client/chat/chat.ts'
import { idOf } from '../../../src/client/chat/people/private-people.ts'
import type { Where } from '../../../src/client/chat/place.ts'
import { unreported } from '../../../src/client/chat/read-positions.ts'
import { type Change, type Chat, newChat } from '../../../src/client/chat/state.ts'
import { type Reply, readReply } from '../../../src/codec/native/reply.ts'
import { seedOf } from '../../helpers/seeds.ts'

const online: Change = { type: 'status', status: { state: 'online', name: 'Mr.Blue', roundTrip: null }, now: 0 }
const fold = (chat: Chat, changes: readonly Change[]): Chat => changes.reduce(evolveChat, chat)
const go = (chat: Chat, where: Where): Chat => evolveChat(chat, { type: 'went', where })

function hears(chat: Chat, ...lines: readonly object[]): Chat {
  const replies = lines.flatMap(line => readReply(JSON.stringify(line)) ?? [])
  return fold(
    chat,
    replies.map((reply: Reply) => ({ type: 'spoken', spoken: { reply, replayed: false }, now: 0 })),
  )
}

const welcome = (more: object = {}): object => ({
  ...{ type: 'welcome', seq: 100, at: 0, name: 'Mr.Blue', id: 'm1', session: 's', epoch: 'e' },
  ...{ resumed: false, gap: false, grace: 1, rate: null, account: true, credential: 'c1', ...more },
})
const room = (name: string, counts: object = {}): object => ({
  ...{ type: 'room', seq: 100, at: 0, room: name, topic: null },
  members: [{ name: '田中', since: 0, id: 'm2' }],
  ...counts,
})
const conversations = (...list: readonly object[]): object => ({ type: 'conversations', seq: 100, conversations: list })
const said = (seq: number, text: string, more: object = {}): object => ({
  ...{ type: 'said', seq, at: 0, room: 'ops', from: '田中', id: 'm2', text },
  ...more,
})
const told = (seq: number, more: object = {}): object => ({
  ...{ type: 'told', seq, at: 0, from: 'Zed', id: 'm9', to: 'Mr.Blue', other: 'm1', text: 'psst' },
  ...more,
})

const begun = (...lines: readonly object[]): Chat =>
  hears(fold(newChat('Mr.Blue', 'lobby', 0), [online]), welcome(), room('lobby', none), ...lines)
const none = { read: 90, unread: 0, mentions: 0 }
const counts = (chat: Chat, where: Where) => {
  const { unread = 0, mentions = 0 } = chat.conversations.get(where) ?? {}
  return [unread, mentions]
}

describe('[I7] the unread count', () => {
  test('is what the server has counted, right after the welcome, and goes on from there', () => {
    const chat = begun(room('ops', { read: 40, unread: 3, mentions: 1 }))
    expect(counts(chat, '#ops')).toEqual([3, 1])
    expect(counts(hears(chat, said(99, 'in the count')), '#ops')).toEqual([3, 1])
    expect(counts(hears(chat, said(101, 'new')), '#ops')).toEqual([4, 1])
    expect(chat.conversations.get('#ops')?.mark).toBe(40)
  })

  test('is read when its end is seen, and told once to the server', () => {
    const chat = go(begun(room('ops', { read: 40, unread: 3, mentions: 1 }), said(101, 'new')), '#ops')
    expect(counts(chat, '#ops')).toEqual([0, 0])
    expect(unreported(chat)).toEqual([{ where: '#ops', mark: { room: 'ops', seq: 101 } }])
    expect(unreported(evolveChat(chat, { type: 'read', where: '#ops', seq: 101 }))).toEqual([])
  })

  test('stays unread while the reader has scrolled up, or the window is hidden', () => {
    const chat = evolveChat(go(begun(room('ops', none)), '#ops'), { type: 'sees-end', seesEnd: false })
    const next = hears(chat, said(101, 'new'))
    expect(counts(next, '#ops')).toEqual([1, 0])
    expect(unreported(next)).toEqual([])
    expect(unreported(evolveChat(next, { type: 'sees-end', seesEnd: true }))).toHaveLength(1)
  })

  test('in the place that is shown is marked where it begins, and counts as read', () => {
    const chat = hears(begun(), room('lobby', { read: 95, unread: 2, mentions: 0 }))
    expect(counts(chat, '#lobby')).toEqual([0, 0])
    expect(chat.conversations.get('#lobby')?.mark).toBe(95)
  })

  test('goes when another device has read it', () => {
    const chat = begun(room('ops', { read: 40, unread: 3, mentions: 1 }))
    const read = { type: 'read', seq: 105, at: 0, room: 'ops', target: 60, unread: 1, mentions: 0 }
    expect(counts(hears(chat, read), '#ops')).toEqual([1, 0])
    expect(counts(hears(chat, read, { ...read, seq: 106, target: 105, unread: 0 }), '#ops')).toEqual([0, 0])
    expect(counts(hears(chat, read, said(104, 'counted')), '#ops')).toEqual([1, 0])
  })

  test('is not counted again by a server that does not know yet what was seen here', () => {
    const chat = go(go(begun(room('ops', none), said(101, 'seen')), '#ops'), '#lobby')
    const back = hears(
      chat,
      welcome({ resumed: true, gap: true, seq: 110 }),
      room('ops', { ...none, unread: 1, seq: 110 }),
    )
    expect(counts(back, '#ops')).toEqual([0, 0])
  })

  test('is counted here with a server from before', () => {
    const chat = hears(fold(newChat('Mr.Blue', 'lobby', 0), [online]), welcome(), room('lobby'), room('ops'))
    const next = hears(chat, said(101, 'hi'), said(102, 'Mr.Blue: you too'))
    expect(counts(next, '#ops')).toEqual([2, 1])
    expect(unreported(go(next, '#ops'))).toEqual([])
  })
})

describe('[I8] direct conversations', () => {
  const zed = { with: 'Zed', id: 'm9', read: 10, unread: 2 }

  test('are listed by the server, and so are there after a reload', () => {
    const chat = begun(conversations(zed, { with: '李', id: 'm5', read: 0, unread: 0 }))
    expect(counts(chat, '@Zed')).toEqual([2, 2])
    expect([...chat.conversations.keys()].sort()).toEqual(['#lobby', '@Zed', '@李'])
    expect(unreported(go(hears(chat, told(101)), '@Zed'))).toEqual([
      { where: '@Zed', mark: { with: 'Zed', id: 'm9', seq: 101 } },
    ])
  })

  test('follow their members, on all of one’s devices, and go to nobody who takes the name later', () => {
    const chat = begun(conversations(zed), { type: 'renamed', seq: 101, at: 0, from: 'Zed', to: 'Zoe', id: 'm9' })
    const mine = told(102, { from: 'Mr.Blue', id: 'm1', to: 'Zoe', other: 'm9' })
    const next = hears(chat, mine, { type: 'joined', seq: 103, at: 0, room: 'lobby', name: 'Zed', id: 'm10' })
    expect(next.conversations.has('@Zed')).toBe(false)
    expect(next.conversations.get('@Zoe')?.timeline.entries.last()).toMatchObject({ kind: 'said', text: 'psst' })
    expect(idOf(next, 'Zoe')).toBe('m9')
    expect(idOf(next, 'Zed')).toBe('m10')
  })

  test('stay with the member of before until the next one is meant', () => {
    const chat = hears(begun(conversations(zed)), {
      type: 'joined',
      seq: 103,
      at: 0,
      room: 'lobby',
      name: 'Zed',
      id: 'm10',
    })
    expect(idOf(chat, 'Zed')).toBe('m9')
    expect(idOf(evolveChat(chat, { type: 'meant', name: 'Zed', id: 'm10' }), 'Zed')).toBe('m10')
  })
})

describe('[I12] a mention', () => {
  test('is of the members that the server names, regardless of the text', () => {
    const chat = begun(room('ops', none))
    const next = hears(chat, said(101, 'Mr.Blue: hi'), said(102, 'you there', { mentions: ['m2', 'm1'] }))
    const all = next.conversations.get('#ops')?.timeline.entries.toArray() ?? []
    expect(all.map(entry => entry.kind === 'said' && entry.mention)).toEqual([false, true])
    expect(counts(next, '#ops')).toEqual([2, 1])
  })

  test('of the past too', () => {
    const messages = [
      { seq: 50, at: 0, room: 'ops', from: '田中', id: 'm2', text: 'you there', mentions: ['m1'] },
      { seq: 51, at: 0, room: 'ops', from: '田中', id: 'm2', text: 'Mr.Blue' },
    ]
    const chat = hears(begun(room('ops', none)), { type: 'history', seq: 100, room: 'ops', messages, more: false })
    const all = chat.conversations.get('#ops')?.timeline.entries.toArray() ?? []
    expect(all.map(entry => entry.kind === 'said' && entry.mention)).toEqual([true, false])
  })
})

describe('[I1] the account', () => {
  test('is known from the welcome, and from its registration', () => {
    expect(begun().view).toMatchObject({ account: true, credential: 'c1' })
    const guest = hears(newChat('Mr.Blue', 'lobby', 0), welcome({ account: undefined }), room('lobby'))
    expect(guest.view.account).toBe(false)
    const others = hears(guest, { type: 'registered', seq: 101, at: 0, name: '田中', id: 'm2' })
    expect(others.view.account).toBe(false)
    expect(others.view.rooms.get('lobby')?.members.get('田中')?.account).toBe(true)
    expect(hears(guest, { type: 'registered', seq: 101, at: 0, name: 'Mr.Blue', id: 'm1' }).view.account).toBe(true)
  })

  test('has other rooms and conversations than the guest who logs in', () => {
    const guest = begun(room('ops'), told(100), conversations({ with: 'Zed', id: 'm9', read: 0, unread: 0 }))
    const chat = hears(
      guest,
      welcome({ seq: 110, id: 'm7', name: 'Spider-Man', session: 's2' }),
      room('news', { ...none, seq: 110 }),
      conversations(),
    )
    expect(chat.view).toMatchObject({ name: 'Spider-Man', member: 'm7' })
    expect([...chat.conversations.keys()]).toEqual(['#news'])
    expect(chat.where).toBe('#news')
  })

  test('lists its devices until the list is closed', () => {
    const list = [{ id: 'c1', kind: 'key', label: 'desk', since: 1, used: 2, sessions: 1, current: true }]
    const chat = hears(begun(), { type: 'devices', n: 1, name: 'Mr.Blue', credentials: [...list, { id: 5 }, null] })
    expect(chat.devices?.credentials).toEqual(list)
    expect(evolveChat(chat, { type: 'devices-closed' }).devices).toBeNull()
  })
})

test('[K5] rubbish in the new fields costs no message and breaks nothing', () => {
  const rubbish = fc.oneof(fc.jsonValue(), fc.constant(-1), fc.constant(1.5), fc.constant('ops'))
  fc.assert(
    fc.property(fc.array(rubbish, { minLength: 12, maxLength: 12 }), ([a, b, c, d, e, f, g, h, i, j, k, l]) => {
      const chat = begun(
        welcome({ account: a, credential: b }),
        room('ops', { read: c, unread: d, mentions: e, members: [{ name: 'a|b', since: 0, account: f }] }),
        conversations({ with: g, id: h, read: i, unread: j }, k as object),
        said(101, 'there', { mentions: l, account: a }),
        told(102, { other: b === 'm1' ? 'm1' : b, account: c }),
        { type: 'read', seq: 103, at: 0, room: 'ops', target: d, unread: e, mentions: f },
        { type: 'devices', name: 'Mr.Blue', credentials: l },
        { type: 'account', name: g, id: h, account: i, here: j },
        { type: 'challenge', nonce: k, server: l },
      )
      const last = chat.conversations.get('#ops')?.timeline.entries.last()
      expect(last).toMatchObject({ kind: 'said', text: 'there' })
      for (const { unread, mentions } of chat.conversations.values()) {
        expect(unread >= 0 && mentions >= 0 && mentions <= unread).toBe(true)
      }
      unreported(go(chat, '#ops'))
    }),
    { seed: seedOf(31) },
  )
})
