/**
 * Slack's incoming webhooks, and Mattermost's, which have the same shape: text, blocks, attachments.
 * https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks
 */
import type { Card, CardField, Notice } from '../card.ts'
import { markOf } from '../colour.ts'
import { type JsonObject, objectAt, objectsAt, textAt, unreadAt } from '../json.ts'
import { timeText } from '../marks.ts'
import type { Sent } from '../sent.ts'
import { blocksCard } from './blocks.ts'
import { slackPlain, slackText } from './text.ts'

export function readSlack({ json }: Sent): Notice {
  const blocks = objectsAt(json, 'blocks')
  const attachments = objectsAt(json, 'attachments')
  const said = blocks.length > 0 ? blocksCard(blocks) : null
  // With blocks, the text is that of a notification.
  const main =
    said && (said.title || said.text || said.fields?.length || said.links?.length) ? said : textCard(json as JsonObject)
  const cards = [main, ...attachments.map(attachmentCard)]
  const author = textAt(json, 'username')
  const priority = textAt(objectAt(json, 'priority'), 'priority')
  const [first = {}, ...rest] = cards
  const about = cards.map(({ title = '' }) => title).find(title => title !== '')
  return {
    cards: [
      { ...first, mark: first.mark ?? (priority === 'urgent' ? '🔴' : priority === 'important' ? '🟠' : null) },
      ...rest,
      { footer: slackPlain(author) },
    ],
    unread: unreadAt(json, 'attachments') + (main === said ? unreadAt(json, 'blocks') : 0),
    about: `${author} ${about ?? ''}`,
  }
}

const textCard = (json: JsonObject): Card => ({ text: slackText(textAt(json, 'text')) })

function attachmentCard(one: JsonObject): Card {
  const blocks = objectsAt(one, 'blocks')
  const inner = blocks.length > 0 ? blocksCard(blocks) : {}
  const title = slackPlain(textAt(one, 'title')) || (inner.title ?? '')
  const [author, pretext, text] = ['author_name', 'pretext', 'text'].map(name => slackText(textAt(one, name)))
  const texts = [pretext, author, text, inner.text].filter(part => part !== undefined && part !== '')
  const isEmpty = title === '' && texts.length === 0 && !objectsAt(one, 'fields').length && !inner.fields?.length
  const seconds = Number(textAt(one, 'ts'))
  return {
    mark: markOf(textAt(one, 'color')),
    title,
    url: textAt(one, 'title_link') || null,
    text: isEmpty ? slackText(textAt(one, 'fallback')) : texts.join('\n'),
    fields: [...objectsAt(one, 'fields').map(fieldOf), ...(inner.fields ?? [])],
    links: [
      ...objectsAt(one, 'actions').flatMap(({ url, ...action }) =>
        typeof url === 'string' ? [{ label: slackPlain(textAt(action, 'text', 'name')), url }] : [],
      ),
      ...picture(textAt(one, 'image_url')),
      ...(inner.links ?? []),
    ],
    footer: [slackText(textAt(one, 'footer')), seconds > 0 ? timeText(seconds * 1000) : '']
      .filter(part => part !== '')
      .join(', '),
  }
}

const picture = (url: string) => (url === '' ? [] : [{ label: 'picture', url }])

const fieldOf = (field: JsonObject): CardField => ({
  name: slackPlain(textAt(field, 'title')),
  value: slackText(textAt(field, 'value')),
})
