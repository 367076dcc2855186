/**
 * A text with the marks of Markdown as a tree: quotes, lists, bold, italic and struck text, and links behind a label. Code,
 * links and names are read before, and cover the signs in them. Time is linear in the text, and the tree is shallow.
 */
import type { TextRange } from '../../../model/prose/aside.ts'
import { leavesIn, type Marks, type Place, settled, type TextNode } from '../text-tree.ts'
import { type Block, blocksIn, type Item } from './blocks.ts'
import { labelled } from './labels.ts'
import { type Pair, pairsIn } from './pairs.ts'

export const markedTree: Marks = (text, found) => {
  const places = labelled(text, found)
  const read = covered(text, places)
  return new Tree(text, read, places).nodes(blocksIn(read))
}

/** `text` with each place filled with a letter, but for its indentation. Its line breaks aren't any of the text. */
function covered(text: string, places: readonly Place[]): string {
  let read = ''
  for (const { from, to } of places) {
    const indent = /^ */.exec(text.slice(from, to))?.[0] ?? ''
    read += text.slice(read.length, from) + indent + 'x'.repeat(to - from - indent.length)
  }
  return read + text.slice(read.length)
}

class Tree {
  readonly #text: string
  readonly #read: string
  readonly #places: readonly Place[]
  /** The first place that isn't drawn yet: a tree is made in the order of its text. */
  #next = 0

  constructor(text: string, read: string, places: readonly Place[]) {
    this.#text = text
    this.#read = read
    this.#places = places
  }

  nodes(blocks: readonly Block[]): readonly TextNode[] {
    return settled(merged(blocks.flatMap((block): readonly TextNode[] => this.#block(block))))
  }

  #block(block: Block): readonly TextNode[] {
    switch (block.type) {
      case 'lines':
        return block.lines.flatMap((line, k) => [...(k > 0 ? [LINE_BREAK] : []), ...this.#line(line)])
      case 'quote':
        return [{ type: 'quote', nodes: this.nodes(block.blocks) }]
      case 'list':
        return [{ type: 'list', items: block.items.map(item => this.#item(item)) }]
    }
  }

  #item({ mark: { from, to }, blocks }: Item) {
    const mark = this.#text.slice(from, to).trim()
    return { mark: /^[-*]$/.test(mark) ? '•' : mark, nodes: this.nodes(blocks) }
  }

  #line({ from, to }: TextRange): readonly TextNode[] {
    const pairs = pairsIn(this.#read.slice(from, to)).map(pair => ({
      ...pair,
      ...moved(pair, from),
      inner: moved(pair.inner, from),
    }))
    return this.#marked({ from, to }, pairs.reverse())
  }

  /** `pairs`: those of the line that aren't drawn yet, the last one first. */
  #marked({ from, to }: TextRange, pairs: Pair[]): readonly TextNode[] {
    const nodes: TextNode[] = []
    let end = from
    for (let pair = pairs.at(-1); pair && pair.from < to; pair = pairs.at(-1)) {
      pairs.pop()
      nodes.push(...this.#leaves(end, pair.from), { type: pair.type, nodes: this.#marked(pair.inner, pairs) })
      end = pair.to
    }
    return [...nodes, ...this.#leaves(end, to)]
  }

  #leaves(from: number, to: number): readonly TextNode[] {
    const first = this.#next
    while ((this.#places[this.#next]?.to ?? Number.POSITIVE_INFINITY) <= to) this.#next++
    return leavesIn(this.#text, { from, to }, this.#places.slice(first, this.#next))
  }
}

const LINE_BREAK: TextNode = { type: 'text', text: '\n' }

const moved = ({ from, to }: TextRange, by: number): TextRange => ({ from: from + by, to: to + by })

/** Neighbouring pieces of plain text as one. */
function merged(nodes: readonly TextNode[]): readonly TextNode[] {
  const all: TextNode[] = []
  for (const node of nodes) {
    const last = all.at(-1)
    if (node.type === 'text' && last?.type === 'text')
      all[all.length - 1] = { type: 'text', text: last.text + node.text }
    else all.push(node)
  }
  return all
}
