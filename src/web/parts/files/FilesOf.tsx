/** The files of a message. A picture has its size before it's loaded, so that nothing moves; others are rows with a link. */
import { useState } from 'react'
import type { SentFile } from '../../../client/chat/conversation/timeline.ts'
import { sizeText } from '../../text/sizes.ts'
import { Icon } from '../controls/Icon.tsx'
import { isPicture, sizeIn } from './pictures.ts'

type Props = {
  readonly files: readonly SentFile[]
  /** Opens the viewer. */
  readonly onView: (id: string, opener: HTMLElement) => void
}

export function FilesOf({ files, onView }: Props) {
  const pictures = files.filter(isPicture)
  return (
    <div className="files">
      {pictures.length === 0 ? null : (
        <div className="pictures">
          {pictures.map(file => (
            <Picture key={file.id} file={file} isAlone={pictures.length === 1} onView={onView} />
          ))}
        </div>
      )}
      {files
        .filter(file => !isPicture(file))
        .map(({ id, url, name, size }) => (
          <a key={id} className="file" href={url} download={name} target="_blank" rel="noopener noreferrer">
            <Icon name="file" />
            <bdi className="file-name">{name}</bdi>
            <span className="quiet">{sizeText(size)}</span>
          </a>
        ))}
    </div>
  )
}

type PictureProps = { readonly file: SentFile; readonly isAlone: boolean; readonly onView: Props['onView'] }

function Picture({ file, isAlone, onView }: PictureProps) {
  const [failed, setFailed] = useState(0)
  const { width, height } = sizeIn(file, isAlone)
  return (
    <button
      type="button"
      className="picture"
      tabIndex={-1}
      style={{ width, aspectRatio: `${width} / ${height}` }}
      title={file.name}
      onClick={event => onView(file.id, event.currentTarget)}
    >
      <img
        // Tried once more: a connection that the browser had in reserve may be of no use any more.
        key={failed}
        onError={() => setFailed(1)}
        src={file.thumb?.url ?? file.url}
        alt={file.name}
        width={width}
        height={height}
        loading="lazy"
        decoding="async"
      />
    </button>
  )
}
