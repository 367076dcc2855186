/** The question that an answer is for, and the choice that its word means. All inputs before are settled. */
import type { MessageCommand } from '../../../model/command.ts'
import type { Body, SessionId } from '../../../model/input.ts'
import { CHOICE_MAX_BYTES } from '../../../model/limits.ts'
import { choiceOfWord } from '../../../model/question.ts'
import type { Question } from '../../../model/state/question.ts'
import type { State } from '../../../model/state.ts'
import { may } from '../../../reducer/may.ts'
import { goneFault } from '../../../reducer/questions/answering.ts'
import { endedQuestion, isEntitled, openQuestion, questionsIn } from '../../../reducer/questions/open.ts'
import { actorIdOf } from '../targets/message.ts'
import { passed, type Refused, refused, type Vetted, vetRoom } from '../vetting/vetted.ts'

type Asking = { readonly state: State; readonly session: SessionId }
type Answering = Extract<MessageCommand, { type: 'answer' }>
type Choice = Pick<Answering, 'choice' | 'word'>

/** The reducer checks the right again, and answers a repeat with success. */
export function answering(command: Answering, asking: Asking): Vetted | Refused {
  const { state, session } = asking
  const found = command.seq === null ? oneOpen(command, asking) : numbered(state, command.seq)
  if (found && 'code' in found) return found
  if (!found || wasDeleted(found)) return gone(state, session, command.seq ?? 0)
  const { seq: question, kind } = found
  if (kind === 'buzz') {
    return isPress(command) ? passed({ type: 'answer', question }) : refused('buzz-choices', `${question}`)
  }
  const choice = choiceIn(found, command)
  const isHere = may(state, session, 'write', { room: found.room })
  if (choice === undefined && isHere) return refused('choice-unknown', found.choices.join(', '))
  return passed({ type: 'answer', question, ...(choice !== undefined && { choice }) })
}

const numbered = (state: State, seq: number): Question | undefined =>
  openQuestion(state, seq) ?? endedQuestion(state, seq)

/** Its choices aren't known any more. */
const wasDeleted = ({ kind, choices }: Question): boolean => kind !== 'buzz' && choices.length === 0

function gone(state: State, session: SessionId, seq: number): Refused {
  const { code, detail } = goneFault(state, session, seq)
  return refused(code, detail)
}

/** A label; or a place that is typed, from 1 on. */
function choiceIn(question: Question, { choice, word }: Choice): number | undefined {
  if (choice !== undefined) return question.choices[choice] === undefined ? undefined : choice
  if (word === undefined) return undefined
  const known = choiceOfWord(question, word)
  if (known !== undefined) return known
  const place = /^\s*#?(\d{1,2})\.?\s*$/.exec(word)
  const at = place ? Number(place[1]) - 1 : -1
  return question.choices[at] === undefined ? undefined : at
}

/** An answer without a choice, or the word for it, is for a buzz. */
const isPress = ({ choice, word }: Choice): boolean =>
  choice === undefined && (word === undefined || word.trim() === '' || choiceOfWord(BUZZ, word) !== undefined)

const BUZZ = { kind: 'buzz', choices: [] } as const

/** Without a number, the one that is open there and takes this answer. */
function oneOpen({ room: raw, choice, word }: Answering, { state, session }: Asking): Question | Refused {
  const room = vetRoom(raw)
  if (!room.ok) return room
  const open = openTo(state, session, room.value)
  const [buzz] = open.filter(isBuzz)
  if (choice === undefined && word === undefined) return buzz ?? refused('buzz-none')
  const fitting = open.filter(one =>
    isBuzz(one) ? isPress({ choice, word }) : choiceIn(one, { choice, word }) !== undefined,
  )
  const meant = fitting.length > 0 ? fitting : open.filter(one => !isBuzz(one))
  const [only = buzz, other] = meant
  if (!only) return refused('question-none')
  return other ? refused('question-which', numbersOf(meant)) : only
}

const isBuzz = ({ kind }: Question): boolean => kind === 'buzz'

const numbersOf = (questions: readonly Question[]): string => questions.map(({ seq }) => seq).join(', ')

/** The open questions of a room that the session may answer. */
function openTo(state: State, session: SessionId, room: string): readonly Question[] {
  const questions = questionsIn(state, room)
  if (questions.length === 0 || !may(state, session, 'write', { room })) return []
  const own = actorIdOf(state, session)
  return questions.filter(one => openQuestion(state, one.seq) && isEntitled(state, one, own))
}

export function closing(
  command: Extract<MessageCommand, { type: 'close' }>,
  { state, session }: Asking,
): Vetted | Refused {
  if (command.seq !== null) return passed({ type: 'close', question: command.seq })
  const room = vetRoom(command.room)
  if (!room.ok) return room
  const own = actorIdOf(state, session)
  const open = questionsIn(state, room.value).filter(
    one => one.asker === own || may(state, session, 'close', { room: one.room, author: one.asker }),
  )
  const [only, other] = open
  if (!only) return refused('question-none')
  return other ? refused('question-which', numbersOf(open)) : passed({ type: 'close', question: only.seq })
}

/** Whether the whole text of a message is a choice of the one open question that takes it. */
export function answersOf(
  state: State,
  session: SessionId,
  body: Extract<Body, { type: 'say' | 'post' }>,
  text: string,
): { readonly question: number; readonly choice?: number } | null {
  if (state.questions.isEmpty() || body.ask || body.action || body.files || text.length > CHOICE_MAX_BYTES) return null
  const open = openTo(state, session, body.room)
  const meant = body.reply === undefined ? open : open.filter(({ seq }) => seq === body.reply)
  const fitting = meant.flatMap(question => {
    const choice = choiceOfWord(question, text)
    return choice === undefined ? [] : [{ question, choice }]
  })
  const [only, other] = fitting
  if (!only || other) return null
  const { question, choice } = only
  return { question: question.seq, ...(question.kind !== 'buzz' && { choice }) }
}
