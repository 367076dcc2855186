/** The leaves of a text's tree, in the order of the text. */
import type { TextLeaf, TextNode } from '../../src/client/view/text-tree.ts'

export function leavesOf(nodes: readonly TextNode[]): readonly TextLeaf[] {
  return nodes.flatMap(node => {
    if ('text' in node) return [node]
    return node.type === 'list' ? node.items.flatMap(item => leavesOf(item.nodes)) : leavesOf(node.nodes)
  })
}
