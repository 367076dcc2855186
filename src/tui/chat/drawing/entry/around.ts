/**
 * The parts around the text of a message, calmly: above it the quotation, below it its question, output, files and
 * reactions. It's made anew for each frame, since a quoted message, a reaction of one's own or a vote may change
 * without the message.
 */
import type { Said } from '../../../../client/chat/conversation/timeline.ts'
import { serverTime } from '../../../../client/chat/keeping/waits.ts'
import { type Quotation, quotationOf, quotedLine } from '../../../../client/chat/messages/quotation.ts'
import { reactionsOf } from '../../../../client/chat/messages/reactions.ts'
import { whyNot } from '../../../../client/chat/questions/entitled.ts'
import { type Question, textWithoutChoices } from '../../../../client/chat/questions/question.ts'
import type { Chat } from '../../../../client/chat/state.ts'
import { fileLine } from '../../../../client/view/file-line.ts'
import { withoutMarks } from '../../../../client/view/without-marks.ts'
import { flatten } from '../../../../model/text.ts'
import { type PictureCells, pictureLines } from '../../../pictures/cells.ts'
import { lineWidest, type StyledLine, shorten, span } from '../../../text/line.ts'
import { flowAll, paragraph } from '../../../text/paragraphs.ts'
import { type Columns, indented, marginOf } from './columns.ts'
import { liveLines } from './live-lines.ts'
import { questionLines } from './question-lines.ts'

export type Around = {
  readonly above: readonly StyledLine[]
  /** Drawn in place of the text; null: the text. */
  readonly text: string | null
  readonly question: readonly StyledLine[]
  readonly files: readonly { readonly lines: readonly StyledLine[]; readonly picture: PictureCells | null }[]
  /** Each is one row, however long. */
  readonly live: readonly StyledLine[]
  readonly reactions: readonly StyledLine[]
  /** The same for the same contents. */
  readonly key: string
}

type SentFile = NonNullable<Said['files']>[number]

export type AroundReader = (said: Said) => Around | null

/** The sources of the parts around the text. */
export type Surroundings = {
  /** The address of the server's page. */
  readonly page: string
  /** Gets a quoted message that is to be fetched. */
  readonly want: (seq: number) => void
  /** The cells of a picture; null: it's not here, or can't be drawn. */
  readonly picture: (file: SentFile) => PictureCells | null
  /** Milliseconds since the epoch, by this client's clock. */
  readonly now: () => number
}

/** Nothing is fetched. */
export const BARE: Surroundings = { page: '', want: () => {}, picture: () => null, now: () => 0 }

/** Null: there is nothing around the text. */
export function aroundOf(
  chat: Chat,
  said: Said,
  { page, want, picture, now }: Surroundings,
  columns: Columns,
): Around | null {
  if (said.text === null) return null
  const quotation = said.reply === undefined ? null : quotationOf(chat, said.reply)
  if (quotation?.is === 'wanted') want(quotation.seq)
  const above = quotation ? [quoteLine(quotation)] : []
  const files = (said.files ?? []).map(file => ({ lines: fileLines(file, page), picture: picture(file) }))
  const question = chat.questions.get(said.seq)
  const text = question ? textWithoutChoices(said.text, question) : null
  const questions = question ? asked(chat, question, now(), roomIn(columns)) : []
  const reactions = reactionLines(chat, said)
  const live = said.live
    ? liveLines({ seq: said.seq, live: said.live, ms: Math.max(0, serverTime(chat, now()) - said.at) })
    : []
  if ([above, questions, live, files, reactions].every(({ length }) => length === 0)) return null
  const parts = { above, text, question: questions, live, files, reactions }
  return { ...parts, key: JSON.stringify(parts) }
}

/** The message with these lines, in the column of its text. */
export function withAround(
  lines: readonly StyledLine[],
  around: Around | null,
  columns: Columns,
): readonly StyledLine[] {
  if (!around) return lines
  const margin = marginOf(columns)
  const room = roomIn(columns)
  const above = around.above.map(line => indented(shorten(line, room), margin))
  const flowing = (line: StyledLine): readonly StyledLine[] => flowAll([paragraph(line)], room, room)
  const files = around.files.flatMap(file => [
    ...file.lines.flatMap(flowing),
    // A picture has a size. If it doesn't fit, its link is there.
    ...(file.picture && file.picture.columns <= room ? pictureLines(file.picture) : []),
  ])
  // The last line has the progress, and the link to all of it: below each other if they don't fit into one line.
  const ending = (line: StyledLine): readonly StyledLine[] =>
    lineWidest(line) <= room ? [line] : line.flatMap(part => flowing([{ ...part, text: part.text.trimStart() }]))
  const live = around.live.flatMap((line, at, all) => (at < all.length - 1 ? [shorten(line, room)] : ending(line)))
  const below = [...around.question.flatMap(flowing), ...live, ...files, ...around.reactions.flatMap(flowing)]
  return [...above, ...lines, ...below.map(line => indented(line, margin))]
}

/** The columns of a text. */
const roomIn = (columns: Columns): number => Math.max(1, columns.all - marginOf(columns))

function quoteLine(quotation: Quotation): StyledLine {
  const start = span('┌ ', { role: 'quiet' })
  switch (quotation.is) {
    case 'message':
    case 'deleted': {
      const { from, text, files } = quotation.said
      const line = text === null ? '(deleted)' : quotedLine({ text: withoutMarks(text), ...(files && { files }) })
      return [start, span(flatten(`${from}: ${line}`), { role: 'quiet' })]
    }
    case 'ignored':
      return [start, span('somebody whom you ignore', { role: 'quiet', italic: true })]
    case 'wanted':
    case 'absent':
      return [start, span(`message ${quotation.seq}`, { role: 'quiet' })]
  }
}

function asked(chat: Chat, question: Question, now: number, room: number): readonly StyledLine[] {
  const reader = { pending: chat.pending, member: chat.view.member, why: whyNot(chat.view, question) }
  return questionLines(question, reader, serverTime(chat, now), room)
}

function fileLines(file: SentFile, page: string): readonly StyledLine[] {
  const { name, about } = fileLine(file)
  return [
    [span(flatten(name), { bold: true }), span(`  ${about}`, { role: 'quiet' })],
    // A path of any form: the file is on the server that one is connected to.
    [span(flatten(`${page.replace(/\/$/, '')}${file.url}`), { role: 'accent' })],
  ]
}

/** `👍 3  🎉 1`; one's own stand out. */
function reactionLines(chat: Chat, said: Said): readonly StyledLine[] {
  const chips = reactionsOf(chat, said)
  if (chips.length === 0) return []
  return [
    chips.map(({ emoji, count, mine }, at) =>
      span(
        `${at > 0 ? '  ' : ''}${flatten(emoji)} ${count}`,
        mine ? { role: 'accent', bold: true } : { role: 'quiet' },
      ),
    ),
  ]
}
