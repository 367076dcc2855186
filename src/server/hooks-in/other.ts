/** JSON of a sender that rxchat doesn't know: its likely title and text, and the rest as fields. */
import { CARD_EXCERPT_MAX, CARD_FIELDS_MAX } from '../../model/limits.ts'
import type { Notice } from './card.ts'
import { markOf } from './colour.ts'
import { isObject, objectAt, pairsOf, scalarText, textAt } from './json.ts'
import { excerpt } from './marks.ts'
import type { Sent } from './sent.ts'

const TITLES = ['title', 'subject', 'name', 'summary', 'event', 'type', 'action']
const TEXTS = ['text', 'message', 'msg', 'body', 'description', 'content', 'details', 'error']
const LINKS = ['url', 'link', 'href', 'html_url', 'web_url', 'click']
const COLOURS = ['color', 'colour', 'themeColor', 'severity', 'level', 'status', 'state', 'priority']

/** A message that another rxchat forwards: its text, its author and its room. */
export const readForwarded = ({ json }: Sent): Notice => ({
  cards: [{ text: textAt(json, 'text'), footer: `${textAt(json, 'from')}, #${textAt(json, 'room')}` }],
  about: `${textAt(json, 'from')} #${textAt(json, 'room')}`,
})

export function readOther({ json }: Sent): Notice {
  if (!isObject(json)) return { cards: [{ text: scalarText(json) }] }
  const has = (names: readonly string[]): string | undefined => names.find(name => textAt(json, name) !== '')
  const [title, text, link, colour] = [has(TITLES), has(TEXTS), has(LINKS), has(COLOURS)]
  const rest = pairsOf(json).filter(([name]) => ![title, text, link].includes(name))
  // Deeper values are shown by name: `data.object.id`.
  const deeper = Object.keys(json).flatMap(name => {
    const pairs = Array.isArray(json[name]) ? [] : pairsOf(objectAt(json, name))
    return pairs.map(([inner, value]) => [`${name}.${inner}`, value] as const)
  })
  const said = text === undefined ? '' : textAt(json, text)
  return {
    cards: [
      {
        mark: colour === undefined ? null : markOf(textAt(json, colour)),
        title: title === undefined ? '' : textAt(json, title),
        url: link === undefined ? null : textAt(json, link),
        text: said,
        fields: [...rest, ...(said === '' ? deeper : [])]
          .slice(0, CARD_FIELDS_MAX)
          .map(([name, value]) => ({ name, value: excerpt(value, CARD_EXCERPT_MAX, 4) })),
      },
    ],
  }
}
