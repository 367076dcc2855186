/** All of an output over the page, as text. Its end comes first, then the rest, a piece at a time. */
import { useCallback, useEffect, useRef, useState } from 'react'
import { decoded, liveText } from '../../../model/message/live-text.ts'
import { sizeText } from '../../text/sizes.ts'
import { Icon } from '../controls/Icon.tsx'

/** Bytes from `offset` on, of `size`; a string says why there are none. */
export type Fetch = (offset: number) => Promise<{ offset: number; size: number; bytes: Uint8Array } | string>

type Props = { readonly title: string; readonly fetch: Fetch; readonly onClose: () => void }

type Part = { readonly offset: number; readonly size: number; readonly bytes: Uint8Array }

const PIECE = 65_536

export function Output({ title, fetch, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const text = useRef<HTMLPreElement>(null)
  const [part, set] = useState<Part | null>(null)
  const [trouble, complain] = useState<string | null>(null)

  const load = useCallback(
    async (before: Part | null) => {
      const found = await fetch(before === null ? -PIECE : Math.max(0, before.offset - PIECE))
      if (typeof found === 'string') return complain(found)
      set(before === null ? found : joined(found, before))
    },
    [fetch],
  )
  useEffect(() => {
    dialog.current?.showModal()
    void load(null)
  }, [load])
  const isFirst = part !== null && text.current === null
  useEffect(() => {
    if (isFirst) text.current?.scrollTo({ top: text.current.scrollHeight })
  }, [isFirst])

  return (
    <dialog ref={dialog} className="viewer output" aria-label={title} onClose={onClose}>
      <div className="viewer-head">
        <bdi className="viewer-name">{title}</bdi>
        <span className="viewer-about">{part ? aboutOf(part) : ''}</span>
        {part && part.offset > 0 ? (
          <button type="button" className="output-more" onClick={() => void load(part)}>
            Earlier
          </button>
        ) : null}
        <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      {trouble === null ? null : <p className="output-trouble">{trouble}</p>}
      {part ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls by keys.
        <pre ref={text} className="output-text" tabIndex={0}>
          {liveText(decoded(part.bytes))}
        </pre>
      ) : null}
    </dialog>
  )
}

const aboutOf = ({ offset, bytes, size }: Part): string =>
  offset === 0 ? sizeText(size) : `the last ${sizeText(bytes.length)} of ${sizeText(size)}`

/** Joins two parts that may overlap. */
function joined(earlier: Part, later: Part): Part {
  const head = earlier.bytes.subarray(0, Math.max(0, later.offset - earlier.offset))
  const bytes = new Uint8Array(head.length + later.bytes.length)
  bytes.set(head)
  bytes.set(later.bytes, head.length)
  return { offset: earlier.offset, size: later.size, bytes }
}
