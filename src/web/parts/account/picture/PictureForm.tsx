/** The picture of an account: chosen from a file, cut to a square, and removed. */
import { useEffect, useRef, useState } from 'react'
import { Trouble } from '../../controls/Trouble.tsx'
import { Avatar } from '../../person/Avatar.tsx'
import { Outcome } from '../Outcome.tsx'
import { useAct } from '../use-act.ts'
import { drawSquare, encoded } from './square.ts'

type Props = {
  readonly name: string
  readonly hasOne: boolean
  readonly onPicture: (picture: Blob | null) => Promise<string | null>
}

/** The highest zoom into the middle of a picture. */
const ZOOM_MAX = 4

export function PictureForm({ name, hasOne, onPicture }: Props) {
  const file = useRef<HTMLInputElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const [zoom, setZoom] = useState(1)
  const act = useAct()
  useEffect(() => {
    if (picture && canvas.current) drawSquare(picture, zoom, canvas.current)
  }, [picture, zoom])
  useEffect(() => () => picture?.close(), [picture])

  async function choose(chosen: File | undefined): Promise<void> {
    act.calm()
    if (!chosen) return
    try {
      setPicture(await createImageBitmap(chosen))
      setZoom(1)
    } catch {
      act.refuse('This browser cannot read that file as a picture. Choose a PNG, JPEG or WebP.')
    }
  }

  async function save(): Promise<void> {
    const square = canvas.current && (await encoded(canvas.current))
    if (!square) return act.refuse('This browser cannot make a picture of it. Choose another.')
    if (await act.run(() => onPicture(square), 'The picture is there for all to see.')) setPicture(null)
  }

  return (
    <section className="picture-form" aria-label="Your picture">
      {picture ? (
        <canvas ref={canvas} className="picture-new" aria-label="The new picture" role="img" />
      ) : (
        <Avatar name={name} />
      )}
      <input
        ref={file}
        type="file"
        accept="image/*"
        className="unseen"
        tabIndex={-1}
        aria-label="File of the picture"
        onChange={event => {
          void choose(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      <div className="picture-words">
        {picture ? (
          <label className="picture-zoom">
            Zoom
            <input
              type="range"
              min={1}
              max={ZOOM_MAX}
              step={0.05}
              value={zoom}
              onInput={event => setZoom(Number(event.currentTarget.value))}
            />
          </label>
        ) : (
          <p className="quiet small">A picture in place of the initials, for everybody in your rooms.</p>
        )}
        <div className="buttons">
          {picture ? (
            <>
              <button type="button" className="primary" disabled={act.isBusy} onClick={() => void save()}>
                Use this picture
              </button>
              <button type="button" onClick={() => setPicture(null)}>
                Cancel
              </button>
            </>
          ) : (
            <button type="button" onClick={() => file.current?.click()}>
              Choose a picture
            </button>
          )}
          {hasOne && !picture ? (
            <button
              type="button"
              disabled={act.isBusy}
              onClick={() => void act.run(() => onPicture(null), 'The picture is removed.')}
            >
              Remove it
            </button>
          ) : null}
        </div>
        {act.why === null ? null : <Trouble message={act.why} onClose={act.calm} />}
        <Outcome act={act} />
      </div>
    </section>
  )
}
