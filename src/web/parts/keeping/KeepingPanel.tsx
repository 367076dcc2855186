/** The panels of keepers, and the settings of a room; loaded when the first of them is opened. */
import { roomOf } from '../../../client/chat/place.ts'
import style from '../../style/keeping.css?url'
import { NotLoaded } from '../controls/NotLoaded.tsx'
import { type Loader, useLoaded } from '../use-loaded.ts'
import type { PanelProps } from './panel-props.ts'
import type { Subject } from './subject.ts'

type Props = Omit<PanelProps, 'room'> & {
  readonly open: 'room-settings' | 'moderation' | 'restrict'
  readonly subject: Subject | null
  readonly onOpen: (panel: 'moderation') => void
}

const PANELS: Loader<typeof import('./panels.ts')> = { load: () => import('./panels.ts'), style }

export function KeepingPanel({ open, subject, onOpen, ...given }: Props) {
  const panels = useLoaded(PANELS)
  if (panels === undefined) return null
  if (panels === null) return <NotLoaded onClose={given.onClose} />
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
