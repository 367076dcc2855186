/** What somebody wrote: text, and what of it is more than that. */
import { memo } from 'react'
import { SCROLLED_BY_KEYS } from '../list/WindowedList.tsx'
import { markup, type Part } from '../text/markup.ts'

type Props = { readonly text: string; readonly me: string }

export const Text = memo(function Text({ text, me }: Props) {
  const parts = markup(text, me)
  let at = 0
  return parts.map(part => {
    at += part.text.length + 1
    return <TextPart key={at} part={part} />
  })
})

function TextPart({ part }: { readonly part: Part }) {
  switch (part.type) {
    case 'text':
      return part.text
    case 'code':
      return <code>{part.text}</code>
    case 'block':
      return (
        <pre {...SCROLLED_BY_KEYS}>
          <code>{part.text}</code>
        </pre>
      )
    case 'mention':
      return <mark>{part.text}</mark>
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noopener noreferrer nofollow ugc">
          {part.text}
        </a>
      )
  }
}
