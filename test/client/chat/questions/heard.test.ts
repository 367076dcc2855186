/** A chat's knowledge of questions: each answer and each end once, in any order in which it hears of them. */
import { describe, expect, test } from 'vitest'
import { hearQuestions, noQuestions, openIn, type Questions } from '../../../../src/client/chat/questions/heard.ts'
import type { Reply, ReplyQuestion } from '../../../../src/codec/native/reply.ts'
import { QUESTIONS_HEARD_MAX } from '../../../../src/model/limits.ts'

const ASK = { kind: 'poll', choices: ['はい', 'no'], until: 9_000_000 } as const

const said = (seq: number, ask: object = ASK): Reply =>
  ({ type: 'said', seq, at: seq, room: 'lobby', from: 'José', id: 'm-1', text: 'Lunch?', ask }) as Reply

const answered = (seq: number, id: string, choice: number, place: number, counts: readonly number[]): Reply => ({
  ...{ type: 'answered', seq, at: seq, room: 'lobby', target: 7, kind: 'poll', by: id, id, choice, place, counts },
})

const concluded = (seq: number, more: object = {}): Reply =>
  ({
    ...{ type: 'concluded', seq, at: seq, room: 'lobby', target: 7, kind: 'poll', choices: ASK.choices, asker: 'José' },
    ...{ outcome: 'ended', counts: [1, 1], ...more },
  }) as Reply

const heard = (...replies: readonly Reply[]): Questions => replies.reduce(hearQuestions, noQuestions)

test('votes are counted, the latest of each, whether they are heard once or twice', () => {
  const votes = [
    answered(8, '田中', 0, 1, [1, 0]),
    answered(9, 'a|b', 0, 2, [2, 0]),
    answered(10, '田中', 1, 2, [1, 1]),
  ]
  const all = heard(said(7), ...votes, ...votes)
  expect(all.get(7)).toMatchObject({ total: 2, counts: [1, 1], result: null })
  expect(all.get(7)?.answers).toEqual([
    { id: '田中', name: '田中', choice: 1 },
    { id: 'a|b', name: 'a|b', choice: 0 },
  ])
})

test('a listed question that has ended names the one who decided it, and keeps its asker', () => {
  const listed: ReplyQuestion = {
    ...{ seq: 7, at: 7, room: 'lobby', from: 'José', id: 'm-1', ...ASK, answers: [], total: 0 },
    ...{ state: 'decided', outcome: 'decided', choice: 0, by: '田中', byId: 'm-2' },
  }
  const all = heard({ type: 'questions', seq: 9, room: 'lobby', open: [], hands: [], question: listed })
  expect(all.get(7)).toMatchObject({ id: 'm-1', result: { outcome: 'decided', choice: 0, by: '田中', id: 'm-2' } })
})

test('[G28] an end is final', () => {
  const all = heard(said(7), concluded(9), answered(10, 'a|b', 0, 1, [9, 9]), concluded(11, { outcome: 'deleted' }))
  expect(all.get(7)).toMatchObject({ result: { outcome: 'ended', counts: [1, 1] } })
  expect(openIn(all, 'lobby')).toEqual([])
})

test('[G28] a page of the past says what a question became, and nothing new of an open one', () => {
  const page = (ask: object): Reply => ({
    ...{ type: 'history', seq: 20, room: 'lobby', more: false },
    messages: [{ seq: 7, at: 7, room: 'lobby', from: 'José', id: 'm-1', text: 'Lunch?', ask } as never],
  })
  const before = heard(said(7), answered(8, '田中', 0, 1, [1, 0]))
  expect(hearQuestions(before, page(ASK))).toBe(before)
  const ended = hearQuestions(before, page({ ...ASK, outcome: 'ended', counts: [3, 4] }))
  expect(ended.get(7)).toMatchObject({ result: { outcome: 'ended' }, counts: [3, 4] })
  expect(heard(page({ ...ASK, to: 'operator' })).get(7)).toMatchObject({ to: { role: 'operator' }, result: null })
})

test('the list of a room replaces what was thought to be open there', () => {
  const list = (open: readonly object[]): Reply =>
    ({ type: 'questions', seq: 30, room: 'lobby', open, hands: [] }) as never
  const one = { ...ASK, seq: 9, at: 9, room: 'lobby', from: 'a|b', id: 'm-3', answers: [], total: 0, state: 'open' }
  const all = hearQuestions(heard(said(7), said(31)), list([{ ...one, counts: [0, 0] }]))
  expect(openIn(all, 'lobby').map(({ seq }) => seq)).toEqual([9, 31])
})

describe('gone', () => {
  test('with its message', () => {
    const deleted: Reply = { type: 'deleted', seq: 8, at: 8, room: 'lobby', target: 7, by: 'José' }
    expect(heard(said(7), deleted).size).toBe(0)
  })

  test('are the oldest that have ended, if there are too many', () => {
    let all = heard(said(1))
    for (let seq = 2; seq <= QUESTIONS_HEARD_MAX + 2; seq++)
      all = hearQuestions(all, said(seq, { ...ASK, outcome: 'ended' }))
    expect(all.size).toBe(QUESTIONS_HEARD_MAX)
    expect([all.has(1), all.has(2), all.has(3), all.has(4)]).toEqual([true, false, false, true])
  })
})
