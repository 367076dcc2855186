/** Cards as the text of a message, which every client reads well: a circle, a bold title with its link, lines. */
import {
  CARD_FIELDS_MAX,
  CARD_LINKS_MAX,
  CARD_TITLE_MAX,
  CARD_VALUE_MAX,
  CARDS_MAX,
  TEXT_MAX_BYTES,
  TEXT_MAX_LINES,
} from '../../model/limits.ts'
import { isUnseen, neutralise, utf8Length } from '../../model/text.ts'
import { type Card, type CardField, linkText, type Notice } from './card.ts'
import { bold, clipped, counted, defused } from './marks.ts'

/** '' if there is nothing to see. `bytes`: how long the body was, to be told if the text isn't whole. */
export function textOf({ cards, unread = 0 }: Notice, bytes: number): string {
  const parts = cards.map(cardText).filter(Boolean)
  const left = Math.max(0, parts.length - CARDS_MAX) + unread
  const [shown, more] = [parts.slice(0, CARDS_MAX), left > 0 ? [`… and ${counted(left, 'more part')}`] : []]
  // Enough to fill a message, even if much of it is removed.
  const text = tidy(defused([...shown, ...more].join('\n').slice(0, 2 * TEXT_MAX_BYTES)))
  return isUnseen(text) ? '' : shortened(text, `… (shortened; ${bytes.toLocaleString('en-US')} bytes came)`)
}

/** The text of a folded message: the count, and the latest of them. */
export const countedText = (count: number, latest: string): string =>
  shortened(`×${count.toLocaleString('en-US')}, latest: ${latest}`, '…')

function cardText(card: Card): string {
  const { mark, title = '', url = null, text = '', fields = [], unread = 0, links = [], footer = '' } = card
  const label = clipped(flat(title), CARD_TITLE_MAX)
  const head = label === '' ? '' : bold(url === null ? label : linkText(label, url))
  const lead = [mark, head || (url === null ? '' : linkText('', url))].filter(Boolean).join(' ')
  const body = text.trim()
  const left = Math.max(0, fields.length - CARD_FIELDS_MAX) + unread
  const lines = [
    // A text without a title stands beside its colour.
    ...(head === '' && mark && body !== '' ? [`${lead} ${body}`] : [lead, body]),
    ...fields.slice(0, CARD_FIELDS_MAX).map(fieldLine),
    left > 0 ? `… and ${counted(left, 'more field')}` : '',
    links
      .slice(0, CARD_LINKS_MAX)
      .map(one => linkText(clipped(one.label, CARD_TITLE_MAX), one.url))
      .join(' · '),
    footer.trim() === '' ? '' : `— ${clipped(flat(footer), CARD_TITLE_MAX)}`,
  ]
  return lines.filter(line => line !== '').join('\n')
}

function fieldLine({ name, value }: CardField): string {
  const [called, said] = [clipped(flat(name), CARD_TITLE_MAX), clipped(value.trim(), CARD_VALUE_MAX)]
  if (called === '') return said
  return said.includes('\n') ? `${called}:\n${said}` : `${called}: ${said}`
}

const flat = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** Harmless, so that its length is the one that it will have; without runs of empty lines. */
const tidy = (text: string): string =>
  neutralise(text)
    .split('\n')
    .map(line => line.trimEnd())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** At most the length of a message, and `told` at its end if that's not all. */
function shortened(text: string, told: string): string {
  const lines = text.split('\n')
  if (lines.length <= TEXT_MAX_LINES && utf8Length(text) <= TEXT_MAX_BYTES) return text
  const head = lines.slice(0, TEXT_MAX_LINES - 1).join('\n')
  return `${cut(head, TEXT_MAX_BYTES - utf8Length(told) - 1)}\n${told}`
}

/** The longest beginning of at most so many bytes that ends with a whole character, as a reader sees characters. */
function cut(text: string, bytes: number): string {
  if (utf8Length(text) <= bytes) return text
  let [end, used] = [0, 0]
  for (const char of text) {
    used += utf8Length(char)
    if (used > bytes) break
    end += char.length
  }
  const from = Math.max(0, end - LONGEST_CHARACTER)
  const last = [...new Intl.Segmenter('en').segment(text.slice(from, end + LONGEST_CHARACTER))].findLast(
    ({ index }) => from + index <= end,
  )
  return text.slice(0, from + (last?.index ?? 0))
}

/** UTF-16 units: a family with skin tones has 30. */
const LONGEST_CHARACTER = 64
