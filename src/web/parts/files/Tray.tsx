/** The files that are to go with the next message, each with its progress. */
import { useEffect, useRef } from 'react'
import { sizeText } from '../../text/sizes.ts'
import { Icon } from '../controls/Icon.tsx'
import type { Upload, Uploads } from './uploads.ts'

export function Tray({ uploads }: { readonly uploads: Uploads }) {
  return (
    <ul className="tray" aria-label="Files to send">
      {uploads.all.map(upload => (
        <li key={upload.id} className={upload.is.state === 'failed' ? 'upload wrong' : 'upload'}>
          {isImage(upload.file) ? (
            <Picture file={upload.file} />
          ) : (
            <span className="upload-sign">
              <Icon name="file" />
            </span>
          )}
          <span className="upload-about">
            <bdi className="upload-name">{upload.file.name}</bdi>
            <State upload={upload} />
          </span>
          {upload.is.state === 'failed' ? (
            <button type="button" onClick={() => uploads.retry(upload.id)}>
              Try again
            </button>
          ) : null}
          <button
            type="button"
            className="icon"
            aria-label={`${upload.is.state === 'sending' ? 'Cancel' : 'Remove'} ${upload.file.name}`}
            onClick={() => uploads.remove(upload.id)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  )
}

function State({ upload: { file, is } }: { readonly upload: Upload }) {
  if (is.state === 'failed')
    return (
      <span className="upload-why" role="alert">
        {is.why}
      </span>
    )
  if (is.state === 'done') return <span className="quiet">{sizeText(file.size)}</span>
  return <progress aria-label={`Sending ${file.name}`} max={1} value={is.part} />
}

const SIDE = 80

const isImage = ({ type }: File): boolean => type.startsWith('image/')

/** Drawn on a canvas: the policy of the page allows no addresses of files. A picture that can't be read stays grey. */
function Picture({ file }: { readonly file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (!isImage(file)) return
    createImageBitmap(file).then(
      picture => {
        const scale = Math.max(SIDE / picture.width, SIDE / picture.height)
        const [width, height] = [picture.width * scale, picture.height * scale]
        canvas.current?.getContext('2d')?.drawImage(picture, (SIDE - width) / 2, (SIDE - height) / 2, width, height)
        picture.close()
      },
      () => {},
    )
  }, [file])
  return <canvas ref={canvas} width={SIDE} height={SIDE} />
}
