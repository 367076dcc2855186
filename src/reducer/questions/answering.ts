/**
 * Answering: the first answer in the journal decides an `ask`, the latest vote of a member counts in a `poll`, and the
 * first member in the journal was first in a `buzz` (docs/spec.md, QU3 to QU5).
 */
import type { Event, EventOf } from '../../model/event.ts'
import type { InputOf, SessionId } from '../../model/input.ts'
import { withArticle } from '../../model/keeping/roles.ts'
import { ANSWERS_MAX, ANSWERS_OPEN_MAX } from '../../model/limits.ts'
import { lowestAsked } from '../../model/question.ts'
import type { EndedQuestion, Question } from '../../model/state/question.ts'
import type { State } from '../../model/state.ts'
import { writingFault } from '../keeping/messages/writing.ts'
import { type Fault, fault, knownName, refuseFor } from '../keeping/refusals.ts'
import { isHost, may } from '../may.ts'
import { accountMark, keeperOf } from '../rules/lookup.ts'
import { choiceOfEmoji } from './emoji.ts'
import { concludes, endedQuestion, isEntitled, openQuestion } from './open.ts'

export function decideAnswer(state: State, input: InputOf<'answer'>): readonly Event[] {
  const { question: seq, choice, session } = input
  const question = openQuestion(state, seq)
  if (!question) return closed(state, input)
  const unfit = answerFault(state, session, question, choice)
  return unfit ? refuseFor(input, unfit) : answers(state, session, question, choice)
}

/** The member that has decided a question may say so again. */
function closed(state: State, input: InputOf<'answer'>): readonly Event[] {
  const ended = endedQuestion(state, input.question)
  const { id } = keeperOf(state, input)
  const isSame = ended?.result.outcome === 'decided' && ended.result.id === id && ended.result.choice === input.choice
  return isSame ? [] : refuseFor(input, goneFault(state, input.session, input.question))
}

/** The fault of a question that isn't open: its outcome, or that there's none that the session may know of. */
export function goneFault(state: State, session: SessionId, seq: number): Fault {
  const ended = endedQuestion(state, seq)
  const late = state.questions.get(seq)
  const room = ended?.room ?? late?.room
  if (room === undefined || !may(state, session, 'write', { room })) return fault('question-unknown', `${seq}`)
  return fault('question-closed', `${seq} ${ended ? becameText(ended) : 'has expired'}`)
}

function becameText({ result, choices }: EndedQuestion): string {
  const label = choices[result.choice ?? -1]
  const by = result.by === undefined ? '' : ` by ${result.by}`
  switch (result.outcome) {
    case 'decided':
      return `was answered already${by}${label === undefined ? '' : `: ${label}`}`
    case 'expired':
      return 'has expired'
    case 'withdrawn':
      return `was withdrawn${by}`
    case 'ended':
      return 'has ended'
    case 'deleted':
      return 'was deleted'
  }
}

/** Null: this answer counts. The waits between messages don't hold for answers. */
function answerFault(state: State, session: SessionId, question: Question, choice: number | undefined): Fault | null {
  const { room, kind, choices, seq } = question
  if (!may(state, session, 'write', { room })) return fault('question-unknown', `${seq}`)
  const { id } = keeperOf(state, { session })
  const unfit = isHost(session) ? null : writingFault(state, session, id, room)
  if (unfit && !WAITS.has(unfit.code)) return unfit
  if (!isEntitled(state, question, id)) return fault('not-entitled', entitledText(state, question))
  if (kind !== 'buzz' && (choice === undefined || choices[choice] === undefined)) {
    return fault('choice-unknown', choices.join(', '))
  }
  if (question.answers.has(id)) return null
  if (question.answers.size >= ANSWERS_MAX) return fault('answers-full', `Question ${seq} has ${ANSWERS_MAX} answers`)
  const all = state.questions.reduce((sum, one) => sum + one.answers.size, 0)
  return all >= ANSWERS_OPEN_MAX ? fault('answers-full', `The open questions have ${all} answers`) : null
}

const WAITS: ReadonlySet<Fault['code']> = new Set(['slowed', 'too-new'])

/** The addressee of a question: `an operator of #ops or above`. */
export function entitledText(state: State, { to, room }: Pick<Question, 'to' | 'room'>): string {
  if (to === undefined) return `those in #${room}`
  if ('id' in to) return knownName(state, to.id) ?? to.name
  if (to.role === 'account') return 'people with an account'
  const place = to.role === 'administrator' ? '' : ` of #${room}`
  return `${withArticle(lowestAsked(to.role))}${place} or above`
}

/** The events of an answer that counts. One that says nothing new is none. */
function answers(
  state: State,
  session: SessionId,
  question: Question,
  chosen: number | undefined,
): readonly EventOf<'answered' | 'concluded'>[] {
  const { room, seq: target, kind, choices } = question
  const { id: member, name: by } = keeperOf(state, { session })
  const before = question.answers.get(member)
  const choice = kind === 'buzz' ? undefined : chosen
  if (before && before.choice === choice) return []
  const place = before?.place ?? question.answers.size + 1
  const label = choices[choice ?? -1]
  const counts = question.counts.map((count, at) => count + Number(at === choice) - Number(at === before?.choice))
  const answered: EventOf<'answered'> = {
    ...{ type: 'answered', room, target, kind, by, member, ...accountMark(state, member) },
    ...(choice !== undefined && { choice }),
    ...(label !== undefined && { label }),
    place,
    ...(kind !== 'poll' && place === 1 && { first: true }),
    ...(kind === 'poll' && { counts }),
  }
  if (kind !== 'ask' || choice === undefined) return [answered]
  return [answered, concludes(question, 'decided', { choice, by, id: member })]
}

/** A message whose text is a choice answers besides, unless it can't (by now). */
export function answersBySaying(state: State, input: InputOf<'say' | 'post'>): readonly Event[] {
  const { answers: said, session } = input
  return state.format < 9 || said === undefined ? [] : tries(state, session, said.question, said.choice)
}

/** A reaction to an open question answers besides: by the number of the place, by a thumb, or anyhow to a buzz. */
export function answersByReaction(state: State, input: InputOf<'react'>): readonly Event[] {
  const question = input.off ? undefined : openQuestion(state, input.target)
  if (!question) return []
  const choice = question.kind === 'buzz' ? undefined : choiceOfEmoji(input.emoji, question.choices.length)
  return question.kind !== 'buzz' && choice === undefined ? [] : tries(state, input.session, question.seq, choice)
}

function tries(state: State, session: SessionId, seq: number, choice: number | undefined): readonly Event[] {
  const question = openQuestion(state, seq)
  if (!question || answerFault(state, session, question, choice)) return []
  return answers(state, session, question, choice)
}
