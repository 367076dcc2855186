/** A picture over the whole page, with keys: arrows to the others of the place, + and − to zoom, Escape to close. */
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { SentFile } from '../../../client/chat/conversation/timeline.ts'
import { sizeText } from '../../text/sizes.ts'
import { Icon } from '../controls/Icon.tsx'
import { isDrawn } from './pictures.ts'

type Props = {
  /** The pictures of the place, in order. */
  readonly files: readonly SentFile[]
  readonly first: string
  readonly onClose: () => void
}

/** Factors of the size that fits. */
const ZOOMS = [1, 1.5, 2, 3, 4]

export function Viewer({ files, first, onClose }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [id, show] = useState(first)
  const [zoom, setZoom] = useState(0)
  const at = files.findIndex(one => one.id === id)
  const file = files[at]

  useEffect(() => dialog.current?.showModal(), [])
  // Its message was deleted.
  useEffect(() => {
    if (!file) onClose()
  }, [file, onClose])
  if (!file) return null

  function go(by: number): void {
    const next = files[at + by]
    if (!next) return
    show(next.id)
    setZoom(0)
  }
  const zoomBy = (by: number): void => setZoom(Math.max(0, Math.min(ZOOMS.length - 1, zoom + by)))

  function pressed(event: KeyboardEvent): void {
    const act = KEYS[event.key]
    if (event.altKey || event.ctrlKey || event.metaKey || act === undefined) return
    event.preventDefault()
    if (act === 'before' || act === 'next') go(act === 'next' ? 1 : -1)
    else if (act === 'fit') setZoom(0)
    else zoomBy(act === 'in' ? 1 : -1)
  }

  const factor = ZOOMS[zoom] ?? 1
  return (
    <dialog ref={dialog} className="viewer" aria-label={file.name} onClose={onClose} onKeyDown={pressed}>
      <div className="viewer-head">
        <bdi className="viewer-name">{file.name}</bdi>
        <span className="viewer-about">
          {files.length > 1 ? `${at + 1} of ${files.length} · ` : ''}
          {sizeText(file.size)}
        </span>
        <button type="button" aria-label="Zoom out" disabled={zoom === 0} onClick={() => zoomBy(-1)}>
          −
        </button>
        <button type="button" aria-label="Zoom in" disabled={zoom === ZOOMS.length - 1} onClick={() => zoomBy(1)}>
          +
        </button>
        <a href={file.url} download={file.name}>
          Download
        </a>
        <button type="button" aria-label="Close" onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div className="viewer-stage">
        <img
          key={file.id}
          src={isDrawn(file) ? file.url : (file.thumb?.url ?? file.url)}
          alt={file.name}
          style={{
            maxWidth: `${factor * 100}%`,
            maxHeight: `${factor * 100}%`,
            minWidth: factor > 1 ? `${factor * 100}%` : 0,
          }}
        />
      </div>
      {at > 0 ? (
        <button type="button" className="viewer-go before" aria-label="The picture before" onClick={() => go(-1)}>
          ‹
        </button>
      ) : null}
      {at < files.length - 1 ? (
        <button type="button" className="viewer-go next" aria-label="The next picture" onClick={() => go(1)}>
          ›
        </button>
      ) : null}
    </dialog>
  )
}

const KEYS: Readonly<Record<string, 'before' | 'next' | 'in' | 'out' | 'fit'>> = {
  ...{ ArrowLeft: 'before', ArrowRight: 'next', '+': 'in', '=': 'in', '-': 'out', '0': 'fit' },
}
