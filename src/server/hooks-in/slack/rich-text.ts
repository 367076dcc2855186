/** The block `rich_text` of Slack, which has no text but a tree of a person's input. */
import { linkText } from '../card.ts'
import { type JsonObject, objectAt, objectsAt, textAt } from '../json.ts'
import { calledNobody, emojiNamed } from '../marks.ts'

export const richText = (block: JsonObject): string => objectsAt(block, 'elements').map(partText).join('\n')

function partText(part: JsonObject): string {
  const text = (): string => objectsAt(part, 'elements').map(leafText).join('')
  switch (part['type']) {
    case 'rich_text_list': {
      const isOrdered = part['style'] === 'ordered'
      return objectsAt(part, 'elements')
        .map((item, at) => `${isOrdered ? `${at + 1}.` : '-'} ${objectsAt(item, 'elements').map(leafText).join('')}`)
        .join('\n')
    }
    case 'rich_text_preformatted':
      return `\`\`\`\n${text().trimEnd()}\n\`\`\``
    case 'rich_text_quote':
      return text().replace(/^/gm, '> ')
    default:
      return text().trimEnd()
  }
}

function leafText(leaf: JsonObject): string {
  switch (leaf['type']) {
    case 'link':
      return linkText(textAt(leaf, 'text'), textAt(leaf, 'url'))
    case 'emoji':
      return emojiNamed(textAt(leaf, 'name')) ?? `:${textAt(leaf, 'name')}:`
    case 'user':
    case 'usergroup':
      return `@${textAt(leaf, 'user_id', 'usergroup_id')}`
    case 'channel':
      return `#${textAt(leaf, 'channel_id')}`
    case 'broadcast':
      return calledNobody(textAt(leaf, 'range'))
    case 'date':
      return textAt(leaf, 'fallback')
    default:
      return styled(textAt(leaf, 'text'), objectAt(leaf, 'style'))
  }
}

function styled(text: string, style: JsonObject): string {
  const inner = text.trim()
  if (inner === '') return text
  // A mark counts only at a word's outer edge.
  const before = text.slice(0, text.length - text.trimStart().length)
  const after = text.slice(text.trimEnd().length)
  if (style['code'] === true) return `${before}\`${inner}\`${after}`
  const bold = style['bold'] === true ? `**${inner}**` : inner
  const italic = style['italic'] === true ? `_${bold}_` : bold
  return `${before}${style['strike'] === true ? `~~${italic}~~` : italic}${after}`
}
