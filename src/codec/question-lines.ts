/** The open questions of a room, its hands, and one question with its answers, as lines of text. */
import { choiceOfWord } from '../model/question.ts'
import type { Outgoing } from './codec.ts'
import type { ReplyOf, ReplyQuestion } from './native/reply.ts'
import { countsText, howToAnswer, namesText, toText } from './question-sentence.ts'
import type { TimeOfDay } from './sentence.ts'

type Questions = Omit<Extract<Outgoing, { type: 'questions' }>, 'type' | 'n' | 'at'>
type Listed = Questions['open'][number]

/** `stamp` gives a time, with the day if that isn't today. */
export function questionLines({ room, open, hands, question, only }: Questions, stamp: TimeOfDay): readonly string[] {
  if (only === 'hands') return [handsLine(room, hands)]
  if (question) return [questionLine(question, stamp, open), ...answerLines(question)]
  const questions =
    open.length === 0 ? [`No question is open in #${room}.`] : open.map(one => questionLine(one, stamp, open))
  return [...questions, handsLine(room, hands)]
}

/** `1042 alice > Deploy? (yes / no), until 14:05: yes 0, no 0`. `open`: all that are listed with it. */
function questionLine(one: Listed, stamp: TimeOfDay, open: readonly Listed[] = []): string {
  const { seq, from, text, kind, choices, to, until, counts, total, result } = one
  const whom = toText(to)
  const head = `${seq} ${from} > ${(text ?? '(gone)').replaceAll('\n', ' ')}`
  const tally = kind === 'buzz' ? `${total} buzzed` : countsText(choices, counts)
  if (result) return `${head} [${result.outcome}]: ${tally}`
  return `${head} [${whom === null ? '' : `to ${whom}, `}until ${stamp(until)}]: ${tally}. ${howToAnswer(seq, { kind, choices }, isAlsoOf(open, one))}`
}

/** Whether the word that answers it would answer another question too. Then the word alone answers neither. */
const isAlsoOf = (open: readonly Listed[], { seq, choices: [first = ''] }: Listed): boolean =>
  open.some(other => other.seq !== seq && choiceOfWord(other, first) !== undefined)

const answerLines = ({ answers, choices }: Listed): readonly string[] =>
  answers.map(
    ({ name, choice, place }) => `${place} ${name}${choice === undefined ? '' : `: ${choices[choice] ?? ''}`}`,
  )

export const handsLine = (room: string, hands: Questions['hands']): string =>
  hands.length === 0 ? `No hand is up in #${room}.` : `Hands in #${room}: ${namesText(hands.map(({ name }) => name))}.`

/** The same from an answer of the server, as a client has it. */
export const questionsIn = (
  { room, open, hands, question, seq, only }: ReplyOf<'questions'>,
  stamp: TimeOfDay,
): readonly string[] =>
  questionLines(
    {
      ...{ seq, room, open: open.map(whole), hands },
      ...(question && { question: whole(question) }),
      ...(only === 'hands' && ({ only } as const)),
    },
    stamp,
  )

function whole({ state, outcome, text, counts, ...one }: ReplyQuestion): Listed {
  const result = state === 'open' ? {} : { result: { outcome: outcome ?? state } }
  return { ...one, text: text ?? null, counts: counts ?? [], ...result }
}
