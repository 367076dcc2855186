/** Ignored members: their messages are kept, but neither shown nor counted, and no bell rings for them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat, here } from '../../../src/client/chat/chat.ts'
import { type Change, type Chat, newChat } from '../../../src/client/chat/state.ts'
import { type Shown, shown, shownBefore, wholeRun } from '../../../src/client/view/entry-rows.ts'
import type { Reply } from '../../../src/codec/native/reply.ts'
import { seedOf } from '../../helpers/seeds.ts'

const dayOf = (at: number): string => String(Math.floor(at / 86_400_000))
const spoken = (reply: Reply): Change => ({ type: 'spoken', spoken: { reply, replayed: false }, now: 0 })
const hears = (chat: Chat, ...replies: readonly Reply[]): Chat => replies.map(spoken).reduce(evolveChat, chat)

type Ignored = readonly { readonly id: string; readonly name: string }[]

const welcome = (ignored: Ignored = [], resumed = false): Reply => ({
  ...{ type: 'welcome', seq: 1, at: 0, name: 'Mr.Blue', session: 's', id: 'm-blue', epoch: 'e' },
  ...{ resumed, gap: false, grace: 60_000, rate: null, ignored },
})
const room = (name: string): Reply => ({
  ...{ type: 'room', seq: 1, at: 0, room: name, topic: null },
  members: ['Mr.Blue', 'ЗОЯ', '田中'].map(one => ({ name: one, since: 0 })),
})
const said = (seq: number, from: string, text: string, at = seq, where = 'lobby'): Reply => ({
  ...{ type: 'said', seq, at, room: where, from, id: `m-${from}`, text },
  ...(text.includes('Mr.Blue') ? { mentions: ['m-blue'] } : {}),
})
const ignored = (seq: number, name: string, off = false): Reply => ({
  ...{ type: 'ignored', seq, at: seq, id: `m-${name}`, name },
  ...(off ? { off: true } : {}),
})
const start = (list: Ignored = []): Chat => hears(newChat('Mr.Blue', 'lobby', 0), welcome(list), room('lobby'))
const texts = (chat: Chat): readonly string[] =>
  shown(here(chat), dayOf).flatMap(row =>
    row.kind === 'entry' && row.entry.kind === 'said' && row.entry.text !== null ? [row.entry.text] : [],
  )

describe('a message of an ignored member', () => {
  test('is hidden, before and after, until it is not ignored any more', () => {
    let chat = hears(start(), said(2, 'ЗОЯ', 'one'), said(3, '田中', 'two'), ignored(4, 'ЗОЯ'), said(5, 'ЗОЯ', 'three'))
    expect(texts(chat)).toEqual(['two'])
    chat = hears(chat, ignored(6, 'ЗОЯ', true))
    expect(texts(chat)).toEqual(['one', 'two', 'three'])
  })

  test('is hidden under another name too, and not what the next holder of its name writes', () => {
    const chat = hears(
      start([{ id: 'm-ЗОЯ', name: 'ЗОЯ' }]),
      { ...said(2, 'Zoë', 'renamed'), id: 'm-ЗОЯ' } as Reply,
      { ...said(3, 'ЗОЯ', 'somebody else'), id: 'm-other' } as Reply,
    )
    expect(texts(chat)).toEqual(['somebody else'])
  })

  test('rings no bell, and is not unread', () => {
    const away = hears(start([{ id: 'm-ЗОЯ', name: 'ЗОЯ' }]), room('ops'))
    const chat = evolveChat(away, { type: 'went', where: '#ops' })
    const heard = hears(chat, said(5, 'ЗОЯ', 'Mr.Blue!'), said(6, '田中', 'hello'))
    expect(heard.bells).toBe(0)
    expect(heard.conversations.get('#lobby')).toMatchObject({ unread: 1, mentions: 0 })
  })

  test('is not unread any more when it becomes hidden', () => {
    const chat = evolveChat(hears(start(), room('ops')), { type: 'went', where: '#ops' })
    const heard = hears(chat, said(5, 'ЗОЯ', 'Mr.Blue!'), said(6, '田中', 'hello'), said(7, 'ЗОЯ', 'again'))
    expect(heard.conversations.get('#lobby')).toMatchObject({ unread: 3, mentions: 1 })
    expect(hears(heard, ignored(8, 'ЗОЯ')).conversations.get('#lobby')).toMatchObject({ unread: 1, mentions: 0 })
  })

  test('is hidden after an absence in which another device has begun to ignore it', () => {
    const chat = hears(start(), said(2, 'ЗОЯ', 'one'), said(3, '田中', 'two'))
    expect(texts(hears(chat, welcome([{ id: 'm-ЗОЯ', name: 'ЗОЯ' }], true)))).toEqual(['two'])
    expect(texts(hears(chat, welcome([], true)))).toEqual(['one', 'two'])
  })

  test('is in no search result', () => {
    const messages = [said(2, 'ЗОЯ', 'one'), said(3, '田中', 'two')].map(
      reply => reply as Extract<Reply, { type: 'said' }>,
    )
    const chat = hears(start([{ id: 'm-ЗОЯ', name: 'ЗОЯ' }]), {
      type: 'found',
      seq: 3,
      words: 'o',
      messages,
      more: false,
    })
    expect(chat.found?.messages.map(({ from }) => from)).toEqual(['田中'])
  })

  const anyStory = fc.array(
    fc.record({
      who: fc.constantFrom('ЗОЯ', '田中', 'a_b'),
      does: fc.constantFrom('said', 'joined', 'quit'),
      /** Up to half a day later. */
      later: fc.nat(43_200_000),
    }),
    { maxLength: 30 },
  )

  test('leaves the rows of a room as if it had never been written', () => {
    fc.assert(
      fc.property(anyStory, story => {
        let at = 0
        const replies = story.map(({ who, does, later }, k): Reply => {
          at += later
          if (does === 'said') return said(k + 2, who, `${k}`, at)
          const place = { seq: k + 2, at, name: who, id: `m-${who}` }
          return does === 'joined'
            ? { type: 'joined', ...place, room: 'lobby' }
            : { type: 'quit', ...place, cause: 'quit' }
        })
        const isHidden = (reply: Reply): boolean => reply.type === 'said' && reply.from === 'ЗОЯ'
        const veiled = hears(start([{ id: 'm-ЗОЯ', name: 'ЗОЯ' }]), ...replies)
        const without = hears(start(), ...replies.filter(reply => !isHidden(reply)))
        const rows = (chat: Chat): readonly object[] => shown(here(chat), dayOf).map(rowWords)
        expect(rows(veiled)).toEqual(rows(without))
        // No run is torn, at any start of a screen.
        const all = rows(veiled).map(row => JSON.stringify(row))
        for (let index = 0; index <= here(veiled).timeline.entries.size; index++) {
          for (const row of shownBefore(here(veiled), dayOf, wholeRun(here(veiled), index)))
            expect(all).toContain(JSON.stringify(rowWords(row)))
        }
      }),
      { seed: seedOf(57) },
    )
  })
})

const rowWords = (row: Shown): object =>
  row.kind === 'entry'
    ? { kind: row.kind, seq: row.entry.seq }
    : row.kind === 'run'
      ? { kind: row.kind, run: row.run.map(({ seq }) => seq) }
      : row.kind === 'day'
        ? { kind: row.kind, at: row.at }
        : { kind: row.kind }
