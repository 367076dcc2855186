/** A message's text as paragraphs: the tree that the page draws too, in the styles of a terminal. */
import { wholeTree } from '../../../../client/view/marks/whole-tree.ts'
import type { TextLeaf, TextNode, TextReader } from '../../../../client/view/text-tree.ts'
import { type Style, type StyledLine, span } from '../../../text/line.ts'
import { type Paragraph, paragraph } from '../../../text/paragraphs.ts'
import { widest } from '../../../text/width.ts'
import { codeSpans } from './code-colours.ts'

export type SpanReader = Omit<TextReader, 'rings' | 'marks'>

export function saidParagraphs(
  text: string,
  reading: SpanReader | null,
  rings: boolean,
  style: Style,
): readonly Paragraph[] {
  if (reading === null) return [paragraph([span(text, style)])]
  return paragraphsOf(wholeTree(text, { ...reading, rings }), style)
}

/** Quotes, lists and blocks of code are paragraphs of their own, and so are the texts between them. */
function paragraphsOf(nodes: readonly TextNode[], style: Style): readonly Paragraph[] {
  const all: Paragraph[] = []
  let spans: StyledLine = []
  const end = (): void => {
    if (spans.length > 0) all.push(paragraph(spans))
    spans = []
  }
  for (const [k, node] of nodes.entries()) {
    const own = ownParagraphs(node, style)
    if (own === null) {
      spans = [...spans, ...inlineSpans(node, style)]
      continue
    }
    end()
    // There was an empty line between them, or they were one.
    if (node.type === 'quote' && nodes[k - 1]?.type === 'quote') all.push(paragraph([span('', style)]))
    all.push(...own)
  }
  end()
  return all.length > 0 ? all : [paragraph([span('', style)])]
}

/** Null: it's part of the text around it. */
function ownParagraphs(node: TextNode, style: Style): readonly Paragraph[] | null {
  switch (node.type) {
    case 'block':
      return [paragraph(codeSpans(node.text, node.language, { ...style, italic: false }), [span('  ')])]
    case 'quote': {
      const bar = [span('│ ', { role: 'quiet' })]
      return paragraphsOf(node.nodes, style).map(one => led(one, bar, bar))
    }
    case 'list':
      return node.items.flatMap(({ mark, nodes }) => {
        const lead = [span(`${mark} `, { role: 'quiet' })]
        const leads = [span(' '.repeat(widest(mark) + 1))]
        const inner = paragraphsOf(nodes, style)
        return inner.map((one, k) => led(one, k === 0 ? lead : leads, leads))
      })
    default:
      return null
  }
}

const led = ({ spans, lead, leads }: Paragraph, first: StyledLine, others: StyledLine): Paragraph =>
  paragraph(spans, [...first, ...lead], [...others, ...leads])

/**
 * A text that shows its mark by a colour or a slant alone keeps the signs, if it would mean something else without
 * them.
 */
function inlineSpans(node: TextNode, style: Style): StyledLine {
  switch (node.type) {
    case 'bold':
      return inlineOf(node.nodes, { ...style, bold: true })
    case 'italic':
      return inlineOf(node.nodes, { ...style, italic: true })
    case 'strike':
      return around('~~', inlineOf(node.nodes, { ...style, strike: true }), style)
    case 'quote':
    case 'list':
      return []
    default:
      return leafSpans(node, style)
  }
}

const inlineOf = (nodes: readonly TextNode[], style: Style): StyledLine =>
  nodes.flatMap(node => inlineSpans(node, style))

const around = (mark: string, spans: StyledLine, style: Style): StyledLine => {
  const sign = span(mark, { ...style, role: 'quiet' })
  return [sign, ...spans, sign]
}

function leafSpans(node: TextLeaf, style: Style): StyledLine {
  switch (node.type) {
    case 'text':
    case 'block':
      return [span(node.text, style)]
    case 'code':
      return around('`', [span(node.text, style)], style)
    case 'link': {
      const shown = span(node.text, { ...style, role: 'accent' })
      if (node.address === '') return [shown]
      return [shown, span(` (${node.address})`, { ...style, role: 'quiet' })]
    }
    case 'room':
    case 'person':
      return [span(node.text, { ...style, role: 'accent' })]
    case 'mention':
      return [span(node.text, { ...style, role: 'mention', bold: true })]
  }
}
