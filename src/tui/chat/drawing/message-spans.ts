/** A message's text as spans: the nodes that the page draws too, in the styles of a terminal. */
import { type TextNode, type TextReader, textTree } from '../../../client/view/text-tree.ts'
import { type Style, type StyledLine, span } from '../../text/line.ts'

export type SpanReader = Omit<TextReader, 'rings'>

export function saidSpans(text: string, reading: SpanReader | null, rings: boolean, style: Style): StyledLine {
  if (reading === null) return [span(text, style)]
  const nodes = textTree(text, { ...reading, rings })
  return nodes.flatMap((node, k) => [
    ...(k > 0 && (node.type === 'block' || nodes[k - 1]?.type === 'block') ? [span('\n', style)] : []),
    ...drawn(node, style),
  ])
}

/** Code is recognisable by its indent or its backticks, not by colour alone. */
function drawn(node: TextNode, style: Style): StyledLine {
  switch (node.type) {
    case 'text':
      return [span(node.text, style)]
    case 'code':
      return [span('`', { ...style, role: 'quiet' }), span(node.text, style), span('`', { ...style, role: 'quiet' })]
    case 'block':
      return [span(node.text.replace(/^/gm, '  '), { ...style, italic: false })]
    case 'link':
    case 'room':
    case 'person':
      return [span(node.text, { ...style, role: 'accent' })]
    case 'mention':
      return [span(node.text, { ...style, role: 'mention', bold: true })]
  }
}
