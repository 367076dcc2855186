/** Links behind a label: `[label](https://example.org/)`. The address is shown too, since a label may lie about it. */
import type { Place } from '../text-tree.ts'

/** A longer label is text. */
const LABEL_MAX = 200
const LABEL = /\[([^[\]\n]*[\p{L}\p{N}\p{Extended_Pictographic}][^[\]\n]*)\]\($/u

/** `places`, with the links that have a label drawn in place of their address. */
export function labelled(text: string, places: readonly Place[]): readonly Place[] {
  const all: Place[] = []
  for (const place of places) {
    const { from, to, node } = place
    const [before = '', label = ''] =
      node.type === 'link' && text[to] === ')' && text.startsWith('](', from - 2)
        ? (LABEL.exec(text.slice(Math.max(0, from - LABEL_MAX), from)) ?? [])
        : []
    const isLink = before !== '' && (all.at(-1)?.to ?? 0) <= from - before.length
    if (isLink && node.type === 'link') {
      all.push({ from: from - before.length, to: to + 1, node: { ...node, text: label, address: node.text } })
    } else all.push(place)
  }
  return all
}
