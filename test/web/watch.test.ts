import { Map as IMap, List } from 'immutable'
import { describe, expect, test } from 'vitest'
import type { Chat } from '../../src/client/chat-state.ts'
import { newConversation } from '../../src/client/conversation.ts'
import type { Entry, Said } from '../../src/client/timeline.ts'
import type { Where } from '../../src/client/where.ts'
import { announcement } from '../../src/web/watch/announce.ts'
import { latestMention } from '../../src/web/watch/latest-mention.ts'
import { titleOf } from '../../src/web/watch/title.ts'

const said = (seq: number, more: Partial<Said> = {}): Said => ({
  ...{ kind: 'said', seq, i: 0, at: 0, from: 'bob', to: null, text: `m${seq}`, action: false },
  ...{ mine: false, mention: false, replayed: false },
  ...more,
})

const chatOf = (
  places: Readonly<Record<Where, readonly Entry[]>>,
  mentions = 0,
): Pick<Chat, 'conversations' | 'where'> => ({
  where: '#lobby',
  conversations: IMap(
    Object.entries(places).map(([where, entries]) => [
      where as Where,
      { ...newConversation(where as Where), mentions, timeline: { entries: List(entries), own: 0, moves: 0 } },
    ]),
  ),
})

describe('[G9] what is announced', () => {
  test('a few messages word for word, many as their number, one’s own not at all', () => {
    expect(announcement(chatOf({ '#lobby': [said(1), said(2)] }), 1)).toBe('bob: m2')
    expect(announcement(chatOf({ '#lobby': [said(2), said(3, { mine: true }), said(4)] }), 0)).toBe('bob: m2. bob: m4')
    expect(announcement(chatOf({ '#lobby': [2, 3, 4, 5].map(seq => said(seq)) }), 0)).toBe('4 new messages in #lobby')
    expect(announcement(chatOf({ '#lobby': [said(1)] }), 1)).toBe('')
  })

  test('no comings and goings, which have no end in a full room', () => {
    const entry: Entry = {
      ...{ kind: 'happened', seq: 3, i: 0, at: 0, replayed: false },
      event: { type: 'joined', room: 'lobby', name: 'carl', away: null },
    }
    expect(announcement(chatOf({ '#lobby': [entry] }), 0)).toBe('')
  })
})

test('[G5] the title says where one is, and how often one was spoken of', () => {
  expect(titleOf(chatOf({ '#lobby': [] }))).toBe('#lobby · rxchat')
  expect(titleOf(chatOf({ '#lobby': [], '@bob': [] }, 2))).toBe('(4) #lobby · rxchat')
})

test('[G5] a notice shows the latest that spoke of me', () => {
  const chat = chatOf({
    '#lobby': [said(1, { mention: true }), said(2)],
    '@bob': [said(5, { mention: true, to: 'me' })],
  })
  expect(latestMention(chat)?.seq).toBe(5)
  expect(latestMention(chatOf({ '#lobby': [said(1)] }))).toBeNull()
})
