/**
 * Messages as lines of text, for people. Each line has its author, so that none can be taken for another user's, and
 * the server's words about the message stand before the `>`, where no text reaches.
 */
import type { EditedEvent } from '../model/event.ts'
import { fileUrl, type MessageFile } from '../model/message/file.ts'
import type { Message } from '../model/message/message.ts'
import { LOBBY } from '../model/name/standing.ts'
import { type Quoted, quotation } from './quotation.ts'

/** Makes an address of a path on the server. */
export type LinkTo = (path: string) => string

/** The path alone: the server's address isn't known. */
export const pathAlone: LinkTo = path => path

type SaidWords = Pick<Message, 'from' | 'action' | 'reply' | 'edited'> & {
  /** Note on its output. Absent: it has none. */
  readonly grows?: string | undefined
  /** Note on its question. Absent: it asks nothing, or the question has ended. */
  readonly asks?: string | undefined
  /** The room, if it is named. */
  readonly where: string | null
  /** The only recipient of a direct message. */
  readonly alone: string | null
  readonly text: string
  readonly files?: readonly MessageFile[] | undefined
  /** The message that it answers. Undefined: it's not looked up, and only the number is known. Null: it's gone. */
  readonly quoted?: Quoted | null | undefined
}

/** A line, and the head before it and before each part of it. */
export type SignedLine = { readonly head: string; readonly text: string }

export const whole = ({ head, text }: SignedLine): string => head + text

/** The text, the first line with the notes on it, and a line for each file. */
export function saidLines(said: SaidWords, linkTo: LinkTo): readonly SignedLine[] {
  const { text, files = [] } = said
  const [first, later] = [headOf(said, aboutOf(said)), headOf(said, [])]
  const texts = text === '' && files.length > 0 ? [] : text.split('\n')
  return [...texts, ...files.map(file => fileText(file, linkTo))].map((text, at) => ({
    head: at === 0 ? first : later,
    text,
  }))
}

/** `#ops * bob (to 田中 alone) `, as it stands before each line of a message. */
export function headOf(
  { where, from, action, alone }: Pick<SaidWords, 'where' | 'from' | 'action' | 'alone'>,
  about: readonly string[],
): string {
  const notes = [...(alone === null ? [] : [`to ${alone} alone`]), ...about]
  const noted = notes.length === 0 ? '' : ` (${notes.join(', ')})`
  return `${where === null ? '' : `#${where} `}${action ? '* ' : ''}${from}${noted}${action ? ' ' : ' > '}`
}

function aboutOf({ reply, edited, quoted, alone, grows, asks }: SaidWords): readonly string[] {
  const verb = alone === null ? 'to' : 'answering'
  const answers =
    reply === undefined ? [] : [`${verb} ${quoted === undefined ? `message ${reply}` : quotation(quoted)}`]
  return [
    ...answers,
    ...(edited === undefined ? [] : ['edited']),
    ...(grows === undefined ? [] : [`output ${grows}`]),
    ...(asks === undefined ? [] : [asks]),
  ]
}

/** The new text of a message. */
export function editedLines({ from, target, room }: Edited, text: string): readonly SignedLine[] {
  const where = room === null || room === LOBBY ? null : room
  const head = headOf({ where, from, action: false, alone: null }, [
    room === null ? `edited direct message ${target}` : `edited ${target}`,
  ])
  return text.split('\n').map(line => ({ head, text: line }))
}

type Edited = Pick<EditedEvent, 'from' | 'target' | 'room'>

/** `shot.png (1.2 MB) http://chat.example/files/…/shot.png`. */
const fileText = (file: MessageFile, linkTo: LinkTo): string =>
  `${file.name} (${sizeText(file.size)}) ${linkTo(fileUrl(file))}`

/** Rounded up, so that no file seems empty. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 999_000) return `${Math.ceil(bytes / 1000)} KB`
  return `${(Math.ceil(bytes / 100_000) / 10).toFixed(1)} MB`
}
