/** One line of a text without its marks, as a reply shows it: of a quote, a list or code the words, each link its text. */
import { QUOTATION_MAX } from '../../model/limits.ts'
import { markedTree } from './marks/marked-tree.ts'
import { type TextNode, textTree } from './text-tree.ts'

const NOBODY = { me: '', rings: false, named: () => undefined, marks: markedTree }

/** Cut to QUOTATION_MAX characters, and not within one. */
export function withoutMarks(text: string): string {
  const words = wordsOf(textTree(text.slice(0, READ_MAX), NOBODY))
    .replaceAll(/\s+/g, ' ')
    .trim()
  const chars = [...words]
  return chars.length <= QUOTATION_MAX
    ? words
    : `${chars
        .slice(0, QUOTATION_MAX - 1)
        .join('')
        .trimEnd()}…`
}

/** Marks are few, so this is enough of a text to be cut. */
const READ_MAX = 4 * QUOTATION_MAX

const wordsOf = (nodes: readonly TextNode[]): string => nodes.map(wordOf).join('')

function wordOf(node: TextNode): string {
  switch (node.type) {
    case 'bold':
    case 'italic':
    case 'strike':
      return wordsOf(node.nodes)
    case 'quote':
      return ` ${wordsOf(node.nodes)} `
    case 'list':
      return node.items.map(({ nodes }) => ` ${wordsOf(nodes)} `).join('')
    case 'block':
      return ` ${node.text} `
    default:
      return node.text
  }
}
