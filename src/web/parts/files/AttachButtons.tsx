/** The buttons for files: any of them, and on a phone its camera. */
import { type ChangeEvent, useRef } from 'react'
import { byFinger } from '../composer/keys.ts'
import { Lines } from '../controls/Icon.tsx'

const ATTACH = 'M12.8 7.2l-5 5a3.2 3.2 0 0 1-4.5-4.5l5.4-5.4a2.1 2.1 0 0 1 3 3L6.4 10.6a1 1 0 0 1-1.5-1.5l4.6-4.6'
const CAMERA_LINES = 'M2 5h2.8l1.2-1.8h4L11.2 5H14v8H2zM8 6.6a2.3 2.3 0 1 0 0 4.6 2.3 2.3 0 0 0 0-4.6z'

type Props = { readonly onFiles: (files: Iterable<File>) => void }

export function AttachButtons({ onFiles }: Props) {
  return (
    <>
      <AttachButton label="Attach files" icon={ATTACH} onFiles={onFiles} />
      {byFinger() ? <AttachButton label="Take a picture" icon={CAMERA_LINES} isCamera onFiles={onFiles} /> : null}
    </>
  )
}

type ButtonProps = Props & { readonly label: string; readonly icon: string; readonly isCamera?: boolean }

const CAMERA = { accept: 'image/*', capture: 'environment' } as const

function AttachButton({ label, icon, isCamera = false, onFiles }: ButtonProps) {
  const field = useRef<HTMLInputElement>(null)
  function chosen({ currentTarget }: ChangeEvent<HTMLInputElement>): void {
    onFiles([...(currentTarget.files ?? [])])
    // So that the same file can be chosen again.
    currentTarget.value = ''
  }
  return (
    <>
      <input ref={field} type="file" multiple hidden onChange={chosen} {...(isCamera ? CAMERA : {})} />
      <button
        type="button"
        className={isCamera ? 'icon camera' : 'icon'}
        aria-label={label}
        title={label}
        onClick={() => field.current?.click()}
      >
        <Lines path={icon} />
      </button>
    </>
  )
}
