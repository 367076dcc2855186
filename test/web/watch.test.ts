import { Map as IMap, List } from 'immutable'
import { BehaviorSubject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { newConversation } from '../../src/client/chat/conversation/conversation.ts'
import type { Entry, Said } from '../../src/client/chat/conversation/timeline.ts'
import type { Where } from '../../src/client/chat/place.ts'
import type { Chat } from '../../src/client/chat/state.ts'
import { newChat } from '../../src/client/chat/state.ts'
import { titleOf } from '../../src/client/view/title.ts'
import { announced$, announcement, announcer } from '../../src/web/visit/announce.ts'
import { isDeleted, newsOf } from '../../src/web/visit/news.ts'
import { virtualClock } from '../helpers/virtual-clock.ts'

const said = (seq: number, more: Partial<Said> = {}): Said => ({
  ...{ kind: 'said', seq, i: 0, at: 0, from: 'bob', to: null, text: `m${seq}`, action: false },
  ...{ mine: false, mention: false, replayed: false },
  ...more,
})

const chatOf = (
  places: Readonly<Record<Where, readonly Entry[]>>,
  mentions = 0,
  unread = mentions,
): Pick<Chat, 'conversations' | 'where'> => ({
  where: '#lobby',
  conversations: IMap(
    Object.entries(places).map(([where, entries]) => [
      where as Where,
      { ...newConversation(where as Where), mentions, unread, timeline: { entries: List(entries), own: 0, moves: 0 } },
    ]),
  ),
})

describe('[G9] an announcement', () => {
  test('a few messages word for word, many as their number, one’s own not at all', () => {
    expect(announcement(chatOf({ '#lobby': [said(1), said(2)] }), 1)).toBe('bob: m2')
    expect(announcement(chatOf({ '#lobby': [said(2), said(3, { mine: true }), said(4)] }), 0)).toBe('bob: m2. bob: m4')
    expect(announcement(chatOf({ '#lobby': [2, 3, 4, 5].map(seq => said(seq)) }), 0)).toBe('4 new messages in #lobby')
    expect(announcement(chatOf({ '#lobby': [said(1)] }), 1)).toBe('')
  })

  test('acts of moderation, in words', () => {
    const none = { value: null, reason: null, byId: 'm1', whoId: 'm2', rule: 4, until: null } as const
    const entry: Entry = {
      ...{ kind: 'happened', seq: 3, i: 0.5, at: 0, replayed: false },
      event: { type: 'moderated', act: 'mute', room: 'lobby', by: 'Spider-Man', who: 'ЗОЯ', ...none },
    }
    expect(announcement(chatOf({ '#lobby': [entry] }), 0)).toBe('Spider-Man muted ЗОЯ in #lobby.')
  })

  test('no comings and goings, which have no end in a full room', () => {
    const entry: Entry = {
      ...{ kind: 'happened', seq: 3, i: 0, at: 0, replayed: false },
      event: { type: 'joined', room: 'lobby', name: 'carl', away: null, member: 'm1' },
    }
    expect(announcement(chatOf({ '#lobby': [entry] }), 0)).toBe('')
  })
})

test('[G5] the title says where one is, and how often one was spoken of', () => {
  expect(titleOf(chatOf({ '#lobby': [] }))).toBe('#lobby · rxchat')
  expect(titleOf(chatOf({ '#lobby': [], '@bob': [] }, 2))).toBe('(4) #lobby · rxchat')
  expect(titleOf(chatOf({ '#lobby': [] }, 0, 3)), 'what speaks of nobody is a dot').toBe('• #lobby · rxchat')
})

test('[G5] a notice shows the latest that spoke of me', () => {
  const before = { ...chatOf({ '#lobby': [] }), bells: 0 }
  const now = {
    ...chatOf({ '#lobby': [said(1, { mention: true })], '@bob': [said(5, { mention: true, to: 'me' })] }),
    bells: 2,
  }
  const news = newsOf(before, now, () => 'mentions')
  expect(news).toMatchObject({ where: '@bob', said: { seq: 5 } })
  expect(
    newsOf(before, { ...now, bells: 0 }, () => 'all'),
    'what came while I was away rings no bell',
  ).toBeNull()
  expect(newsOf(now, now, () => 'all')).toBeNull()
})

test('[G24] each room has notices of all messages, of mentions, or none', () => {
  const before = { ...chatOf({ '#lobby': [said(1)] }), bells: 0 }
  const plain = { ...chatOf({ '#lobby': [said(1), said(2)] }, 0, 1), bells: 0 }
  const rung = { ...chatOf({ '#lobby': [said(1), said(2, { mention: true })] }, 1, 1), bells: 1 }
  const told = (now: typeof before) =>
    (['all', 'mentions', 'none'] as const).map(how => newsOf(before, now, () => how)?.said.seq ?? null)
  expect(told(plain)).toEqual([2, null, null])
  expect(told(rung)).toEqual([2, 2, null])
  const mine = { ...chatOf({ '#lobby': [said(1), said(2, { mine: true })] }), bells: 0 }
  expect(told(mine), 'one’s own tell nothing new').toEqual([null, null, null])
})

test('[G5] a notice of a message that is deleted is closed', () => {
  expect(isDeleted(chatOf({ '#lobby': [said(1, { text: null })] }), 1)).toBe(true)
  expect(isDeleted(chatOf({ '#lobby': [said(1)] }), 1)).toBe(false)
})

test('[G9] a text that was deleted is nowhere to be heard any more', async () => {
  const clock = virtualClock()
  const at = (text: string | null) =>
    ({ ...newChat('ann', 'lobby', 0), status: ONLINE, ...chatOf({ '#lobby': [said(1), said(2, { text })] }) }) as Chat
  const chat$ = new BehaviorSubject({ ...at('x'), ...chatOf({ '#lobby': [said(1)] }) })
  const watching = announcer(chat$, clock)
  chat$.next(at('a slip'))
  await clock.advance(0)
  expect(announced$.value).toBe('bob: a slip')
  chat$.next(at(null))
  expect(announced$.value).toBe('')
  watching.unsubscribe()
})

const ONLINE = { state: 'online', name: 'ann', roundTrip: null } as const
