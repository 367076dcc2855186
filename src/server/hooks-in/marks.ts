/** The marks of other chats in those of rxchat. Code stays as it is. Each expression takes time in proportion to the text. */
import { emojiTable } from '../../model/emoji/table.ts'
import { codeIn } from '../../model/prose/code.ts'
import { linkText } from './card.ts'

/** `text` with everything changed that isn't code. */
export function outsideCode(text: string, change: (part: string) => string): string {
  const code = codeIn(text)
  if (code.length === 0) return change(text)
  let [changed, at] = ['', 0]
  for (const { from, to } of code) {
    changed += change(text.slice(at, from)) + text.slice(from, to)
    at = to
  }
  return changed + change(text.slice(at))
}

/** `:fire:` as 🔥. A name that isn't in the table stays. */
export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+'-]{1,64}):(?::skin-tone-\d:)?/gi, (whole, name: string) => emojiNamed(name) ?? whole)

export const emojiNamed = (name: string): string | undefined => emojiTable().byName.get(name.toLowerCase())?.emoji

/** A call to everybody, as code: it rings nobody, even if a member has that name. */
export const calledNobody = (name: string): string => `\`@${name}\``

const EVERYBODY = /(?<![\p{L}\p{N}_@])@(everyone|here|channel|all|room)(?![\p{L}\p{N}_])/giu

export const defused = (text: string): string =>
  outsideCode(text, part => part.replace(EVERYBODY, (_, name: string) => calledNobody(name)))

/** Markdown as GitHub, Discord and Mattermost write it: headings, pictures, tasks and underlined text aren't rxchat's. */
export const fromMarkdown = (text: string): string => outsideCode(text, plainMarkdown)

export const plainMarkdown = (text: string): string =>
  text
    .replace(/^ {0,3}#{1,6} +([^\n]+)$/gm, (_, heading: string) => bold(heading))
    .replace(/!?\[([^[\]\n]*)\]\(<?([^\s()<>]+)>?(?: +"[^"\n]*")?\)/g, (whole, label: string, url: string) =>
      /^(https?|mailto):/i.test(url) ? linkText(label, url) : label || whole,
    )
    .replace(/^( *[-*]) \[([ xX])\] /gm, (_, item: string, done: string) => `${item} ${done === ' ' ? '☐' : '☑'} `)
    .replace(/(?<![\p{L}\p{N}_])__([^\s_](?:[^_\n]*[^\s_])?)__(?![\p{L}\p{N}_])/gu, '**$1**')

/** The tags that people write in Markdown mean nothing here, and comments aren't meant to be seen. */
export const withoutTags = (text: string): string =>
  text
    .replace(/<!--[\s\S]*?(?:-->|$)/g, '')
    .replace(
      /<\/?(?:a|b|br|details|div|em|h[1-6]|i|img|kbd|li|ol|p|picture|source|span|strong|sub|summary|sup|table|tbody|td|th|thead|tr|ul)\b[^<>\n]*>/gi,
      '',
    )

/** On one line, so that its signs pair. Bold text isn't marked twice. */
export function bold(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat === '' || /^\*\*.*\*\*$/.test(flat) ? flat : `**${flat.replaceAll('**', '')}**`
}

/** The first lines of a long text, at most `most` characters. */
export function excerpt(text: string, most: number, lines = 8): string {
  const kept = text.trim().split(/\r?\n/)
  const head = kept.slice(0, lines).join('\n')
  return clipped(kept.length > lines ? `${head}\n…` : head, most)
}

/** At most `most` characters, and not within one. */
export function clipped(text: string, most: number): string {
  if (text.length <= most) return text
  return `${text
    .slice(0, most - 1)
    .toWellFormed()
    .replace(/\uFFFD$/, '')
    .trimEnd()}…`
}

/** `1 commit`, `3 commits`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** `2026-11-22 10:00 UTC`; '' if there is no such time. */
export function timeText(ms: number): string {
  const date = new Date(ms)
  return Number.isNaN(date.getTime()) ? '' : `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
