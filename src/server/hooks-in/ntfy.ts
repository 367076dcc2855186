/**
 * ntfy: a plain body with headers (or parameters) as title, priority, tags and the rest, or all of it as JSON.
 * https://docs.ntfy.sh/publish/. A plain text is read here, too: it has no headers.
 */
import type { Card, Link, Notice } from './card.ts'
import type { Mark } from './colour.ts'
import { type Json, objectsAt, readJson, scalarText, textAt } from './json.ts'
import { emojiNamed, fromMarkdown } from './marks.ts'
import type { Sent } from './sent.ts'

type Parts = {
  readonly title: string
  readonly message: string
  readonly priority: string
  readonly tags: readonly string[]
  readonly click: string
  readonly attach: string
  readonly actions: readonly Link[]
  readonly isMarkdown: boolean
}

export const readNtfyJson = ({ json }: Sent): Notice =>
  noticeOf({
    title: textAt(json, 'title'),
    message: textAt(json, 'message') || 'triggered',
    priority: textAt(json, 'priority'),
    tags: tagsOf(json),
    click: textAt(json, 'click'),
    attach: textAt(json, 'attach'),
    actions: actionsIn(json, 'actions'),
    isMarkdown: textAt(json, 'markdown') === 'true',
  })

export function readNtfy(sent: Sent): Notice {
  const of = (...names: readonly string[]): string => ntfyOption(sent, names)
  const [title, attach, click] = [of('title', 'ti', 't'), of('attach', 'a'), of('click')]
  const tags = of('tags', 'tag', 'ta')
  const message = of('message', 'm') || sent.text
  // A body that is empty means this, as long as something else says that it's for ntfy.
  const isBare = message.trim() === '' && [title, attach, click, tags].some(part => part !== '')
  return noticeOf({
    ...{ title, attach, click },
    message: isBare ? 'triggered' : message,
    priority: of('priority', 'prio', 'p'),
    tags: tags.split(','),
    actions: actionsOf(of('actions', 'action')),
    isMarkdown: /^(1|yes|true)$/i.test(of('markdown', 'md')) || sent.header('content-type').startsWith('text/markdown'),
  })
}

/** `Title`, `X-Title`, `t` and so on: a header, or a parameter of the address. */
const ntfyOption = ({ header, parameter }: Sent, names: readonly string[]): string =>
  header(...names.flatMap(name => [`x-${name}`, name])) || parameter(...names)

function noticeOf({ title, message, priority, tags, click, attach, actions, isMarkdown }: Parts): Notice {
  const known = tags.map(tag => tag.trim()).filter(tag => tag !== '')
  const emoji = known.flatMap(tag => emojiNamed(tag) ?? [])
  const other = known.filter(tag => emojiNamed(tag) === undefined)
  const said = isMarkdown ? fromMarkdown(message) : message
  const signs = emoji.slice(0, TAGS_MAX).join('')
  const card: Card = {
    mark: priorityMark(priority),
    title: title === '' || signs === '' ? title : `${signs} ${title}`,
    url: title === '' ? null : click,
    text: title === '' && signs !== '' ? `${signs} ${said}` : said,
    links: [
      ...(title === '' && click !== '' ? [{ label: '', url: click }] : []),
      ...actions,
      ...(attach === '' ? [] : [{ label: 'attachment', url: attach }]),
    ],
    fields: other.length === 0 ? [] : [{ name: 'tags', value: other.slice(0, TAGS_MAX).join(', ') }],
  }
  return { cards: [card] }
}

const TAGS_MAX = 10

const PRIORITIES: ReadonlyMap<string, Mark> = new Map([
  ['5', '🔴'],
  ['max', '🔴'],
  ['urgent', '🔴'],
  ['4', '🟠'],
  ['high', '🟠'],
  ['1', '⚪'],
  ['min', '⚪'],
])

const priorityMark = (priority: string): Mark | null => PRIORITIES.get(priority.trim().toLowerCase()) ?? null

const tagsOf = (json: Json): readonly string[] => {
  const tags = typeof json === 'object' && json !== null && 'tags' in json ? json['tags'] : null
  return Array.isArray(tags) ? tags.map(scalarText) : []
}

/** Actions that open a page. The reader would have to send the requests of others. */
const actionsIn = (json: Json, name: string): readonly Link[] =>
  objectsAt(json, name)
    .filter(action => textAt(action, 'action') === 'view')
    .map(action => ({ label: textAt(action, 'label'), url: textAt(action, 'url') }))

/** In a header: JSON, or `view, Open it, https://example.org/, clear=true; …`, also with `label=` and `url=`. */
function actionsOf(header: string): readonly Link[] {
  if (header.trim().startsWith('[')) {
    const read = readJson(header)
    return 'value' in read ? actionsIn({ actions: read.value }, 'actions') : []
  }
  return header.split(';').flatMap(action => {
    const parts = action.split(',').map(part => part.trim())
    const named = (name: string): string | undefined =>
      parts.find(part => part.toLowerCase().startsWith(`${name}=`))?.slice(name.length + 1)
    const [kind = '', label = '', url = ''] = parts
    const isView = (named('action') ?? kind) === 'view'
    return isView ? [{ label: unquoted(named('label') ?? label), url: unquoted(named('url') ?? url) }] : []
  })
}

const unquoted = (text: string): string => text.replace(/^(["'])(.*)\1$/, '$2')
