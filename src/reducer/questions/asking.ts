/** Asking: a message that asks opens a question. The same key asks once, over kills of the asker and of the server (docs/spec.md, QU2). */
import type { Event, EventOf } from '../../model/event.ts'
import type { Ask, InputOf } from '../../model/input.ts'
import {
  QUESTION_MAX_MS,
  QUESTIONS_MAX,
  QUESTIONS_OF_GUESTS_MAX,
  QUESTIONS_OF_GUESTS_PER_ROOM,
  QUESTIONS_PER_ASKER,
  QUESTIONS_PER_ASKER_IN_ROOM,
  QUESTIONS_PER_GUEST,
  QUESTIONS_PER_ROOM,
} from '../../model/limits.ts'
import type { State } from '../../model/state.ts'
import { noteFault } from '../keeping/messages/writing.ts'
import { type Fault, fault } from '../keeping/refusals.ts'
import { isGuest } from '../may.ts'
import { keeperOf } from '../rules/lookup.ts'
import { concludes, endedQuestion, questionsIn } from './open.ts'

type Saying = InputOf<'say' | 'post'>

/** Before format 9, such a message is one like any other. */
export const askIn = ({ format }: State, { ask }: Saying): Ask | undefined => (format >= 9 ? ask : undefined)

/** The question that was asked under the same key. */
export function askedBefore(
  state: State,
  { key }: Ask,
): { readonly seq: number; readonly at: number; readonly print: string } | undefined {
  const seq = key && state.askKeys.get(key.hash)
  const known = seq === undefined ? undefined : (state.questions.get(seq) ?? endedQuestion(state, seq))
  return known?.key && { seq: known.seq, at: known.at, print: known.key.print }
}

/** A filter that would hold the question refuses it: nobody could answer it meanwhile. */
export function askFault(state: State, input: Saying, ask: Ask): Fault | null {
  const { session, room, filters } = input
  const filtered = noteFault(state, session, [room], filters)
  if (filtered) return filtered
  const inRoom = questionsIn(state, room).filter(one => ask.kind !== 'buzz' || one.kind !== 'buzz')
  if (inRoom.length >= QUESTIONS_PER_ROOM)
    return fault('too-many-questions', `${QUESTIONS_PER_ROOM} questions are open in #${room}`)
  const { id } = keeperOf(state, input)
  if (inRoom.filter(({ asker }) => asker === id).length >= QUESTIONS_PER_ASKER_IN_ROOM) {
    return fault('too-many-questions', `${QUESTIONS_PER_ASKER_IN_ROOM} questions of yours are open in #${room}`)
  }
  if (isGuest(state, id) && inRoom.filter(of => isGuest(state, of.asker)).length >= QUESTIONS_OF_GUESTS_PER_ROOM) {
    return fault('guests-full', `${QUESTIONS_OF_GUESTS_PER_ROOM} questions of guests are open in #${room}`)
  }
  const most = isGuest(state, id) ? QUESTIONS_PER_GUEST : QUESTIONS_PER_ASKER
  if (state.questions.count(({ asker }) => asker === id) >= most) {
    return fault('too-many-questions', `${most} questions of yours are open`)
  }
  const ofGuests = isGuest(state, id) ? state.questions.count(({ asker }) => isGuest(state, asker)) : 0
  if (ofGuests >= QUESTIONS_OF_GUESTS_MAX) {
    return fault('guests-full', `${QUESTIONS_OF_GUESTS_MAX} questions of guests are open`)
  }
  return state.questions.size >= QUESTIONS_MAX
    ? fault('too-many-questions', `${QUESTIONS_MAX} questions are open on this server`)
    : null
}

/** The question in the event of the message. */
export function askedIn(state: State, ask: Ask): Pick<EventOf<'said'>, 'ask' | 'key'> {
  const { kind, choices, to, ms, key } = ask
  const until = state.at + Math.min(ms, QUESTION_MAX_MS)
  return { ask: { kind, choices: kind === 'buzz' ? [] : choices, ...(to && { to }), until }, ...(key && { key }) }
}

/** A room has one round of buzzing at a time. */
export const endsRound = (state: State, room: string, { kind }: Ask): readonly Event[] =>
  kind === 'buzz'
    ? questionsIn(state, room)
        .filter(one => one.kind === 'buzz')
        .map(one => concludes(one, 'ended'))
    : []

/** The number of the question that a command has asked, now or before. */
export function questionAsked(state: State, input: { readonly type: string }): { readonly question?: number } {
  const ask = input.type === 'say' ? askIn(state, input as Saying) : undefined
  return ask ? { question: askedBefore(state, ask)?.seq ?? state.seq } : {}
}
