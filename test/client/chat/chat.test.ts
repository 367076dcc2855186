import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat, here } from '../../../src/client/chat/chat.ts'
import type { Happened } from '../../../src/client/chat/conversation/timeline.ts'
import { namedIn } from '../../../src/client/chat/people/name-index.ts'
import type { Where } from '../../../src/client/chat/place.ts'
import { nextUnread, places } from '../../../src/client/chat/place-list.ts'
import { movements } from '../../../src/client/chat/sentences.ts'
import { type Change, type Chat, newChat } from '../../../src/client/chat/state.ts'
import { shown } from '../../../src/client/view/entry-rows.ts'
import { textTree } from '../../../src/client/view/text-tree.ts'
import { titleOf } from '../../../src/client/view/title.ts'
import type { PastMessage, Reply } from '../../../src/codec/native/reply.ts'
import { CONVERSATIONS_MAX } from '../../../src/model/limits.ts'
import { mentionsIn } from '../../../src/model/prose/prose.ts'
import { anyText } from '../../helpers/arbitrary-texts.ts'
import { anyName, cast } from '../../helpers/cast.ts'
import { seedOf } from '../../helpers/seeds.ts'

const DAY_MS = 86_400_000
const dayOf = (at: number): string => String(Math.floor(at / DAY_MS))

type Act = Change | Reply

const spoken = (reply: Reply, replayed = false): Change => ({
  type: 'spoken',
  spoken: { reply, replayed },
  now: 0,
})
const fold = (chat: Chat, acts: readonly Change[]): Chat => acts.reduce(evolveChat, chat)
const hears = (chat: Chat, ...replies: readonly Reply[]): Chat =>
  fold(
    chat,
    replies.map(reply => spoken(reply)),
  )

const welcome = (more: Partial<Extract<Reply, { type: 'welcome' }>> = {}): Reply => ({
  type: 'welcome',
  seq: 1,
  at: 0,
  name: 'alice',
  session: 's',
  epoch: 'e',
  resumed: false,
  gap: false,
  grace: 60_000,
  rate: null,
  ...more,
})
const room = (name: string, ...members: readonly string[]): Reply => ({
  type: 'room',
  seq: 1,
  at: 0,
  room: name,
  topic: null,
  members: ['alice', ...members].map(one => ({ name: one, since: 0 })),
})
const said = (seq: number, from: string, text: string, where = 'lobby', at = seq * 1000): Reply => ({
  type: 'said',
  seq,
  at,
  room: where,
  from,
  text,
})
const told = (seq: number, from: string, to: string, text: string): Reply => ({
  type: 'told',
  seq,
  at: 0,
  from,
  to,
  text,
})
const joined = (seq: number, name: string): Reply => ({ type: 'joined', seq, at: seq, room: 'lobby', name })
const quit = (seq: number, name: string): Reply => ({ type: 'quit', seq, at: seq, name, cause: 'quit' })
const online: Act = { type: 'status', status: { state: 'online', name: 'alice', roundTrip: null }, now: 0 }

const entered = (...more: readonly Reply[]): Chat =>
  hears(fold(newChat('alice', 'lobby', 0), [online]), welcome(), room('lobby', 'bob'), ...more)

const texts = (chat: Chat, where: Where = chat.where): readonly unknown[] =>
  (chat.conversations.get(where)?.timeline.entries.toArray() ?? []).map(entry =>
    entry.kind === 'said' || entry.kind === 'failed'
      ? entry.text
      : entry.kind === 'note'
        ? entry.lines.join()
        : entry.kind,
  )
const look = (chat: Chat): readonly string[] =>
  shown(here(chat), dayOf).map(one =>
    one.kind === 'entry'
      ? one.entry.kind === 'said'
        ? String(one.entry.text)
        : one.entry.kind
      : one.kind === 'run'
        ? movements(one.run)
        : one.kind,
  )

describe('[U1] a message', () => {
  test('stands once and in order, live or from the history', () => {
    const page: readonly PastMessage[] = [2, 3, 5].map(seq => ({
      seq,
      at: seq,
      room: 'lobby',
      from: 'bob',
      text: `m${seq}`,
    }))
    const history: Reply = { type: 'history', seq: 9, room: 'lobby', messages: page, more: true }
    const chat = entered(said(5, 'bob', 'm5'), history, said(6, 'bob', 'm6'))
    expect(texts(chat)).toEqual(['m2', 'm3', 'm5', 'm6'])
    expect(here(chat).past).toBe('more')
  })

  test('is erased where it was deleted', () => {
    const chat = entered(said(5, 'bob', 'oops'), {
      type: 'deleted',
      seq: 6,
      at: 0,
      room: 'lobby',
      target: 5,
      by: 'bob',
    })
    expect(texts(chat)).toEqual([null])
  })

  test('to one alone is a conversation of its own, which follows a new name', () => {
    const chat = entered(told(5, 'bob', 'alice', 'psst'), { type: 'renamed', seq: 6, at: 0, from: 'bob', to: 'rob' })
    expect(places(chat)).toEqual(['#lobby', '@rob'])
    expect(texts(chat, '@rob')).toEqual(['psst', 'happened'])
  })

  test('by ever more people alone is bounded: the one quiet the longest goes first', () => {
    const many = Array.from({ length: CONVERSATIONS_MAX + 5 }, (_, k) => told(k + 5, `p${k}`, 'alice', 'psst'))
    const chat = entered(...many)
    expect(chat.conversations.size).toBe(CONVERSATIONS_MAX)
    expect(chat.conversations.has('@p0')).toBe(false)
    expect(chat.conversations.has(`@p${CONVERSATIONS_MAX + 4}`)).toBe(true)
  })

  test('in another journal does not mix with what was said in this one', () => {
    const chat = hears(entered(said(5, 'bob', 'old')), welcome({ epoch: 'other', gap: true }), room('lobby'))
    expect(texts(hears(chat, said(2, 'bob', 'new')))).toEqual(['new'])
  })
})

describe('[U2] the unread count', () => {
  const away = (...more: readonly Reply[]): Chat =>
    hears(fold(entered(room('tea', 'bob')), [{ type: 'went', where: '#tea' }]), ...more)

  test('is counted where one is not, and read when one goes there', () => {
    const chat = away(said(5, 'bob', 'hi'), said(6, 'bob', 'Alice!'), said(7, 'bob', 'here', 'tea'))
    expect(chat.conversations.get('#lobby')).toMatchObject({ unread: 2, mentions: 1 })
    expect(here(chat)).toMatchObject({ unread: 0 })
    expect(nextUnread(chat)).toBe('#lobby')
    const back = evolveChat(chat, { type: 'went', where: '#lobby' })
    expect(here(back)).toMatchObject({ unread: 0, mentions: 0 })
    expect(look(back)).toEqual(['day', 'hi', 'Alice!'])
  })

  test('begins at a mark, which goes when one has answered or turned away', () => {
    const read = fold(entered(said(4, 'bob', 'seen')), [{ type: 'sees-end', seesEnd: false }])
    const chat = hears(read, said(5, 'bob', 'new'), said(6, 'bob', 'newer'))
    expect(here(chat).unread).toBe(2)
    expect(look(chat)).toEqual(['day', 'seen', 'mark', 'new', 'newer'])
    const seen = evolveChat(chat, { type: 'sees-end', seesEnd: true })
    expect(here(seen).unread).toBe(0)
    expect(look(seen)).toContain('mark')
    const answer: Act = {
      type: 'asked',
      id: 1,
      asked: { type: 'say', room: 'lobby', text: 'yes', action: false },
      where: '#lobby',
    }
    expect(look(evolveChat(seen, answer))).not.toContain('mark')
  })

  test('rings for what speaks of me now, not for what did while I was away', () => {
    const chat = entered(said(5, 'bob', 'alice: hi'), told(6, 'bob', 'alice', 'psst'), said(7, 'bob', 'malice'))
    expect(chat.bells).toBe(2)
    expect(fold(chat, [spoken(said(8, 'bob', 'alice?'), true)]).bells).toBe(2)
  })
})

describe('[N8] the marked names are those that ring', () => {
  /** From an older server, which doesn't say which members a text mentions. */
  const ringing = (name: string, text: string): boolean => {
    const chat = hears(newChat(name, 'lobby', 0), welcome({ name }), room('lobby', name, 'bob'))
    return hears(chat, said(5, 'bob', text)).bells === 1
  }
  /** As the server reads the text (mentioned.ts). */
  const ringingAsSaid = (name: string, text: string): boolean => {
    const chat = hears(newChat(name, 'lobby', 0), welcome({ name }), room('lobby', name, 'bob'))
    const found = mentionsIn(text, namedIn(chat, '#lobby'))
    const mentions = found.some(({ who }) => who === name) ? [chat.view.member] : []
    return hears(chat, { ...said(5, 'bob', text), mentions } as Reply).bells === 1
  }
  const marking = (name: string, text: string, rings = true): boolean => {
    const chat = hears(newChat(name, 'lobby', 0), welcome({ name }), room('lobby', name, 'bob'))
    const nodes = textTree(text, { me: name, rings, named: namedIn(chat, '#lobby') })
    return nodes.some(({ type }) => type === 'mention')
  }

  test.each(cast)('%s is spoken of, called and alone', name => {
    for (const text of [`@${name}, look`, `thanks, ${name}!`, name.normalize('NFD').toUpperCase()]) {
      expect(ringing(name, text)).toBe(true)
      expect(marking(name, text)).toBe(true)
      expect(marking(name, text, false)).toBe(false)
    }
    for (const text of [`\`${name}\``, `x/${name}`, `alice-${name}`, `${name}2-work`]) {
      expect(ringing(name, text)).toBe(false)
      expect(marking(name, text)).toBe(false)
    }
  })

  test('for any allowed name and any text', () => {
    fc.assert(
      fc.property(anyName, anyText, fc.boolean(), (name, text, calls) => {
        const whole = `${text}${calls ? ' @' : ' '}${name}`
        expect(ringingAsSaid(name, whole)).toBe(marking(name, whole))
        if (calls && !/[`~]/.test(whole)) expect(ringing(name, whole)).toBe(true)
      }),
      { seed: seedOf(4) },
    )
  })

  test('a deleted message speaks of nobody and is not unread', () => {
    const away = fold(entered(room('tea', 'bob')), [{ type: 'went', where: '#tea' }])
    const before = hears(away, said(5, 'bob', 'hi'), said(6, 'bob', 'alice!'), said(7, 'alice', 'alice'))
    const deleted = (target: number): Reply => ({ type: 'deleted', seq: 9, at: 9, by: 'bob', room: 'lobby', target })
    expect(before.conversations.get('#lobby')).toMatchObject({ unread: 2, mentions: 1 })
    const chat = hears(before, deleted(6), deleted(7))
    expect(chat.conversations.get('#lobby')).toMatchObject({ unread: 1, mentions: 0 })
    expect(titleOf(chat)).not.toContain('(')
    expect(hears(chat, deleted(6)).conversations.get('#lobby')).toMatchObject({ unread: 1, mentions: 0 })
  })
})

describe('[U3] calm', () => {
  const run = (...replies: readonly Reply[]): readonly string[] => look(entered(...replies))

  test('enters and exits in a row are one line', () => {
    expect(run(joined(5, 'carl'), joined(6, 'dora'), quit(7, 'bob'), quit(8, 'dora'), joined(9, 'bob'))).toEqual([
      'day',
      'carl entered, dora came and went, bob left and came back.',
    ])
  })

  test('of many only some are named', () => {
    const movement = (name: string): Happened => ({
      kind: 'happened',
      seq: 1,
      i: 0,
      at: 0,
      event: { type: 'joined', room: 'lobby', name, away: null, member: name },
      replayed: false,
    })
    expect(movements(['a', 'b', 'c', 'd', 'e', 'f'].map(movement))).toBe('a, b, c and 3 others entered.')
  })

  test('a message between them parts them, and a kick has its own line', () => {
    const kicked: Reply = { type: 'quit', seq: 8, at: 8, name: 'carl', cause: 'kicked', by: 'Host' }
    expect(run(joined(5, 'carl'), said(6, 'bob', 'hi'), joined(7, 'dora'), kicked)).toEqual([
      'day',
      'happened',
      'hi',
      'happened',
      'happened',
    ])
  })

  test('a new day is marked', () => {
    expect(run(said(5, 'bob', 'late', 'lobby', DAY_MS - 1), said(6, 'bob', 'early', 'lobby', DAY_MS))).toEqual([
      'day',
      'late',
      'day',
      'early',
    ])
  })
})

describe('[U5] a command of mine', () => {
  const asked = { type: 'say', room: 'lobby', text: 'mine', action: false } as const
  const say: Act = {
    type: 'asked',
    id: 7,
    asked: { type: 'say', room: 'lobby', text: 'mine', action: false },
    where: '#lobby',
  }

  test('stands as failed when it was refused, with the reason', () => {
    const outcome: Act = {
      type: 'outcome',
      outcome: { id: 7, is: 'refused', code: 'slow-down', message: 'Slow down.' },
      now: 0,
    }
    const chat = fold(entered(), [say, outcome])
    expect(here(chat).timeline.entries.toArray()).toMatchObject([{ kind: 'failed', text: 'mine', why: 'Slow down.' }])
  })

  test('stands as unknown when nobody can know', () => {
    const chat = fold(entered(), [say, { type: 'outcome', outcome: { id: 7, is: 'unknown', asked }, now: 0 }])
    expect(here(chat).timeline.entries.toArray()).toMatchObject([{ kind: 'failed', why: null }])
  })

  test('begins in the room that the server means, however its name was typed', () => {
    const chat = hears(newChat('alice', '#Ops', 0), welcome(), room('ops'))
    expect([chat.where, places(chat)]).toEqual(['#ops', ['#ops']])
  })

  test('leads to a room at once, and back if it is refused', () => {
    const join: Act = { type: 'asked', id: 8, asked: { type: 'join', room: '#Tea' }, where: '#lobby' }
    const going = fold(entered(), [join])
    expect(going.where).toBe('#tea')
    const refused: Act = {
      type: 'outcome',
      outcome: { id: 8, is: 'refused', code: 'rooms-full', message: 'Full.' },
      now: 0,
    }
    const back = evolveChat(going, refused)
    expect(back.where).toBe('#lobby')
    expect(places(back)).toEqual(['#lobby'])
    expect(texts(back)).toEqual(['Full.'])
  })

  test('leaves a room for another', () => {
    const chat = fold(entered(room('tea')), [{ type: 'went', where: '#tea' }])
    expect(hears(chat, { type: 'parted', seq: 9, at: 0, room: 'tea', name: 'alice' }).where).toBe('#lobby')
  })
})

describe('[R4] a name that has become free is another person’s when somebody takes it', () => {
  const me = (name: string) => hears(newChat(name, 'lobby', 0), welcome({ name, id: 'm2' }), room('lobby'))

  test.each(cast)('[G6] messages of the former %s are not mine, and neither are direct messages to it', name => {
    const before = { ...said(1, name, 'of the one before'), id: 'm1' } as Reply
    const mine = { ...said(3, name, 'of mine'), id: 'm2' } as Reply
    const chat = hears(me(name), before, mine)
    const entries = [...(chat.conversations.get('#lobby' as Where)?.timeline.entries ?? [])]
    expect(entries.flatMap(one => (one.kind === 'said' ? [one.mine] : []))).toEqual([false, true])
  })

  test('a server from before ids is understood by names', () => {
    const chat = hears(newChat('a|b', 'lobby', 0), welcome({ name: 'a|b' }), room('lobby'), said(2, 'a|b', 'hi'))
    expect(here(chat).timeline.entries.last()).toMatchObject({ mine: true })
  })

  const move = (type: 'joined' | 'quit', name: string, member: string): Happened => ({
    ...{ kind: 'happened', seq: 1, i: 0, at: 0, replayed: false },
    event:
      type === 'joined'
        ? { type, room: 'lobby', name, away: null, member }
        : { type, name, cause: 'lost', by: null, reason: null, member },
  })

  test('one that takes it has come, and the one before has left', () => {
    expect(movements([move('quit', 'İbo', 'm1'), move('joined', 'İbo', 'm1')])).toBe('İbo left and came back.')
    expect(movements([move('quit', 'İbo', 'm1'), move('joined', 'İbo', 'm2')])).toBe('İbo exited, İbo entered.')
  })
})

describe('[U1] a renamed person has one conversation', () => {
  const withIds = (at: Chat, ...members: readonly (readonly [string, string])[]): Chat =>
    hears(at, welcome({ id: 'a' }), {
      ...{ type: 'room', seq: 1, at: 0, room: 'lobby', topic: null },
      members: [['alice', 'a'] as const, ...members].map(([name, id]) => ({ name, id, since: 0 })),
    })
  const past = (seq: number, from: string, id: string, to: string, text: string): PastMessage => ({
    ...{ seq, at: 0, from, id, to, text },
  })
  const page = (...messages: readonly PastMessage[]): Reply => ({
    type: 'history',
    n: 1,
    seq: 9,
    messages,
    more: false,
  })
  const start = () => newChat('alice', 'lobby', 0)
  const saidTo = (chat: Chat, where: Where) =>
    chat.conversations
      .get(where)
      ?.timeline.entries.toArray()
      .flatMap(one => (one.kind === 'said' ? [one.text] : []))
  const people = (chat: Chat) => places(chat).filter(where => where.startsWith('@'))
  const OLD = [past(2, 'bob', 'b', 'alice', 'one'), past(3, 'alice', 'a', 'bob', 'two')]

  test('whose past under the old name is loaded into it', () => {
    const chat = hears(withIds(start(), ['robert', 'b']), page(...OLD))
    expect(people(chat)).toEqual(['@robert'])
    expect(saidTo(chat, '@robert')).toEqual(['one', 'two'])
  })

  test('that both names had before they were known to be one person', () => {
    const live: Reply = { ...told(9, 'robert', 'alice', 'three'), id: 'b' } as Reply
    const chat = hears(withIds(start()), page(...OLD), live)
    expect(people(chat)).toEqual(['@robert'])
    expect(saidTo(chat, '@robert')).toEqual(['one', 'two', 'three'])
  })

  test('after a rename in sight, when the history is loaded again', () => {
    const first: Reply = { ...told(2, 'bob', 'alice', 'one'), id: 'b' } as Reply
    const renamed: Reply = { type: 'renamed', seq: 5, at: 0, from: 'bob', to: 'robert', id: 'b' }
    const chat = hears(withIds(start(), ['bob', 'b']), first, renamed, page(...OLD))
    expect(people(chat)).toEqual(['@robert'])
    expect(saidTo(chat, '@robert')).toEqual(['one', 'two'])
  })

  test('and the next holder of the old name has another', () => {
    const renamed: Reply = { type: 'renamed', seq: 5, at: 0, from: 'bob', to: 'robert', id: 'b' }
    const next: Reply = { ...told(7, 'bob', 'alice', 'new here'), id: 'c' } as Reply
    const chat = hears(withIds(start(), ['bob', 'b']), page(...OLD), renamed, next, {
      ...told(8, 'alice', 'bob', 'welcome'),
      id: 'a',
    } as Reply)
    expect(people(chat)).toEqual(['@bob', '@robert'])
    expect(saidTo(chat, '@bob')).toEqual(['new here', 'welcome'])
    expect(saidTo(chat, '@robert')).toEqual(['one', 'two'])
  })
})
