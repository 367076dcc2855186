/** Questions, polls, buzzes and hands on the terminal: how they look, and the keys that answer (docs/spec.md, U16). */
import { describe, expect, test } from 'vitest'
import { evolveChat } from '../../src/client/chat/chat.ts'
import { type Chat, newChat } from '../../src/client/chat/state.ts'
import type { Reply } from '../../src/codec/native/reply.ts'
import type { Result } from '../../src/model/question.ts'
import { BARE } from '../../src/tui/chat/drawing/entry/around.ts'
import { chatFrame } from '../../src/tui/chat/drawing/frame.ts'
import { press } from '../../src/tui/chat/press.ts'
import { selectNext } from '../../src/tui/chat/selected/selection.ts'
import { newUi } from '../../src/tui/chat/ui.ts'
import { lineWidest, plain } from '../../src/tui/text/line.ts'
import { FACE } from '../helpers/arbitrary-chats.ts'

const ME = { id: 'm-ann', name: 'ann' }
const UNTIL = 600_000

const hear = (chat: Chat, ...replies: readonly Reply[]): Chat =>
  replies.reduce((at, reply) => evolveChat(at, { type: 'spoken', spoken: { reply, replayed: false }, now: 0 }), chat)

/** Somebody's chat in the lobby. */
const entered = (): Chat =>
  hear(
    newChat('ann', 'lobby', 0),
    {
      ...{
        type: 'welcome',
        seq: 1,
        at: 0,
        name: 'ann',
        id: ME.id,
        session: 's',
        epoch: 'e',
        resumed: false,
        gap: false,
      },
      ...{ grace: 0, rate: null },
    },
    {
      type: 'room',
      seq: 1,
      at: 0,
      room: 'lobby',
      topic: null,
      members: [
        { ...ME, since: 0 },
        { id: 'm-2', name: '田中', since: 0 },
      ],
    },
  )

const said = (seq: number, text: string, ask: object): Reply =>
  ({
    ...{ type: 'said', seq, at: 0, room: 'lobby', from: '田中', id: 'm-2', text },
    ask: { until: UNTIL, ...ask },
  }) as Reply

const POLL = said(5, 'Lunch? (soup / 寿司)', { kind: 'poll', choices: ['soup', '寿司'] })
const ASK = said(6, 'Deploy 2.1? (はい / no)', { kind: 'ask', choices: ['はい', 'no'] })
const BUZZ = said(7, 'Who knows? (buzz)', { kind: 'buzz', choices: [] })

const answered = (seq: number, target: number, by: string, more: object): Reply =>
  ({ type: 'answered', seq, at: 0, room: 'lobby', target, by, id: `m-${by}`, ...more }) as Reply

const WIDE = { columns: 70, rows: 20 }

const lines = (chat: Chat, size = WIDE): readonly string[] =>
  chatFrame(chat, newUi('#lobby'), size, FACE, 0, { ...BARE, now: () => 0 }).lines.map(line => plain(line).trimEnd())
const screen = (chat: Chat, size = WIDE): string => lines(chat, size).join('\n')

describe('[U16] below its message', () => {
  test('a question has its choices with the keys that answer, without a list of them in its text', () => {
    const text = screen(hear(entered(), ASK))
    expect(text).toMatch(/田中 Deploy 2\.1\?\n +1 はい {2}2 no\n +the first answer decides, 10 min left/)
  })

  test('a poll has a bar for each choice, one’s own marked without a colour', () => {
    const votes = [
      answered(8, 5, 'ann', { kind: 'poll', choice: 1, place: 1, counts: [0, 1] }),
      answered(9, 5, 'José', { kind: 'poll', choice: 0, place: 2, counts: [1, 1] }),
    ]
    expect(screen(hear(entered(), POLL, ...votes))).toMatch(
      /1 soup █████░░░░░ 1\n +2 寿司 █████░░░░░ 1 •\n +2 votes, 10 min left/,
    )
  })

  test.each([
    [40, '1 soup ░░░░░░░░░░ 0', /2 noodles with everything and\n +more ░{10} 0\n/],
    [70, `1 ${'soup'.padEnd(32)} ░░░░░░░░░░ 0`, /2 noodles with everything and more ░{10} 0\n/],
  ])(
    '[U2] at %i columns, the bars of short choices stand behind them, whatever a long one does',
    (columns, short, long) => {
      const choices = ['soup', 'noodles with everything and more']
      const poll = said(5, 'Lunch?', { kind: 'poll', choices })
      const text = screen(hear(entered(), poll), { columns, rows: 20 })
      expect(text).toContain(short)
      expect(text).toMatch(long)
    },
  )

  test('a buzz has the order', () => {
    const buzz = answered(8, 7, 'José', { kind: 'buzz', place: 1, first: true })
    expect(screen(hear(entered(), BUZZ, buzz))).toMatch(/Who knows\?\n +1\. José\n +1 buzz {2}1 buzzed, 10 min left/)
  })

  test('is what it became', () => {
    const end = (result: Result): Reply => ({
      ...{ type: 'concluded', seq: 9, at: 0, room: 'lobby', target: 6, kind: 'ask', choices: ['はい', 'no'] },
      ...{ asker: '田中', ...result },
    })
    const decided = end({ outcome: 'decided', choice: 1, by: 'a|b', id: 'm-3' })
    expect(screen(hear(entered(), ASK, decided))).toMatch(/\n +はい {2}no ✓\n +a\|b answered no\n/)
    expect(screen(hear(entered(), ASK, end({ outcome: 'expired' })))).toContain('nobody answered in time')
  })

  test('is why one cannot answer', () => {
    const other = said(6, 'Deploy?', { kind: 'ask', choices: ['a', 'b'], to: { id: 'm-9', name: 'a|b' } })
    expect(screen(hear(entered(), other))).toContain('Only a|b can answer, 10 min left')
  })

  test('[U2] fits into 20 by 5', () => {
    const chat = hear(entered(), POLL, ASK, BUZZ)
    const { lines } = chatFrame(chat, newUi('#lobby'), { columns: 20, rows: 5 }, FACE, 0, BARE)
    expect(lines).toHaveLength(5)
    for (const line of lines) expect(lineWidest(line)).toBeLessThanOrEqual(20)
  })
})

describe('[U16] while its message is selected', () => {
  const seen = (chat: Chat) => ({ chat, size: WIDE, face: FACE, from: { ...BARE, now: () => 0 } })
  const pressed = (chat: Chat, key: string) => {
    const ui = { ...newUi('#lobby'), selected: selectNext(chat, null, -1) }
    return press(ui, { type: 'text', text: key }, seen(chat))[1]
  }

  test('a digit answers, a higher one does nothing', () => {
    const chat = hear(entered(), ASK)
    expect(pressed(chat, '2')).toEqual([{ type: 'answer-question', seq: 6, choice: 1 }])
    expect(pressed(chat, '3')).toEqual([])
    expect(pressed(hear(entered(), BUZZ), '1')).toEqual([{ type: 'answer-question', seq: 7 }])
  })

  test('nothing answers one that is for somebody else, or has ended', () => {
    const other = said(6, 'Deploy?', { kind: 'ask', choices: ['a', 'b'], to: 'operator' })
    const ended = said(6, 'Deploy?', { kind: 'ask', choices: ['a', 'b'], outcome: 'expired' })
    for (const one of [other, ended]) expect(pressed(hear(entered(), one), '1')).toEqual([])
  })

  test('x closes one’s own', () => {
    const own = { ...said(6, 'Deploy?', { kind: 'ask', choices: ['a', 'b'] }), ...{ from: 'ann', id: ME.id } } as Reply
    expect(pressed(hear(entered(), own), 'x')).toEqual([{ type: 'close-question', seq: 6 }])
    expect(pressed(hear(entered(), ASK), 'x')).toEqual([])
  })
})

test('[U16] hands are in the header, and a question that waits is below the messages', () => {
  const hands: Reply = {
    ...{
      type: 'hands',
      seq: 8,
      at: 0,
      room: 'lobby',
      change: 'raised',
      by: 'ann',
      id: ME.id,
      who: 'ann',
      whoId: ME.id,
    },
    hands: [{ id: 'm-2', name: '田中' }, ME, { id: 'm-3', name: 'José' }],
  }
  const all = lines(hear(entered(), ASK, hands))
  expect(all[0]).toContain('hands: 田中, ann +1')
  expect(all.at(-2)).toContain('/answer 6 or Alt-m: a question waits')
  const done = hear(entered(), ASK, answered(9, 6, 'ann', { kind: 'ask', choice: 0, place: 1, first: true }))
  expect(screen(done)).not.toContain('waits')
})

test('[U16] [U2] at 40 columns the line above the input has the number that one needs to answer', () => {
  const other = { ...ASK, seq: 123_456 } as Reply
  const narrow = { columns: 40, rows: 12 }
  expect(lines(hear(entered(), other), narrow).at(-2)).toContain('/answer 123456 ')
  expect(lines(hear(entered(), other, POLL), narrow).at(-2)).toContain('/answer 5 ')
})
