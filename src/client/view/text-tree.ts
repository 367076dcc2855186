/** A text as the nodes that terminal and page draw. Nothing is ever read as HTML, and a link is http, https or mail. */
import { readRoom } from '../../model/name/name.ts'
import type { Aside } from '../../model/prose/aside.ts'
import type { Mention, Named } from '../../model/prose/names.ts'
import { readProse } from '../../model/prose/prose.ts'

/** `text` is the text shown. */
export type TextNode = { readonly text: string } & (
  | { readonly type: 'text' | 'code' }
  | { readonly type: 'block'; readonly language: string }
  | { readonly type: 'link'; readonly href: string }
  | { readonly type: 'room'; readonly room: string }
  | { readonly type: 'person'; readonly name: string }
  /** A mention of the reader. */
  | { readonly type: 'mention' }
)

/**
 * The reader of a text. `rings`: whether the message mentions the reader (Said.mention); names are marked only then.
 */
export type TextReader = { readonly me: string; readonly rings: boolean; readonly named: Named<string> }

export function textTree(text: string, { me, rings, named }: TextReader): readonly TextNode[] {
  const { asides, mentions } = readProse(text, named)
  const nodes: TextNode[] = []
  let end = 0
  for (const place of [...asides, ...mentions].sort((a, b) => a.from - b.from)) {
    const node = 'who' in place ? nodeOfName(text, place, me, rings) : nodeOfAside(text, place)
    if (!node) continue
    plain(nodes, text.slice(end, place.from))
    nodes.push(node)
    end = place.to
  }
  plain(nodes, text.slice(end))
  return nodes
    .map((node, k) => besideBlock(node, nodes[k - 1], nodes[k + 1]))
    .filter(({ type, text }) => type === 'block' || text !== '')
}

/** The name of somebody else is marked only with `@`, because it may be a common word. */
function nodeOfName(
  text: string,
  { from, to, who, explicit }: Mention<string>,
  me: string,
  rings: boolean,
): TextNode | null {
  const shown = text.slice(from, to)
  if (who === me && rings) return { type: 'mention', text: shown }
  return explicit && who !== me ? { type: 'person', text: shown, name: who } : null
}

function nodeOfAside(text: string, aside: Aside): TextNode {
  if (aside.type === 'link') return { type: 'link', text: text.slice(aside.from, aside.to), href: aside.href }
  return aside.type === 'code'
    ? { type: 'code', text: aside.text }
    : { type: 'block', text: aside.text, language: aside.language }
}

/**
 * `#` after a letter belongs to the word, except after letters of scripts without spaces. `#` and a number is no room.
 */
const ROOM =
  /(?<![[\p{L}\p{N}\p{M}_#\&\/]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]])#(?=[\p{N}\p{M}._\-]*\p{L})([\p{L}\p{N}\p{M}._\-]*[\p{L}\p{N}\p{M}_])/gv

function plain(nodes: TextNode[], text: string): void {
  let end = 0
  for (const { 0: shown, 1: typed = '', index } of text.matchAll(ROOM)) {
    const read = readRoom(typed)
    if (!read.ok) continue
    nodes.push({ type: 'text', text: text.slice(end, index) }, { type: 'room', text: shown, room: read.room })
    end = index + shown.length
  }
  nodes.push({ type: 'text', text: text.slice(end) })
}

/** A block stands on its own lines, so the line breaks around it aren't shown again. */
function besideBlock(node: TextNode, before: TextNode | undefined, after: TextNode | undefined): TextNode {
  if (node.type !== 'text') return node
  let { text } = node
  if (before?.type === 'block') text = text.replace(/^\n/, '')
  if (after?.type === 'block') text = text.replace(/\n$/, '')
  return { ...node, text }
}
