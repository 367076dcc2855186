import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../../../src/client/chat/chat.ts'
import { latestOf } from '../../../../src/client/chat/conversation/conversation.ts'
import type { Said } from '../../../../src/client/chat/conversation/timeline.ts'
import { quotationOf, quotedLine } from '../../../../src/client/chat/messages/quotation.ts'
import { staleHere } from '../../../../src/client/chat/messages/stale.ts'
import { type Chat, newChat } from '../../../../src/client/chat/state.ts'
import type { PastMessage, Reply } from '../../../../src/codec/native/reply.ts'
import type { MessageChange } from '../../../../src/model/event.ts'
import { evolveMessage, type Living } from '../../../../src/model/message/evolve-message.ts'
import { runs, seedOf } from '../../../helpers/seeds.ts'

const PEOPLE = ['alice', 'Spider-Man', '田中', 'a|b'] as const
const EMOJI = ['👍', '🦊', '❤️'] as const

type Kept = Living & { readonly seq: number; readonly at: number; readonly from: string; readonly text: string | null }

/** A server's history, and its replies to each input. */
function server() {
  const history = new Map<number, Kept>()
  const events: Reply[] = []
  let seq = 1
  const idOf = (name: string): string => `id-${name}`

  function change(reply: Extract<Reply, { type: 'edited' | 'reacted' | 'deleted' }>, event: MessageChange): void {
    const one = history.get(reply.target)
    events.push(reply)
    if (!one) return
    const after = evolveMessage(one, event, reply.at, one.text === null)
    if (after === one) return
    const text = reply.type === 'edited' ? (reply.text ?? '') : reply.type === 'deleted' ? null : one.text
    history.set(one.seq, { ...after, text })
  }

  return {
    history,
    events,
    seq: () => seq,
    say(from: string): void {
      seq += 1
      const text = `m${seq} 🦊`
      history.set(seq, { seq, at: seq, from, text, mentions: [] })
      events.push({ type: 'said', seq, at: seq, room: 'lobby', from, id: idOf(from), text })
    },
    edit(target: number): void {
      seq += 1
      const from = history.get(target)?.from ?? ''
      const text = `m${target} edited ${seq}`
      const at = { room: 'lobby', target, from }
      change(
        { type: 'edited', seq, at: seq, ...at, id: idOf(from), text },
        { type: 'edited', ...at, edit: seq, author: '' },
      )
    },
    react(target: number, by: string, emoji: string, off: boolean): void {
      seq += 1
      const at = { room: 'lobby', target, emoji, by }
      const event = { type: 'reacted', ...at, off, member: idOf(by) } as const
      change({ type: 'reacted', seq, at: seq, ...at, id: idOf(by), ...(off ? { off } : {}) }, event)
    },
    erase(target: number): void {
      seq += 1
      const at = { room: 'lobby', target, by: 'alice' }
      change({ type: 'deleted', seq, at: seq, ...at }, { type: 'deleted', ...at })
    },
    wire: ({ text, reactions = [], mentions: _, from, ...one }: Kept): PastMessage => ({
      ...{ ...one, from, id: idOf(from), room: 'lobby' },
      ...(text === null ? { deleted: true } : { text }),
      ...(reactions.length === 0
        ? {}
        : { reactions: reactions.map(({ emoji, people }) => ({ emoji, ids: people.map(({ id }) => id) })) }),
    }),
  }
}

const tell = (chat: Chat, reply: Reply, replayed = false): Chat =>
  evolveChat(chat, { type: 'spoken', spoken: { reply, replayed }, now: 0 })

const welcome = (seq: number, resumed: boolean, gap: boolean): Reply => ({
  ...{ type: 'welcome', seq, at: 0, name: 'alice', id: 'id-alice', session: 's', epoch: 'e', resumed, gap },
  ...{ grace: 60_000, rate: null },
})
const room: Reply = { type: 'room', seq: 1, at: 0, room: 'lobby', topic: null, members: [] }

function entered(): Chat {
  const began = evolveChat(newChat('alice', 'lobby', 0), {
    ...{ type: 'status', status: { state: 'online', name: 'alice', roundTrip: null }, now: 0 },
  })
  return tell(tell(began, welcome(1, false, false)), room)
}

type Act =
  | { readonly do: 'say' | 'edit' | 'erase'; readonly who: number; readonly which: number }
  | {
      readonly do: 'react'
      readonly who: number
      readonly which: number
      readonly emoji: number
      readonly off: boolean
    }
  /** The client reads the replies so far. */
  | { readonly do: 'hear'; readonly count: number }
  | { readonly do: 'page'; readonly before: number }
  | { readonly do: 'resume'; readonly again: number }
  | { readonly do: 'gap' }

const small = fc.nat({ max: 12 })
const acts: fc.Arbitrary<readonly Act[]> = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ do: fc.constant('say' as const), who: small, which: small }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('edit' as const, 'erase' as const), who: small, which: small }),
    },
    {
      weight: 6,
      arbitrary: fc.record({
        ...{ do: fc.constant('react' as const), who: small, which: small, emoji: small, off: fc.boolean() },
      }),
    },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('hear' as const), count: small }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('page' as const), before: small }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('resume' as const), again: fc.nat({ max: 4 }) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('gap' as const) }) },
  ),
  { maxLength: 80, size: 'max' },
)

function play(all: readonly Act[]) {
  const at = server()
  let chat = entered()
  let heard = 0
  let asked = 0
  const pick = (which: number): number => [...at.history.keys()].at(-1 - (which % Math.max(1, at.history.size))) ?? 0
  const hear = (count: number): void => {
    for (const event of at.events.slice(heard, heard + count)) chat = tell(chat, event)
    heard = Math.min(at.events.length, heard + count)
  }
  const page = (before: number): void => {
    // The answer comes after all that the server has sent before it.
    hear(at.events.length)
    const messages = [...at.history.values()].filter(({ seq }) => seq < before).slice(-5)
    chat = tell(chat, {
      type: 'history',
      n: 1,
      seq: at.seq(),
      room: 'lobby',
      messages: messages.map(at.wire),
      more: true,
    })
  }
  /** As the store asks for stale messages. */
  const refresh = (): void => {
    for (let seqs = staleHere(chat); seqs && seqs.length > 0; seqs = staleHere(chat)) {
      asked += 1
      chat = evolveChat(chat, { type: 'looking', id: asked, seqs })
      const messages = seqs.flatMap(seq => at.history.get(seq) ?? []).map(at.wire)
      const reply: Reply = { type: 'messages', n: asked, seq: at.seq(), messages }
      chat = evolveChat(chat, { type: 'outcome', outcome: { id: asked, is: 'done', seq: at.seq(), reply }, now: 0 })
    }
  }
  for (const act of all) {
    const { history } = at
    if (act.do === 'say' || history.size === 0) at.say(PEOPLE[('who' in act ? act.who : 0) % PEOPLE.length] ?? 'alice')
    else if (act.do === 'edit') at.edit(pick(act.which))
    else if (act.do === 'erase') at.erase(pick(act.which))
    else if (act.do === 'react')
      at.react(pick(act.which), PEOPLE[act.who % 4] ?? 'a|b', EMOJI[act.emoji % 3] ?? '👍', act.off)
    else if (act.do === 'hear') hear(act.count)
    else if (act.do === 'page') page(pick(act.before))
    else if (act.do === 'resume') {
      chat = tell(chat, welcome(at.seq(), true, false))
      // Some of it had come before.
      heard = Math.max(0, heard - act.again)
      hear(at.events.length)
    } else {
      heard = at.events.length
      chat = tell(tell(chat, welcome(at.seq(), true, true)), room)
      page(Number.MAX_SAFE_INTEGER)
      refresh()
    }
  }
  hear(at.events.length)
  return { at, chat }
}

const people = (one: { readonly reactions?: Living['reactions'] }) =>
  (one.reactions ?? []).map(({ emoji, people }) => [emoji, people.map(({ id }) => id)])

describe('[L5] the messages of a client', () => {
  test('are the server’s, after any order of live events, pages, resumes and gaps', () => {
    fc.assert(
      fc.property(acts, all => {
        const { at, chat } = play(all)
        const talk = chat.conversations.get('#lobby')
        const mine = (talk ? latestOf(talk).entries.toArray() : []).filter((one): one is Said => one.kind === 'said')
        for (const said of mine) {
          const kept = at.history.get(said.seq)
          expect([said.text, said.edited, people(said)]).toEqual([kept?.text, kept?.edited, people(kept ?? {})])
        }
      }),
      { numRuns: runs(300), seed: seedOf(19) },
    )
  })
})

const said = (seq: number, text: string, more: object = {}): Reply => ({
  ...{ type: 'said', seq, at: seq, room: 'lobby', from: 'مريم', id: 'id-m', text, ...more },
})
const looked = (chat: Chat, seq: number, messages: readonly PastMessage[]): Chat =>
  evolveChat(evolveChat(chat, { type: 'looking', id: 1, seqs: [seq] }), {
    type: 'outcome',
    outcome: { id: 1, is: 'done', seq: 9, reply: { type: 'messages', n: 1, seq: 9, messages } },
    now: 0,
  })

describe('[L5] a quotation', () => {
  const old: PastMessage = { seq: 2, at: 2, room: 'lobby', from: 'Ünal', id: 'id-u', text: '\nfirst\nsecond' }

  test('is fetched if the message is far away, and follows its edits and its deletion', () => {
    const chat = tell(entered(), said(10, 'yes', { reply: 2 }))
    expect(quotationOf(chat, 2)).toEqual({ is: 'wanted', seq: 2 })
    const here = looked(chat, 2, [old])
    const quoted = quotationOf(here, 2)
    expect(quoted.is === 'message' && quotedLine(quoted.said)).toBe('first')
    const edit: Reply = { type: 'edited', seq: 11, at: 11, room: 'lobby', target: 2, from: 'Ünal', text: 'third' }
    const edited = quotationOf(tell(here, edit), 2)
    expect(edited.is === 'message' && quotedLine(edited.said)).toBe('third')
    const gone = tell(here, { type: 'deleted', seq: 12, at: 12, room: 'lobby', target: 2, by: 'Ünal' })
    expect(quotationOf(gone, 2)).toMatchObject({ is: 'deleted', said: { text: null } })
    expect(JSON.stringify(gone)).not.toContain('first')
  })

  test('has nothing of people who are ignored, and none that the server doesn’t give', () => {
    const chat = looked(tell(entered(), said(10, 'yes', { reply: 2 })), 2, [old])
    const ignored = tell(chat, { type: 'ignored', seq: 11, at: 11, id: 'id-u', name: 'Ünal' })
    expect(quotationOf(ignored, 2)).toEqual({ is: 'ignored', seq: 2 })
    expect(quotationOf(looked(chat, 3, []), 3)).toEqual({ is: 'absent', seq: 3 })
  })
})

test('[L5] an edit whose text isn’t here leaves none of the text before', () => {
  const chat = tell(entered(), said(5, 'secret'))
  const edited = tell(chat, { type: 'edited', seq: 6, at: 6, room: 'lobby', target: 5, from: 'مريم' })
  expect(JSON.stringify(edited)).not.toContain('secret')
  expect(quotationOf(edited, 5)).toEqual({ is: 'wanted', seq: 5 })
  const here = looked(edited, 5, [{ seq: 5, at: 5, room: 'lobby', from: 'مريم', id: 'id-m', text: 'open', edited: 6 }])
  expect(quotationOf(here, 5)).toMatchObject({ is: 'message', said: { text: 'open', edited: 6 } })
})
