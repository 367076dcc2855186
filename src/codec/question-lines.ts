/** The open questions of a room, its hands, and one question with its answers, as lines of text. */
import type { Outgoing } from './codec.ts'
import type { ReplyOf, ReplyQuestion } from './native/reply.ts'
import { countsText, howToAnswer, namesText, toText } from './question-sentence.ts'
import type { TimeOfDay } from './sentence.ts'

type Questions = Omit<Extract<Outgoing, { type: 'questions' }>, 'type' | 'n' | 'at'>
type Listed = Questions['open'][number]

/** `stamp` gives a time, with the day if that isn't today. */
export function questionLines({ room, open, hands, question, only }: Questions, stamp: TimeOfDay): readonly string[] {
  if (only === 'hands') return [handsLine(room, hands)]
  if (question) return [questionLine(question, stamp), ...answerLines(question)]
  const questions = open.length === 0 ? [`No question is open in #${room}.`] : open.map(one => questionLine(one, stamp))
  return [...questions, handsLine(room, hands)]
}

/** `1042 alice > Deploy? (yes / no), until 14:05: yes 0, no 0` */
function questionLine(one: Listed, stamp: TimeOfDay): string {
  const { seq, from, text, kind, choices, to, until, counts, total, result } = one
  const whom = toText(to)
  const head = `${seq} ${from} > ${(text ?? '(gone)').replaceAll('\n', ' ')}`
  const tally = kind === 'buzz' ? `${total} buzzed` : countsText(choices, counts)
  if (result) return `${head} [${result.outcome}]: ${tally}`
  return `${head} [${whom === null ? '' : `to ${whom}, `}until ${stamp(until)}]: ${tally}. ${howToAnswer(seq, { kind, choices })}`
}

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
