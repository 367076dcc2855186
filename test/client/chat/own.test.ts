import { describe, expect, test } from 'vitest'
import { evolveChat, here } from '../../../src/client/chat/chat.ts'
import type { Entry } from '../../../src/client/chat/conversation/timeline.ts'
import { type Change, type Chat, newChat } from '../../../src/client/chat/state.ts'
import type { Pending } from '../../../src/client/session/outbox/pending.ts'
import type { Reply } from '../../../src/codec/native/reply.ts'

const fold = (chat: Chat, ...changes: readonly Change[]): Chat => changes.reduce(evolveChat, chat)
const item = (id: number, text: string, state: Pending['state'] = 'sent'): Pending => ({
  id,
  asked: { type: 'say', room: 'lobby', text, action: false },
  state,
})
const pending = (...items: readonly Pending[]): Change => ({ type: 'pending', pending: items })
const said = (seq: number, text: string, from = 'alice'): Change => {
  const reply: Reply = { type: 'said', seq, at: seq, room: 'lobby', from, text }
  return { type: 'spoken', spoken: { reply, replayed: false }, now: 0 }
}
const done = (id: number): Change => ({
  type: 'outcome',
  outcome: { id, is: 'done', seq: 1, reply: { type: 'ok', n: id, seq: 1 } },
  now: 0,
})
const refused = (id: number): Change => ({
  type: 'outcome',
  outcome: { id, is: 'refused', code: 'slow-down', message: 'Slow down.' },
  now: 0,
})

describe('[G7] a message of mine on its way', () => {
  test('is known again when it is heard, before its answer comes: one message for one', () => {
    const chat = fold(newChat('alice', 'lobby', 0), pending(item(1, 'hi'), item(2, 'hi')), said(5, 'hi'))
    expect([...chat.heard]).toEqual([1])
    expect([...fold(chat, said(6, 'hi')).heard]).toEqual([1, 2])
    expect([...fold(chat, done(1)).heard]).toEqual([])
  })

  test('is not known by what others say, and not before it was sent', () => {
    const chat = fold(newChat('alice', 'lobby', 0), pending(item(1, 'hi'), item(2, 'ho', 'unsent')))
    expect(fold(chat, said(5, 'hi', 'bob'), said(6, 'ho')).heard.size).toBe(0)
  })

  test('has its place also when an earlier page asked it', () => {
    const tell: Pending = { id: 8, asked: { type: 'tell', to: 'bob', text: 'psst', action: false }, state: 'unsure' }
    const chat = fold(newChat('alice', 'lobby', 0), pending(item(7, 'hi', 'unsure'), tell), refused(7), refused(8))
    const failed = (where: '#lobby' | '@bob') => chat.conversations.get(where)?.timeline.entries.toArray()
    expect(failed('#lobby')).toMatchObject([{ kind: 'failed', text: 'hi', why: 'Slow down.' }])
    expect(failed('@bob')).toMatchObject([{ kind: 'failed', text: 'psst' }])
  })

  test('is gone when its reader dismisses that it failed, and nothing else is', () => {
    const chat = fold(newChat('alice', 'lobby', 0), said(5, 'x', 'bob'), pending(item(7, 'hi')), refused(7))
    const failed = here(chat).timeline.entries.last() as Entry
    const after = fold(chat, { type: 'dismissed', entry: failed })
    expect(here(after).timeline.entries.toArray()).toMatchObject([{ kind: 'said', seq: 5 }])
    expect(fold(after, { type: 'dismissed', entry: failed })).toEqual(after)
  })
})
