/** The message of a sender of any kind. Its texts have the marks of rxchat (docs/spec.md, G11), and no bounds yet. */
import { CARD_URL_MAX } from '../../model/limits.ts'
import type { Mark } from './colour.ts'

export type Link = { readonly label: string; readonly url: string }
export type CardField = { readonly name: string; readonly value: string }

export type Card = {
  readonly mark?: Mark | null
  readonly title?: string
  /** URL of the title. */
  readonly url?: string | null
  readonly text?: string
  readonly fields?: readonly CardField[]
  /** Fields that came beside these, and weren't read. */
  readonly unread?: number
  readonly links?: readonly Link[]
  readonly footer?: string
}

/** How a sender's repeat is known. `retriedFor`: only within so many milliseconds, as it may send the same again later. */
export type Key = { readonly id: string; readonly retriedFor?: number }

export type Notice = {
  readonly cards: readonly Card[]
  /** Parts that came beside these, and weren't read. */
  readonly unread?: number
  /** A burst is folded by this and by the sender. Absent: the title. */
  readonly about?: string
  readonly key?: Key | null
}

/** An address that can be linked, as it may stand in `[label](address)`; null: it's none. */
export function linkable(raw: string): string | null {
  const given = raw.trim()
  if (given.length > CARD_URL_MAX || !/^(https?:\/\/|mailto:)\S/i.test(given) || !URL.canParse(given)) return null
  return given.replace(/[\s<>()"`\p{C}]/gu, one =>
    one === '(' ? '%28' : one === ')' ? '%29' : encodeURIComponent(one),
  )
}

/** A labelled link. Without a label that can be read, the address itself; without an address, the label. */
export function linkText(label: string, raw: string): string {
  const url = linkable(raw)
  const text = label.replace(/\s+/g, ' ').replaceAll('[', '(').replaceAll(']', ')').trim()
  if (url === null) return text || raw
  return /[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text) && text.length <= LABEL_MAX && text !== url
    ? `[${text}](${url})`
    : url
}

/** A longer label isn't read as one (client/view/marks/labels.ts). */
const LABEL_MAX = 200
