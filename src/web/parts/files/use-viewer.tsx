/** The viewer of pictures, loaded with the first that is opened. */
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { here } from '../../../client/chat/chat.ts'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import type { Open } from '../../browser/use-open.ts'
import style from '../../style/viewer.css?url'
import { NotLoaded } from '../controls/NotLoaded.tsx'
import { type Loader, useLoaded } from '../use-loaded.ts'
import { isPicture } from './pictures.ts'
import type { Viewer } from './Viewer.tsx'

const VIEWER: Loader<typeof Viewer> = { load: () => import('./Viewer.tsx').then(part => part.Viewer), style }

type View = (id: string, opener: HTMLElement) => void

/** Back closes it, as all panels over the chat. */
export function useViewer(
  talk: ChatStore,
  open: Open | null,
  turnOpen: (next: Open | null) => void,
): { readonly viewer: ReactNode; readonly view: View } {
  const [shown, set] = useState<{ readonly id: string; readonly opener: HTMLElement } | null>(null)
  const isOpen = open === 'viewer'
  const view = useCallback<View>(
    (id, opener) => {
      set({ id, opener })
      turnOpen('viewer')
    },
    [turnOpen],
  )
  const close = useCallback(() => turnOpen(null), [turnOpen])
  useEffect(() => (isOpen ? () => shown?.opener.focus() : undefined), [isOpen, shown])
  return { view, viewer: isOpen && shown ? <Loaded talk={talk} first={shown.id} onClose={close} /> : null }
}

type Props = { readonly talk: ChatStore; readonly first: string; readonly onClose: () => void }

function Loaded({ talk, first, onClose }: Props) {
  const Part = useLoaded(VIEWER)
  if (Part === undefined) return null
  if (Part === null) return <NotLoaded onClose={onClose} />
  const files = here(talk.chat$.value).timeline.entries.flatMap(entry =>
    entry.kind === 'said' && entry.hidden !== true ? (entry.files ?? []).filter(isPicture) : [],
  )
  return <Part files={files.toArray()} first={first} onClose={onClose} />
}
