/** Questions without their labels and names, for the same bug report: the labels are a member's words. */
import type { Ask, Body, InputOf } from '../model/input.ts'
import type { Entitled } from '../model/question.ts'
import type { AskKey, EndedQuestion, Question } from '../model/state/question.ts'
import type { State } from '../model/state.ts'
import { blank, type Pseudonyms } from './pseudonyms.ts'

type Asking = Pick<InputOf<'say'>, 'ask' | 'answers'>

export const redactedAsking = (by: Pseudonyms, { ask, answers }: Asking): Asking => ({
  ...(ask && { ask: redactedAsk(by, ask) }),
  ...(answers && { answers: { ...answers } }),
})

function redactedAsk(by: Pseudonyms, { kind, choices, to, ms, key }: Ask): Ask {
  return {
    ...{ kind, choices: choices.map(blank) },
    ...(to && { to: redactedTo(by, to) }),
    ms,
    ...(key && { key: redactedKey(by, key) }),
  }
}

const redactedTo = (by: Pseudonyms, to: Entitled): Entitled =>
  'role' in to ? { role: to.role } : { id: to.id, name: by.author(to.name) }

const redactedKey = (by: Pseudonyms, { hash, print }: AskKey): AskKey => ({
  hash: by.token(hash),
  print: by.token(print),
})

export function redactedAnswer(by: Pseudonyms, body: Extract<Body, { type: 'answer' | 'close' | 'hand' }>): Body {
  switch (body.type) {
    case 'answer': {
      const { type, question, choice } = body
      return { type, question, ...(choice !== undefined && { choice }) }
    }
    case 'close':
      return { type: body.type, question: body.question }
    case 'hand':
      return { type: body.type, room: by.room(body.room), act: body.act }
  }
}

type Questions = Pick<State, 'questions' | 'ended' | 'askKeys'>

export const redactedQuestions = (by: Pseudonyms, { questions, ended, askKeys }: Questions): Questions => ({
  questions: questions.map(one => redactedQuestion(by, one)),
  ended: ended.map(one => redactedEnd(by, one)),
  askKeys: askKeys.mapKeys(hash => by.token(hash)),
})

function redactedQuestion<Q extends Question>(by: Pseudonyms, question: Q): Q {
  const { room, from, choices, to, key, answers } = question
  return {
    ...question,
    ...{ room: by.room(room), from: by.author(from), choices: choices.map(blank) },
    ...(to && { to: redactedTo(by, to) }),
    ...(key && { key: redactedKey(by, key) }),
    answers: answers.map(answer => ({ ...answer, name: by.author(answer.name) })),
  }
}

function redactedEnd(by: Pseudonyms, one: EndedQuestion): EndedQuestion {
  const { result } = one
  return {
    ...redactedQuestion(by, one),
    result: {
      ...result,
      ...(result.by !== undefined && { by: by.author(result.by) }),
      ...(result.order && { order: result.order.map(({ id, name }) => ({ id, name: by.author(name) })) }),
    },
  }
}
