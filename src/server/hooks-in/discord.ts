/** Discord's webhooks: content and embeds. https://docs.discord.com/developers/resources/webhook#execute-webhook */
import type { Card, Link, Notice } from './card.ts'
import { markOf } from './colour.ts'
import { type JsonObject, objectAt, objectsAt, textAt, unreadAt } from './json.ts'
import { outsideCode, plainMarkdown, timeText, withEmoji } from './marks.ts'
import type { Sent } from './sent.ts'

export function readDiscord({ json }: Sent): Notice {
  const embeds = objectsAt(json, 'embeds').map(embedCard)
  const author = textAt(json, 'username')
  const content: Card = {
    title: textAt(json, 'thread_name'),
    text: discordText(textAt(json, 'content')),
    links: buttonsIn(json as JsonObject),
  }
  const about = embeds.map(({ title = '' }) => title).find(title => title !== '')
  return {
    cards: [content, ...embeds, { footer: author }],
    unread: unreadAt(json, 'embeds'),
    about: `${author} ${about ?? ''}`,
  }
}

function embedCard(embed: JsonObject): Card {
  const { color } = embed
  const [author, provider] = [objectAt(embed, 'author'), objectAt(embed, 'provider')]
  const title = discordText(textAt(embed, 'title'))
  const by = textAt(author, 'name') || textAt(provider, 'name')
  const at = Date.parse(textAt(embed, 'timestamp'))
  return {
    mark: markOf(typeof color === 'number' ? color : textAt(embed, 'color')),
    title: title || by,
    url: textAt(embed, 'url') || textAt(author, 'url') || null,
    text: [title === '' ? '' : by, discordText(textAt(embed, 'description'))].filter(part => part !== '').join('\n'),
    fields: objectsAt(embed, 'fields').map(field => ({
      name: discordText(textAt(field, 'name')),
      value: discordText(textAt(field, 'value')),
    })),
    links: ['image', 'video'].flatMap(kind => {
      const url = textAt(objectAt(embed, kind), 'url')
      return url === '' ? [] : [{ label: kind === 'image' ? 'picture' : kind, url }]
    }),
    footer: [textAt(objectAt(embed, 'footer'), 'text'), Number.isNaN(at) ? '' : timeText(at)]
      .filter(part => part !== '')
      .join(', '),
  }
}

/** Buttons that lead somewhere, in their rows. */
const buttonsIn = (json: JsonObject): readonly Link[] =>
  objectsAt(json, 'components')
    .flatMap(row => objectsAt(row, 'components'))
    .flatMap(button => {
      const url = textAt(button, 'url')
      return url === '' ? [] : [{ label: textAt(button, 'label') || 'open', url }]
    })

const discordText = (text: string): string =>
  outsideCode(text, part =>
    withEmoji(
      plainMarkdown(
        part
          .replace(/<(@[!&]?|#)(\d{1,25})>/g, (_, sign: string, id: string) => `${sign === '#' ? '#' : '@'}${id}`)
          .replace(/<a?:(\w{1,64}):\d{1,25}>/g, ':$1:')
          .replace(/<\/([\w -]{1,100}):\d{1,25}>/g, '/$1')
          .replace(/<t:(-?\d{1,13})(?::\w)?>/g, (whole, seconds: string) => timeText(Number(seconds) * 1000) || whole)
          .replace(/^-# +/gm, '')
          .replace(/<(https?:\/\/[^\s<>]{1,2000})>/g, '$1')
          .replace(/\\([_~|>#.!()[\]{}+-])/g, '$1'),
      ),
    ),
  )
