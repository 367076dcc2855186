/** The text of a message: its tree (client/view/text-tree.ts) as elements. A long one is folded. */
import { memo, useContext, useMemo, useState } from 'react'
import type { ListItem, TextLeaf, TextNode } from '../../../client/view/text-tree.ts'
import { isEmojiAlone } from '../../../model/emoji/emoji.ts'
import { FOLDED_CHARS, FOLDED_LINES } from '../../../model/limits.ts'
import { type Reading, ReadingContext } from '../../text/use-reading.ts'
import { CodeBlock } from './CodeBlock.tsx'

/** `rings`: it mentions the reader. */
type Props = { readonly text: string; readonly rings?: boolean }

export const Text = memo(function Text({ text, rings = false }: Props) {
  const reading = useContext(ReadingContext)
  const nodes = useMemo(() => reading.tree?.(text, { ...reading, rings }) ?? plain(text), [text, rings, reading])
  const [isOpen, open] = useState(false)
  if (isEmojiAlone(text)) return <span className="big-emoji">{text}</span>
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

const plain = (text: string): readonly TextNode[] => [{ type: 'text', text }]

type Nodes = { readonly nodes: readonly TextNode[]; readonly reading: Reading }

function Nodes({ nodes, reading }: Nodes) {
  let at = 0
  return nodes.map(node => <TextPart key={at++} node={node} reading={reading} />)
}

function TextPart({ node, reading }: { readonly node: TextNode; readonly reading: Reading }) {
  switch (node.type) {
    case 'list':
      return <ItemList items={node.items} reading={reading} />
    case 'quote':
    case 'bold':
    case 'italic':
    case 'strike': {
      const Tag = TAGS[node.type]
      return (
        <Tag dir={node.type === 'quote' ? 'auto' : undefined}>
          <Nodes nodes={node.nodes} reading={reading} />
        </Tag>
      )
    }
    default:
      return <Leaf node={node} reading={reading} />
  }
}

const TAGS = { quote: 'blockquote', bold: 'strong', italic: 'em', strike: 's' } as const

/** Its marks are those that were typed, so that no number changes. */
function ItemList({ items, reading }: { readonly items: readonly ListItem[]; readonly reading: Reading }) {
  let at = 0
  return (
    <ul dir="auto">
      {items.map(({ mark, nodes }) => (
        <li key={at++}>
          <span>{mark}</span>
          <div>
            <Nodes nodes={nodes} reading={reading} />
          </div>
        </li>
      ))}
    </ul>
  )
}

function Leaf({ node, reading }: { readonly node: TextLeaf; readonly reading: Reading }) {
  switch (node.type) {
    case 'text':
      return node.text
    case 'code':
      return <code>{node.text}</code>
    case 'block':
      return <CodeBlock code={node.text} language={node.language} />
    case 'mention':
      return <mark>{node.text}</mark>
    case 'link':
      return (
        <>
          <a href={node.href} title={node.href} target="_blank" rel="noopener noreferrer nofollow ugc">
            {node.text}
          </a>
          {node.address === '' ? null : <span className="leads"> ({whereTo(node.href)})</span>}
        </>
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

/** The target of a link behind a label, as the browser reads it: the label may say otherwise. */
function whereTo(href: string): string {
  const { host, pathname } = new URL(href)
  return host === '' ? pathname : host
}

/** A long text is folded: it would push the messages around it out of sight. */
function isLong(text: string): boolean {
  if (text.length > FOLDED_CHARS) return true
  let lines = 1
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++
  return lines > FOLDED_LINES
}
