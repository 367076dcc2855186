/** JSON of a sender that rxchat doesn't know: its likely title and text, and the rest as fields. */
import { CARD_EXCERPT_MAX, CARD_ITEMS_MAX, CARD_VALUE_MAX } from '../../model/limits.ts'
import type { Card, CardField, Notice } from './card.ts'
import { markOf } from './colour.ts'
import { isObject, type Json, type JsonObject, scalarText, textAt, unreadIn } from './json.ts'
import { clipped, excerpt } from './marks.ts'
import type { Sent } from './sent.ts'

const TITLES = ['title', 'subject', 'name', 'summary', 'event', 'type', 'action']
const TEXTS = ['text', 'message', 'msg', 'body', 'description', 'content', 'details', 'error']
const LINKS = ['url', 'link', 'href', 'html_url', 'web_url', 'click']
const COLOURS = ['color', 'colour', 'themeColor', 'severity', 'level', 'status', 'state', 'priority']
/** Of these, the circle says all. A state isn't only good or bad. */
const TOLD_BY_CIRCLE: ReadonlySet<string> = new Set(COLOURS.filter(name => name !== 'status' && name !== 'state'))

/** A message that another rxchat forwards: its text, its author and its room. */
export const readForwarded = ({ json }: Sent): Notice => ({
  cards: [{ text: textAt(json, 'text'), footer: `${textAt(json, 'from')}, #${textAt(json, 'room')}` }],
  about: `${textAt(json, 'from')} #${textAt(json, 'room')}`,
})

export const readOther = ({ json }: Sent): Notice => ({
  cards: Array.isArray(json) ? (json as readonly Json[]).map(cardOf) : [cardOf(json)],
  unread: Array.isArray(json) ? unreadIn(json) : 0,
})

function cardOf(json: Json): Card {
  if (!isObject(json)) return { text: scalarText(json) || shortText(json) }
  const has = (names: readonly string[]): string | undefined => names.find(name => textAt(json, name) !== '')
  const [title, text, link, colour] = [has(TITLES), has(TEXTS), has(LINKS), has(COLOURS)]
  const mark = colour === undefined ? null : markOf(textAt(json, colour))
  const told = [title, text, link, mark !== null && TOLD_BY_CIRCLE.has(colour ?? '') ? colour : undefined]
  return {
    mark,
    title: title === undefined ? '' : textAt(json, title),
    url: link === undefined ? null : textAt(json, link),
    text: text === undefined ? '' : textAt(json, text),
    fields: fieldsIn(json).filter(({ name }) => !told.includes(name)),
    unread: unreadIn(json),
  }
}

/** Deeper values are shown by name: `data.object.id`. */
const fieldsIn = (json: JsonObject, above: readonly string[] = []): readonly CardField[] =>
  Object.keys(json).flatMap(key => {
    const [value, path] = [json[key] ?? null, [...above, key]]
    if (isObject(value) && path.length < DEPTH_SHOWN) return fieldsIn(value, path)
    const text = shortText(value)
    return text === '' ? [] : [{ name: path.join('.'), value: text }]
  })

/** Names in one field. Deeper values are shown as JSON. */
const DEPTH_SHOWN = 4

/** A list of texts with commas; anything else that isn't a text as JSON. Nothing for what is empty. */
function shortText(value: Json): string {
  if (typeof value !== 'object' || value === null) return excerpt(scalarText(value), CARD_EXCERPT_MAX, 4)
  if (Object.keys(value).length === 0) return ''
  const items = Array.isArray(value) ? (value as readonly Json[]).map(scalarText) : ['']
  if (items.includes('')) return clipped(JSON.stringify(value), CARD_VALUE_MAX)
  const more = Math.max(0, items.length - CARD_ITEMS_MAX) + unreadIn(value)
  return [...items.slice(0, CARD_ITEMS_MAX), ...(more > 0 ? [`… and ${more} more`] : [])].join(', ')
}
