/** A question below its message: its choices with the keys that answer, bars of votes, and its standing. Pure. */
import type { Question } from '../../../../client/chat/questions/question.ts'
import {
  type ChoiceView,
  questionView,
  type Reader,
  timeLeft,
} from '../../../../client/chat/questions/question-view.ts'
import { flatten } from '../../../../model/text.ts'
import { type Style, type StyledLine, span } from '../../../text/line.ts'
import { pad, widest } from '../../../text/width.ts'

const BAR = 10
/** Columns for the key of a choice, its bar, and a count of three digits with a mark. */
const BESIDE = 2 + 1 + BAR + 1 + 3 + 2
const [FULL, EMPTY] = ['█', '░'] as const

/** The keys that answer while the message is selected, by place. */
export const ANSWER_KEYS: readonly string[] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0']

/** `now` by the server's clock. `room`: the columns that there are; a choice that is too long for its bar has it below. */
export function questionLines(question: Question, reader: Reader, now: number, room: number): readonly StyledLine[] {
  const view = questionView(question, reader)
  const { kind, isOpen, choices, order, why, standing, hasBuzzed } = view
  const most = room - BESIDE
  const widths = choices.map(({ label }) => widest(flatten(label))).filter(width => width <= most)
  const rows = choices.map((choice, place) => {
    const key = isOpen ? [span(`${ANSWER_KEYS[place]} `, { role: why === null ? 'accent' : 'quiet' })] : []
    return [...key, ...choiceSpans(choice, isOpen, Math.max(0, ...widths))]
  })
  const list = kind === 'poll' ? rows : [rows.flatMap((row, at) => (at > 0 ? [span('  '), ...row] : row))]
  const buzz = isOpen && !hasBuzzed ? [span('1 ', { role: why === null ? 'accent' : 'quiet' }), span('buzz  ')] : []
  const left = isOpen ? `, ${timeLeft(question, now)}` : ''
  return [
    ...(kind === 'buzz' ? [] : list),
    ...(kind === 'buzz' && order.length > 0 && isOpen ? [orderLine(order)] : []),
    [...(kind === 'buzz' ? buzz : []), span(`${flatten(why ?? standing)}${left}`, { role: 'quiet' })],
  ]
}

/** `yes ███████░░░ 3`; one's own in bold, with a mark that needs no colour. */
function choiceSpans({ label, count, share, mine, isSending, won }: ChoiceView, isOpen: boolean, width: number) {
  const style: Style = won
    ? { role: 'good', bold: true }
    : mine
      ? { role: 'accent', bold: true }
      : isOpen
        ? {}
        : { role: 'quiet' }
  const mark = isSending ? '…' : won ? ' ✓' : mine ? ' •' : ''
  if (count === null) return [span(`${flatten(label)}${mark}`, style)]
  const full = Math.round(share * BAR)
  return [
    span(`${pad(flatten(label), width)} `, style),
    span(FULL.repeat(full), { role: 'accent' }),
    span(EMPTY.repeat(BAR - full), { role: 'quiet' }),
    span(` ${count}${mark}`, style),
  ]
}

const NAMED = 10

function orderLine(order: readonly string[]): StyledLine {
  const names = order.slice(0, NAMED).map((name, at) => `${at + 1}. ${flatten(name)}`)
  const more = order.length > NAMED ? [`and ${order.length - NAMED} more`] : []
  return [span([...names, ...more].join('  '))]
}
