/** Answers about the questions of a room: those that are open, and the one that is asked about. */
import type { ListedQuestion, Outgoing } from '../../../codec/codec.ts'
import type { Query } from '../../../model/command.ts'
import { ANSWERS_SHOWN } from '../../../model/limits.ts'
import type { EndedQuestion, Question } from '../../../model/state/question.ts'
import type { State } from '../../../model/state.ts'
import type { History } from '../../../port/history.ts'
import { may } from '../../../reducer/may.ts'
import { endedQuestion, isEntitled, openQuestion, questionsIn, untilOf } from '../../../reducer/questions/open.ts'
import { inRoom, type QueryContext, rejected } from './query-context.ts'

/** Throws if the history is damaged. */
export function answerQuestions(
  { room: raw, seq, only }: Extract<Query, { type: 'questions' }>,
  asking: QueryContext,
): Outgoing {
  const { state, history, session, n, at } = asking
  return inRoom<Outgoing>(raw, asking, room => {
    if (!may(state, session, 'read', { room })) return rejected(asking, 'not-in-room', room)
    const question = seq === undefined ? null : questionOf(state, history, room, seq)
    if (seq !== undefined && !question) return rejected(asking, 'question-unknown', `${seq}`)
    return {
      ...{ type: 'questions', seq: state.seq, at, n, room, open: openIn(state, history, room) },
      ...{ hands: state.rooms.get(room)?.hands ?? [], ...(question && { question }), ...(only && { only }) },
    }
  })
}

/** The open questions of a room, the oldest first. */
export const openIn = (state: State, history: History, room: string): readonly ListedQuestion[] =>
  questionsIn(state, room)
    .filter(({ seq }) => openQuestion(state, seq))
    .map(one => listed(state, history, one))

/** A question of this room, open or ended; null: there is none, or it isn't kept any more. */
export function questionOf(state: State, history: History, room: string, seq: number): ListedQuestion | null {
  const open = openQuestion(state, seq)
  const found = open ?? endedQuestion(state, seq)
  if (found?.room !== room) return null
  return { ...listed(state, history, found), ...(open && isForNobody(state, open) && ({ nobody: true } as const)) }
}

/** Nobody but the asker is in the room and may answer. A token is never in a room. */
const isForNobody = (state: State, question: Question): boolean =>
  !(question.to && 'id' in question.to && state.grants.has(question.to.id)) &&
  !state.rooms.get(question.room)?.members.some(({ id }) => id !== question.asker && isEntitled(state, question, id))

function listed(state: State, history: History, question: Question | EndedQuestion): ListedQuestion {
  const { seq, at, room, from, asker: id, kind, choices, to, counts, answers } = question
  const result = 'result' in question ? question.result : null
  return {
    ...{ seq, at, room, from, id, text: history.find(seq)?.text ?? null, kind, choices },
    ...(to && { to }),
    until: 'ended' in question ? question.ended : untilOf(state, question),
    counts,
    answers: [...answers.values()].slice(0, ANSWERS_SHOWN),
    total: 'total' in question ? question.total : answers.size,
    ...(result && { result }),
  }
}
