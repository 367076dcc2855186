/** A text as the nodes that terminal and page draw. Nothing is ever read as HTML, and a link is http, https or mail. */
import { readRoom } from '../../model/name/name.ts'
import type { Aside, TextRange } from '../../model/prose/aside.ts'
import type { Mention, Named } from '../../model/prose/names.ts'
import { readProse } from '../../model/prose/prose.ts'

/** `text` is the text shown. */
export type TextLeaf = { readonly text: string } & (
  | { readonly type: 'text' | 'code' }
  | { readonly type: 'block'; readonly language: string }
  /** `address`: the address behind a label, as it was typed. Empty: the text is the address. */
  | { readonly type: 'link'; readonly href: string; readonly address: string }
  | { readonly type: 'room'; readonly room: string }
  | { readonly type: 'person'; readonly name: string }
  /** A mention of the reader. */
  | { readonly type: 'mention' }
)

/** `mark`: a bullet, or the number as it was typed. */
export type ListItem = { readonly mark: string; readonly nodes: readonly TextNode[] }

export type TextNode =
  | TextLeaf
  | { readonly type: 'bold' | 'italic' | 'strike' | 'quote'; readonly nodes: readonly TextNode[] }
  | { readonly type: 'list'; readonly items: readonly ListItem[] }

/** Code, a link or a name, and the node that is drawn in its place. */
export type Place = TextRange & { readonly node: TextLeaf }

/** Reads the marks of Markdown around the places. */
export type Marks = (text: string, places: readonly Place[]) => readonly TextNode[]

/**
 * The reader of a text. `rings`: whether the message mentions the reader (Said.mention); names are marked only then.
 * `marks`: marks/marked-tree.ts, which the page loads after its first drawing. Without it, marks are text.
 */
export type TextReader = {
  readonly me: string
  readonly rings: boolean
  readonly named: Named<string>
  readonly marks?: Marks | null
}

/** A text with marks has at least one of these. */
const MAY_BE_MARKED = /[*_~]|\]\(|^(?:>|- |\d+[.)] )/m

export function textTree(text: string, { me, rings, named, marks = null }: TextReader): readonly TextNode[] {
  const { asides, mentions } = readProse(text, named)
  const places: Place[] = []
  for (const place of [...asides, ...mentions].sort((a, b) => a.from - b.from)) {
    const node = 'who' in place ? nodeOfName(text, place, me, rings) : nodeOfAside(text, place)
    if (node) places.push({ from: place.from, to: place.to, node })
  }
  if (marks && MAY_BE_MARKED.test(text)) return marks(text, places)
  return settled(leavesIn(text, { from: 0, to: text.length }, places))
}

/** The leaves of a part of the text. `places`: those in the part, in order. */
export function leavesIn(text: string, { from, to }: TextRange, places: readonly Place[]): readonly TextLeaf[] {
  const nodes: TextLeaf[] = []
  let end = from
  for (const place of places) {
    plain(nodes, text.slice(end, place.from))
    nodes.push(place.node)
    end = place.to
  }
  plain(nodes, text.slice(end, to))
  return nodes
}

/** The name of somebody else is marked only with `@`, because it may be a common word. */
function nodeOfName(
  text: string,
  { from, to, who, explicit }: Mention<string>,
  me: string,
  rings: boolean,
): TextLeaf | null {
  const shown = text.slice(from, to)
  if (who === me && rings) return { type: 'mention', text: shown }
  return explicit && who !== me ? { type: 'person', text: shown, name: who } : null
}

function nodeOfAside(text: string, aside: Aside): TextLeaf {
  if (aside.type === 'link') {
    return { type: 'link', text: text.slice(aside.from, aside.to), href: aside.href, address: '' }
  }
  return aside.type === 'code'
    ? { type: 'code', text: aside.text }
    : { type: 'block', text: aside.text, language: aside.language }
}

/**
 * `#` after a letter belongs to the word, except after letters of scripts without spaces. `#` and a number is no room.
 */
const ROOM =
  /(?<![[\p{L}\p{N}\p{M}_#\&\/]--[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Thai}]])#(?=[\p{N}\p{M}._\-]*\p{L})([\p{L}\p{N}\p{M}._\-]*[\p{L}\p{N}\p{M}_])/gv

function plain(nodes: TextLeaf[], text: string): void {
  let end = 0
  for (const { 0: shown, 1: typed = '', index } of text.matchAll(ROOM)) {
    const read = readRoom(typed)
    if (!read.ok) continue
    nodes.push({ type: 'text', text: text.slice(end, index) }, { type: 'room', text: shown, room: read.room })
    end = index + shown.length
  }
  if (end < text.length) nodes.push({ type: 'text', text: text.slice(end) })
}

/** A block of code, a quote or a list stands on lines of its own, so the line breaks around it aren't shown again. */
export function settled<T extends TextNode>(nodes: readonly T[]): readonly T[] {
  return nodes
    .map((node, k) => besideBlock(node, nodes[k - 1], nodes[k + 1]))
    .filter(node => node.type !== 'text' || node.text !== '')
}

function besideBlock<T extends TextNode>(node: T, before: TextNode | undefined, after: TextNode | undefined): T {
  if (node.type !== 'text') return node
  let { text } = node
  if (before?.type === 'block') text = text.replace(/^\n/, '')
  if (after?.type === 'block') text = text.replace(/\n$/, '')
  return { ...node, text }
}
