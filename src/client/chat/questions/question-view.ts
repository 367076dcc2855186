/** The view of a question for a screen: its choices with their counts, one's own answer, and its standing. Pure. */
import { toText } from '../../../codec/question-sentence.ts'
import { leftText } from '../../../model/duration.ts'
import type { QuestionKind } from '../../../model/question.ts'
import { flatten } from '../../../model/text.ts'
import type { Pending } from '../../session/outbox/pending.ts'
import { listed } from '../sentences.ts'
import { isOpen, type Question } from './question.ts'

export type ChoiceView = {
  readonly label: string
  /** How many have chosen it; null: an answer that decides isn't counted. */
  readonly count: number | null
  /** Its part of all answers, 0 to 1. */
  readonly share: number
  readonly mine: boolean
  /** My answer is on its way. */
  readonly isSending: boolean
  /** It decided, or has the most votes at the end. */
  readonly won: boolean
}

export type QuestionView = {
  readonly kind: QuestionKind
  readonly isOpen: boolean
  readonly choices: readonly ChoiceView[]
  /** Why I can't answer, though it's open; null: I can, or it has ended. */
  readonly why: string | null
  /** The members that have buzzed, in order. */
  readonly order: readonly string[]
  /** I have buzzed, or my buzz is on its way. */
  readonly hasBuzzed: boolean
  /** I have asked it. */
  readonly isMine: boolean
  /** Its standing: the deciding vote, and the entitled members; or its outcome. Without the time that is left. */
  readonly standing: string
}

/** A reader's part in a question. */
export type Reader = {
  /** The reader's own commands about it that have no answer yet. */
  readonly pending: readonly Pending[]
  /** The member id of the reader. */
  readonly member: string
  /** Why the reader can't answer (entitled.ts); null: nothing is in the way. */
  readonly why: string | null
}

export function questionView(question: Question, { pending, member, why }: Reader): QuestionView {
  const { seq, kind, choices, answers, id } = question
  const open = isOpen(question)
  const sending = open ? sendingOf(pending, seq) : null
  const own = answers.find(one => one.id === member)
  return {
    ...{ kind, isOpen: open, isMine: id === member, why: open ? why : null },
    choices: choices.map((label, place) => choiceView(question, label, place, own?.choice, sending)),
    order: kind === 'buzz' ? orderOf(question) : [],
    hasBuzzed: kind === 'buzz' && (own !== undefined || sending !== null),
    standing: open ? openWords(question) : outcomeWords(question),
  }
}

/** Names in the order of the buzzes. */
export const orderOf = ({ answers, result }: Question): readonly string[] =>
  (result?.order ?? answers).map(({ name }) => name)

/** The choice of an answer that is on its way (of a buzz: -1); null: none is. */
function sendingOf(pending: readonly Pending[], seq: number): number | null {
  const asked = pending.findLast(({ asked }) => asked.type === 'answer' && asked.seq === seq)?.asked
  return asked?.type === 'answer' ? (asked.choice ?? -1) : null
}

function choiceView(
  question: Question,
  label: string,
  place: number,
  own: number | undefined,
  sending: number | null,
): ChoiceView {
  const { kind, result, total } = question
  const counts = countsOf(question)
  const count = kind === 'poll' ? (counts[place] ?? 0) : null
  return {
    label,
    count,
    share: count === null || total === 0 ? 0 : count / total,
    mine: (sending ?? own) === place,
    isSending: sending === place,
    won: result !== null && (result.choice === place || (kind === 'poll' && isMost(counts, place))),
  }
}

const countsOf = ({ counts, result }: Question): readonly number[] => result?.counts ?? counts

const isMost = (counts: readonly number[], place: number): boolean =>
  (counts[place] ?? 0) > 0 && counts.every(count => count <= (counts[place] ?? 0))

/** `the first answer decides, for 田中`. */
function openWords({ kind, to, total }: Question): string {
  const what = { ask: 'the first answer decides', poll: votes(total), buzz: buzzes(total) }[kind]
  return to === undefined ? what : `${what}, for ${flatten(toText(to) ?? '')}`
}

const votes = (count: number): string => (count === 0 ? 'no votes yet' : count === 1 ? '1 vote' : `${count} votes`)
const buzzes = (count: number): string => (count === 0 ? 'nobody has buzzed yet' : `${count} buzzed`)

/** The time that is left. `now` by the server's clock. */
export const timeLeft = ({ until }: Question, now: number): string => `${leftText(until - now)} left`

/** The outcome: `田中 answered yes`, `nobody answered in time`, `yes 3, no 5`. */
export function outcomeWords(question: Question): string {
  const { kind, choices, total, result } = question
  if (result === null) return openWords(question)
  switch (result.outcome) {
    case 'decided':
      return flatten(`${result.by ?? 'somebody'} answered ${choices[result.choice ?? -1] ?? ''}`)
    case 'withdrawn':
      return result.by === undefined ? 'withdrawn' : flatten(`withdrawn by ${result.by}`)
    case 'expired':
      return 'nobody answered in time'
    case 'deleted':
      return 'deleted'
    case 'ended':
      if (kind === 'buzz') return orderWords(orderOf(question))
      return total === 0 ? 'ended without a vote' : `ended with ${votes(total)}`
  }
}

const ORDER_NAMES = 5

/** `José was first, then a|b and 田中`. */
function orderWords(order: readonly string[]): string {
  const [first, ...then] = order.map(flatten)
  if (first === undefined) return 'nobody buzzed'
  return then.length === 0 ? `${first} was first` : `${first} was first, then ${listed(then, ORDER_NAMES)}`
}
