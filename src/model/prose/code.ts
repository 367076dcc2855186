/** Code in a text, as in CommonMark: spans between backticks, and fenced blocks. All other Markdown is plain text. */
import { parser } from '@lezer/markdown'
import type { Code } from './aside.ts'

const reader = parser.configure({
  remove: [
    ...['ATXHeading', 'SetextHeading', 'HorizontalRule', 'Blockquote', 'BulletList', 'OrderedList', 'ListItem'],
    ...['HTMLBlock', 'HTMLTag', 'IndentedCode', 'LinkReference', 'Link', 'Image', 'Autolink'],
    ...['Emphasis', 'Entity', 'HardBreak'],
  ],
})

/** The places of code are found in `read`; its content is taken from `text`, which has the same length. */
export function codeIn(read: string, text: string = read): readonly Code[] {
  if (!/`|~~~/.test(read)) return []
  const found: Code[] = []
  reader.parse(read).iterate({
    enter({ name, from, to }) {
      if (name === 'InlineCode') found.push(span(text, from, to))
      if (name === 'FencedCode') found.push(block(text, from, to))
    },
  })
  return found
}

/** CommonMark 6.1: line ends become spaces, and one space at both ends is stripped unless the span is blank. */
function span(text: string, from: number, to: number): Code {
  const marks = /^`+/.exec(text.slice(from, to))?.[0].length ?? 0
  const inner = text.slice(from + marks, to - marks).replaceAll('\n', ' ')
  const setOff = inner.startsWith(' ') && inner.endsWith(' ') && inner.trim() !== ''
  return { type: 'code', from, to, text: setOff ? inner.slice(1, -1) : inner, language: '' }
}

/** CommonMark 4.5: lines lose at most the indentation of the fence. Without a closing fence, the text ends a block. */
function block(text: string, from: number, to: number): Code {
  const start = text.lastIndexOf('\n', from - 1) + 1
  const [first = '', ...lines] = text.slice(start, to).split('\n')
  const [, indent = '', fence = '', info = ''] = /^( *)(`+|~+) *(\S*)/.exec(first) ?? []
  const last = lines.at(-1)?.trim() ?? ''
  const isClosed = last.length >= fence.length && last === fence.charAt(0).repeat(last.length)
  const inner = isClosed ? lines.slice(0, -1) : lines
  const dedent = new RegExp(`^ {0,${indent.length}}`)
  return {
    type: 'block',
    from: start,
    to,
    text: inner.map(line => line.replace(dedent, '')).join('\n'),
    language: info,
  }
}
