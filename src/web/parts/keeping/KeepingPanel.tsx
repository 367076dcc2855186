/**
 * The panels of those who keep order, and the settings of a room. They are loaded when the first of them is opened: most
 * visitors never open one.
 */
import { useEffect, useState } from 'react'
import { roomOf } from '../../../client/chat/place.ts'
import { Dialog } from '../controls/Dialog.tsx'
import type { PanelProps } from './panel-props.ts'
import type { Subject } from './subject.ts'

type Props = Omit<PanelProps, 'room'> & {
  readonly open: 'room-settings' | 'moderation' | 'restrict'
  readonly subject: Subject | null
  readonly onOpen: (panel: 'moderation') => void
}

type Panels = typeof import('./panels.ts')

/** Undefined: not yet. Null: they can't be loaded. */
let loaded: Panels | null | undefined

export function KeepingPanel({ open, subject, onOpen, ...given }: Props) {
  const [panels, set] = useState(loaded)
  useEffect(() => {
    if (panels) return
    void import('./panels.ts')
      .catch(() => null)
      .then(found => {
        loaded = found
        set(found)
      })
  }, [panels])
  if (panels === undefined) return null
  if (panels === null) {
    return (
      <Dialog name="missing" title="Not loaded" closing="Close" onClose={given.onClose}>
        <p>This panel could not be loaded. Reload the page: the server may have another version now.</p>
      </Dialog>
    )
  }
  const { RoomSettings, Moderation, Restrict } = panels
  const room = roomOf(given.chat.where)
  const props = { ...given, room: room !== null && given.chat.view.rooms.has(room) ? room : null }
  switch (open) {
    case 'room-settings':
      return <RoomSettings {...props} onModeration={() => onOpen('moderation')} />
    case 'moderation':
      return <Moderation {...props} />
    case 'restrict':
      return subject && <Restrict {...props} subject={subject} />
  }
}
