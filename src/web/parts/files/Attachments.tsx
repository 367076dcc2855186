/** The files that go with the next message: the buttons that add some, and those that were added. Files are dropped and pasted too. */
import { useLayoutEffect } from 'react'
import type { Where } from '../../../client/chat/place.ts'
import { AttachButtons } from './AttachButtons.tsx'
import type { Uploads } from './uploads.ts'
import { useDropped } from './use-dropped.ts'
import { useTray, useUploads } from './use-uploads.ts'

type Props = {
  readonly where: Where
  /** The token of the session; null: there is none now. */
  readonly token: () => string | null
  readonly complain: (message: string) => void
  /** Not while a message is edited. */
  readonly isHidden: boolean
  readonly onChange: (uploads: Uploads) => void
}

export function Attachments({ where, token, complain, isHidden, onChange }: Props) {
  const uploads = useUploads(where, token, complain)
  const Tray = useTray(uploads)
  const isDropping = useDropped(uploads.add)
  // Before the next key: else a file that was just removed, or one of another place, would go with the message.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what can be done changes with the files and the place
  useLayoutEffect(() => onChange(uploads), [uploads.all, where])
  if (isHidden) return null
  return (
    <>
      {Tray ? <Tray uploads={uploads} /> : null}
      {isDropping ? <div className="drop-veil">Drop files to send them in {where}</div> : null}
      <AttachButtons onFiles={uploads.add} />
    </>
  )
}
