/** The links of a text, in order, each once. */
import { textTree } from './text-tree.ts'

/** Absolute addresses: http, https or mailto. */
export function linksOf(text: string): readonly string[] {
  const nodes = textTree(text, { me: '', rings: false, named: () => undefined })
  return [...new Set(nodes.flatMap(node => (node.type === 'link' ? [node.href] : [])))]
}
