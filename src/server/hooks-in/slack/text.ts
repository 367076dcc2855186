/** Slack's mrkdwn, and Mattermost's Markdown with Slack's links, in the marks of rxchat. */
import { linkText } from '../card.ts'
import { calledNobody, outsideCode, plainMarkdown, timeText, withEmoji } from '../marks.ts'

export const slackText = (text: string): string =>
  unescaped(outsideCode(text, part => withEmoji(plainMarkdown(strong(part.replace(ANGLES, inAngles))))))

/** Plain text, such as a title: it has no marks, but entities and emoji. */
export const slackPlain = (text: string): string => withEmoji(unescaped(text))

/** `<https://example.org|label>`, `<@U123|bob>`, `<#C123|ops>`, `<!here>`, `<!date^…^…|fallback>`. */
const ANGLES = /<([@#!]?)([^<>\n|]{1,3000})(?:\|([^<>\n]{0,3000}))?>/g

function inAngles(whole: string, kind: string, name: string, label = ''): string {
  switch (kind) {
    case '@':
      return `@${(label || name).replace(/^@/, '')}`
    case '#':
      return `#${(label || name).replace(/^#/, '')}`
    case '!':
      if (/^(here|channel|everyone|group)$/.test(name)) return calledNobody(name)
      return label || dateOf(name) || `@${name.replace(/^subteam\^/, '')}`
    default:
      return /^(https?|mailto):/i.test(name) ? linkText(label, unescaped(name)) : whole
  }
}

function dateOf(name: string): string {
  const [, seconds] = /^date\^(\d{1,11})\^/.exec(name) ?? []
  return seconds === undefined ? '' : timeText(Number(seconds) * 1000)
}

/** One `*` is bold in Slack, and two are in Mattermost, as here. `~struck~` likewise. */
const strong = (text: string): string =>
  text
    .replace(/(?<![\p{L}\p{N}*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\p{L}\p{N}*])/gu, '**$1**')
    .replace(/(?<![\p{L}\p{N}~])~([^\s~](?:[^~\n]*[^\s~])?)~(?![\p{L}\p{N}~])/gu, '~~$1~~')

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

const unescaped = (text: string): string => text.replace(/&(?:amp|lt|gt);/g, entity => ENTITIES[entity] ?? entity)
