import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../../../src/client/chat/chat.ts'
import { pinned } from '../../../../src/client/chat/messages/pins.ts'
import { reactionsOf } from '../../../../src/client/chat/messages/reactions.ts'
import { typingIn } from '../../../../src/client/chat/messages/typing.ts'
import { type Chat, newChat } from '../../../../src/client/chat/state.ts'
import type { Reply } from '../../../../src/codec/native/reply.ts'
import { TYPING_OVER_MS, TYPISTS_MAX } from '../../../../src/model/limits.ts'

const tell = (chat: Chat, reply: Reply, now = 0): Chat =>
  evolveChat(chat, { type: 'spoken', spoken: { reply, replayed: false }, now })

const entered = (pins: readonly number[] = []): Chat => {
  const welcome: Reply = {
    ...{ type: 'welcome', seq: 1, at: 0, name: 'alice', id: 'a', session: 's', epoch: 'e', resumed: false, gap: false },
    ...{ grace: 60_000, rate: null },
  }
  const room: Reply = {
    ...{ type: 'room', seq: 1, at: 0, room: 'lobby', topic: null, members: [] },
    ...(pins.length === 0 ? {} : { pins: pins.map(seq => ({ seq, by: 'a|b', at: 0 })) }),
  }
  return tell(tell(newChat('alice', 'lobby', 0), welcome), room)
}

describe('[U1] reactions', () => {
  const said = {
    ...{ seq: 5, text: 'hi' },
    reactions: [{ emoji: '👍', people: [{ id: 'b', name: '田中' }] }],
  }
  const asking = (emoji: string, off: boolean): Chat => ({
    ...entered(),
    pending: [{ id: 1, asked: { type: 'react', seq: 5, room: 'lobby', emoji, off }, state: 'sent' }],
  })

  test('of one’s own are there at once, and not twice when they come back', () => {
    const [thumb] = reactionsOf(asking('👍', false), said)
    expect(thumb).toMatchObject({ emoji: '👍', count: 2, mine: true })
    const back = { ...said, reactions: [{ emoji: '👍', people: [...(said.reactions[0]?.people ?? []), ME] }] }
    expect(reactionsOf(asking('👍', false), back)).toMatchObject([{ count: 2, mine: true }])
    expect(reactionsOf(asking('👍', true), back)).toMatchObject([{ count: 1, mine: false }])
    expect(reactionsOf(asking('🦊', false), said)).toMatchObject([
      { emoji: '👍' },
      { emoji: '🦊', count: 1, mine: true },
    ])
  })

  test('get their names on demand', () => {
    const history: Reply = {
      ...{ type: 'history', seq: 9, room: 'lobby', more: false },
      messages: [{ seq: 5, at: 5, room: 'lobby', from: 'bob', text: 'hi', reactions: [{ emoji: '👍', ids: ['b'] }] }],
    }
    const chat = tell(tell(entered(), history), {
      ...{ type: 'reactions', target: 5, reactions: [{ emoji: '👍', people: [{ id: 'b', name: '田中' }] }] },
    })
    expect(chat.conversations.get('#lobby')?.timeline.entries.toArray()).toMatchObject([
      { reactions: [{ people: [{ name: '田中' }] }] },
    ])
  })
})

const ME = { id: 'a', name: 'alice' }

describe('[U1] typing', () => {
  const types = (name: string): Reply => ({ type: 'typing', room: 'lobby', name, id: `id-${name}` })

  test('is shown for a while, or until the message is there', () => {
    const chat = tell(tell(entered(), types('Mr.Blue'), 1000), types('مريم'), 2000)
    expect(typingIn(chat, '#lobby', 2000)).toEqual({ names: ['Mr.Blue', 'مريم'], until: 1000 + TYPING_OVER_MS })
    expect(typingIn(chat, '#lobby', 1000 + TYPING_OVER_MS)?.names).toEqual(['مريم'])
    const after = tell(chat, { type: 'said', seq: 3, at: 3, room: 'lobby', from: 'مريم', id: 'id-مريم', text: 'hi' })
    expect(typingIn(after, '#lobby', 2000)?.names).toEqual(['Mr.Blue'])
  })

  test('is bounded, and neither oneself nor somebody who is ignored', () => {
    const many = Array.from({ length: TYPISTS_MAX + 5 }, (_, k) => types(`p${k}`))
    const full = many.reduce((chat, one) => tell(chat, one), entered())
    expect(typingIn(full, '#lobby', 0)?.names).toHaveLength(TYPISTS_MAX)
    const ignoring = tell(entered(), { type: 'ignored', seq: 2, at: 2, id: 'id-bob', name: 'bob' })
    const own = tell(tell(ignoring, types('bob')), { type: 'typing', room: 'lobby', name: 'alice', id: 'a' })
    expect(typingIn(own, '#lobby', 0)).toBeNull()
  })
})

test('[U1] pins are listed with their messages, the latest pin first', () => {
  const chat = tell(entered([3, 7]), { type: 'said', seq: 7, at: 7, room: 'lobby', from: 'Ünal', text: 'rules' })
  expect(pinned(chat, '#lobby')).toMatchObject([
    { pin: { seq: 7 }, message: { is: 'message', said: { text: 'rules' } } },
    { pin: { seq: 3 }, message: { is: 'wanted' } },
  ])
})
