/** The text of a message, with links, code and names. A long one is folded. */
import { memo, useContext, useMemo, useState } from 'react'
import { type TextNode, textTree } from '../../../client/view/text-tree.ts'
import { FOLDED_CHARS, FOLDED_LINES } from '../../../model/limits.ts'
import { type Reading, ReadingContext } from '../../text/use-reading.ts'
import { CodeBlock } from './CodeBlock.tsx'

/** `rings`: it mentions the reader. */
type Props = { readonly text: string; readonly rings?: boolean }

export const Text = memo(function Text({ text, rings = false }: Props) {
  const reading = useContext(ReadingContext)
  const nodes = useMemo(() => textTree(text, { ...reading, rings }), [text, rings, reading])
  const [isOpen, open] = useState(false)
  if (!isLong(text)) return <Nodes nodes={nodes} reading={reading} />
  return (
    <>
      <div className={isOpen ? 'long' : 'long folded'}>
        <Nodes nodes={nodes} reading={reading} />
      </div>
      <button type="button" className="unfold" aria-expanded={isOpen} onClick={() => open(!isOpen)}>
        {isOpen ? 'Show less' : `Show all ${text.split('\n').length} lines`}
      </button>
    </>
  )
})

type Nodes = { readonly nodes: readonly TextNode[]; readonly reading: Reading }

function Nodes({ nodes, reading }: Nodes) {
  let at = 0
  return nodes.map(node => {
    at += node.text.length + 1
    return <TextPart key={at} node={node} reading={reading} />
  })
}

function TextPart({ node, reading }: { readonly node: TextNode; readonly reading: Reading }) {
  switch (node.type) {
    case 'text':
      return node.text
    case 'code':
      return <code>{node.text}</code>
    case 'block':
      return <CodeBlock code={node.text} />
    case 'mention':
      return <mark>{node.text}</mark>
    case 'link':
      return (
        <a href={node.href} target="_blank" rel="noopener noreferrer nofollow ugc">
          {node.text}
        </a>
      )
    case 'room':
      return (
        <button
          type="button"
          className="inline"
          title={`Go to #${node.room}`}
          onClick={() => reading.onRoom(node.room)}
        >
          {node.text}
        </button>
      )
    case 'person':
      return (
        <button
          type="button"
          className="inline"
          title={`Send ${node.name} a direct message`}
          onClick={() => reading.onPerson(node.name)}
        >
          {node.text}
        </button>
      )
  }
}

/** A long text is folded: it would push the messages around it out of sight. */
function isLong(text: string): boolean {
  if (text.length > FOLDED_CHARS) return true
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines > FOLDED_LINES
}
