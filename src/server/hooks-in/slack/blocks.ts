/** Slack's Block Kit: the kinds of blocks that show something. Others, such as inputs, are left out. */
import type { Card, CardField, Link } from '../card.ts'
import { isObject, type JsonObject, objectAt, objectsAt, textAt } from '../json.ts'
import { bold, fromMarkdown } from '../marks.ts'
import { richText } from './rich-text.ts'
import { slackPlain, slackText } from './text.ts'

/** One card. A header that comes first is its title; fields and links stand below the texts. */
export function blocksCard(blocks: readonly JsonObject[]): Card {
  const [first, ...rest] = blocks
  const title = first?.['type'] === 'header' ? objectText(objectAt(first, 'text')) : ''
  const parts = (title === '' ? blocks : rest).map(partOf)
  return {
    title,
    text: parts.flatMap(({ text = '' }) => (text.trim() === '' ? [] : [text])).join('\n'),
    fields: parts.flatMap(({ fields = [] }) => fields),
    links: parts.flatMap(({ links = [] }) => links),
  }
}

type Part = { readonly text?: string; readonly fields?: readonly CardField[]; readonly links?: readonly Link[] }

function partOf(block: JsonObject): Part {
  switch (block['type']) {
    case 'header':
      return { text: bold(objectText(objectAt(block, 'text'))) }
    case 'section': {
      const fields = objectsAt(block, 'fields').map(objectText).map(fieldOf)
      return { text: objectText(objectAt(block, 'text')), fields, links: linksOf([objectAt(block, 'accessory')]) }
    }
    case 'context': {
      const texts = objectsAt(block, 'elements').map(one => (one['type'] === 'image' ? '' : objectText(one)))
      return { text: texts.filter(text => text !== '').join(' · ') }
    }
    case 'actions':
      return { links: linksOf(objectsAt(block, 'elements')) }
    case 'image':
    case 'video':
      return { links: linksOf([block]) }
    case 'rich_text':
      return { text: richText(block) }
    case 'markdown':
      return { text: fromMarkdown(textAt(block, 'text')) }
    case 'table':
      return { text: objectsAt(block, 'rows').length > 0 ? '(a table)' : tableText(block) }
    default:
      return {}
  }
}

/** Rows of cells, each a text or a `rich_text`. */
function tableText(block: JsonObject): string {
  const rows = Array.isArray(block['rows']) ? block['rows'] : []
  return rows
    .map(row => (Array.isArray(row) ? row.filter(isObject).map(cell => textAt(cell, 'text') || richText(cell)) : []))
    .map(cells => cells.join(' | '))
    .join('\n')
}

/** A text object: `mrkdwn`, or `plain_text` without marks. */
const objectText = (object: JsonObject): string =>
  object['type'] === 'mrkdwn' ? slackText(textAt(object, 'text')) : slackPlain(textAt(object, 'text'))

/** Most senders write the name of a field in bold on a line of its own. */
function fieldOf(text: string): CardField {
  const [, name, value] = /^\*\*([^\n]+?):?\*\*:?[ \n]+([\s\S]+)$/.exec(text.trim()) ?? []
  return name === undefined || value === undefined ? { name: '', value: text } : { name, value }
}

/** Buttons that lead somewhere, and pictures. */
const linksOf = (elements: readonly JsonObject[]): readonly Link[] =>
  elements.flatMap(one => {
    const url = textAt(one, 'url', 'image_url', 'title_url', 'video_url')
    const label = textAt(objectAt(one, 'text'), 'text') || titleOf(one)
    return url === '' ? [] : [{ label: slackPlain(label) || 'picture', url }]
  })

const titleOf = (one: JsonObject): string => textAt(objectAt(one, 'title'), 'text') || textAt(one, 'title', 'alt_text')
