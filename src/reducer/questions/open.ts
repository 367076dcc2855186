/** Questions in the state: those that are open, and for a while those that have ended (docs/spec.md, QU1). */

import { OrderedMap } from 'immutable'
import type { Event, EventOf } from '../../model/event.ts'
import type { MemberId } from '../../model/ids.ts'
import { isAbove } from '../../model/keeping/roles.ts'
import { ANSWERS_SHOWN, QUESTION_KEPT_MS, QUESTIONS_KEPT_MAX } from '../../model/limits.ts'
import { type Answer, lowestAsked, type Outcome, type Result, resultOf } from '../../model/question.ts'
import type { EndedQuestion, Question } from '../../model/state/question.ts'
import type { State } from '../../model/state.ts'
import { endOf, withEnd, withoutEnd } from '../keeping/ends.ts'
import { roleOf } from '../may.ts'

export const questionKey = (seq: number): string => `question:${seq}`

/** When an open question ends by itself, milliseconds since the epoch. */
export const untilOf = (state: State, { seq }: Question): number => endOf(state, questionKey(seq)) ?? state.at

/** An open question whose time isn't over. A tick says later that it is. */
export function openQuestion(state: State, seq: number): Question | undefined {
  const question = state.questions.get(seq)
  return question && untilOf(state, question) > state.at ? question : undefined
}

/** The open questions of a room, the oldest first. */
export const questionsIn = ({ questions }: State, room: string): readonly Question[] =>
  questions.isEmpty()
    ? NONE
    : questions
        .toList()
        .filter(one => one.room === room)
        .toArray()

const NONE: readonly Question[] = []

/** One that has ended and whose time of being kept isn't over. */
export function endedQuestion({ ended, at }: State, seq: number): EndedQuestion | undefined {
  const question = ended.get(seq)
  return question && question.ended + QUESTION_KEPT_MS > at ? question : undefined
}

/** Whether the question is put to the member, token or host. It has to be in the room besides. */
export function isEntitled(state: State, { to, room }: Pick<Question, 'to' | 'room'>, id: MemberId): boolean {
  if (to === undefined) return true
  return 'id' in to ? to.id === id : !isAbove(lowestAsked(to.role), roleOf(state, id, room))
}

/** It ends. `how`: the other fields of the result. */
export function concludes(
  question: Question,
  outcome: Outcome,
  how: Pick<Result, 'choice' | 'by' | 'id'> = {},
): EventOf<'concluded'> {
  const { seq: target, room, kind, choices, from: asker, counts, answers } = question
  const isBuzz = kind === 'buzz'
  const order = [...answers.values()].slice(0, ANSWERS_SHOWN).map(({ id, name }) => ({ id, name }))
  return {
    ...{ type: 'concluded', room, target, kind, choices: outcome === 'deleted' ? [] : choices, asker, outcome },
    ...how,
    ...(kind === 'poll' && { counts }),
    ...(isBuzz && { order }),
  }
}

/** Its time is over. */
export const isOver = (question: Question): EventOf<'concluded'> =>
  concludes(question, question.kind === 'ask' ? 'expired' : 'ended')

/** Its message is gone, and its question with it. */
export function endsWithMessage(state: State, target: number): readonly EventOf<'concluded'>[] {
  const question = state.questions.get(target)
  return question ? [concludes(question, 'deleted')] : []
}

/** Their messages aren't kept any more, and neither are their choices. */
export const forgetsQuestions = (state: State, isGone: (message: number) => boolean): readonly Event[] => [
  ...[...state.questions.values()].filter(({ seq }) => isGone(seq)).map(question => concludes(question, 'deleted')),
  ...[...state.ended.values()]
    .filter(({ seq, choices }) => isGone(seq) && choices.length > 0)
    .map(({ seq }) => ({ type: 'question-forgotten', question: seq }) as const),
]

/** Whether the message asks, as far as the state remembers. */
export const isQuestion = ({ questions, ended }: State, target: number): boolean =>
  questions.has(target) || ended.has(target)

/** A message that asks. */
export function withAsked(state: State, { room, author, from, ask, key }: EventOf<'said'>): State {
  if (!ask) return state
  const { kind, choices, to, until } = ask
  const question: Question = {
    ...{ seq: state.seq, at: state.at, room, asker: author, from, kind, choices },
    ...(to && { to }),
    ...(key && { key }),
    counts: choices.map(() => 0),
    answers: OrderedMap<MemberId, Answer>(),
  }
  return {
    ...withEnd(state, questionKey(state.seq), until),
    questions: state.questions.set(state.seq, question),
    askKeys: key ? state.askKeys.set(key.hash, state.seq) : state.askKeys,
  }
}

export function withAnswer(state: State, event: EventOf<'answered'>): State {
  const question = state.questions.get(event.target)
  if (!question) return state
  const { member: id, by: name, choice, place } = event
  const before = question.answers.get(id)?.choice
  const answer: Answer = { id, name, ...(choice !== undefined && { choice }), place, seq: state.seq, at: state.at }
  const counts = question.counts.map((count, at) => count + Number(at === choice) - Number(at === before))
  const answers = question.answers.set(id, answer)
  return { ...state, questions: state.questions.set(question.seq, { ...question, counts, answers }) }
}

/** The ones that ended first are dropped to make room, and so are those whose time is over. */
export function withConcluded(state: State, event: EventOf<'concluded'>): State {
  const question = state.questions.get(event.target)
  if (!question) return state
  const ended: EndedQuestion = {
    ...{ ...question, choices: event.choices, answers: question.answers.take(ANSWERS_SHOWN) },
    ...{ result: resultOf(event), ended: state.at, total: question.answers.size },
  }
  const closed = {
    ...withoutEnd(state, questionKey(question.seq)),
    questions: state.questions.delete(question.seq),
    ended: state.ended.set(question.seq, ended),
  }
  return withoutOldest(closed)
}

function withoutOldest(state: State): State {
  const surplus = state.ended.size - QUESTIONS_KEPT_MAX
  const over = [...state.ended.values()].filter((one, k) => k < surplus || one.ended + QUESTION_KEPT_MS <= state.at)
  return over.reduce(forgotten, state)
}

/** Its key may be that of another question by now. */
function forgotten(state: State, { seq, key }: EndedQuestion): State {
  const isKeyed = key !== undefined && state.askKeys.get(key.hash) === seq
  return { ...state, ended: state.ended.delete(seq), askKeys: isKeyed ? state.askKeys.delete(key.hash) : state.askKeys }
}

/** The message is deleted: its choices are dropped. Its outcome stays, for repeats of its key. */
export function withoutLabels(state: State, target: number): State {
  const ended = state.ended.get(target)
  return ended && ended.choices.length > 0
    ? { ...state, ended: state.ended.set(target, { ...ended, choices: [] }) }
    : state
}
