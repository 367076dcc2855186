/** The open questions that wait for this member: it may answer them, and hasn't. Pure. */
import { roomOf, type Where } from '../place.ts'
import type { Chat } from '../state.ts'
import { whyNot } from './entitled.ts'
import { openIn } from './heard.ts'
import type { Question } from './question.ts'

/** The oldest first. One's own are answered by others. */
export function waitingFor(chat: Pick<Chat, 'questions' | 'view' | 'pending'>, where: Where): readonly Question[] {
  const { questions, view, pending } = chat
  const isDone = ({ seq, id, answers }: Question): boolean =>
    id === view.member ||
    answers.some(one => one.id === view.member) ||
    pending.some(({ asked }) => asked.type === 'answer' && asked.seq === seq)
  return openIn(questions, roomOf(where)).filter(one => !isDone(one) && whyNot(view, one) === null)
}
