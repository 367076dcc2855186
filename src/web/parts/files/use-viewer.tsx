/** The viewer of pictures, and of output, loaded with the first that is opened. */
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { here } from '../../../client/chat/chat.ts'
import type { ChatStore } from '../../../client/chat/chat-store.ts'
import { quotationOf } from '../../../client/chat/messages/quotation.ts'
import type { Client } from '../../../client/session/connection.ts'
import { LIVE_ANSWER_BYTES } from '../../../model/limits.ts'
import type { Open } from '../../browser/use-open.ts'
import style from '../../style/viewer.css?url'
import { request } from '../../visit/requests.ts'
import { NotLoaded } from '../controls/NotLoaded.tsx'
import type { Fetch, Output } from '../live/Output.tsx'
import { type Loader, useLoaded } from '../use-loaded.ts'
import { isPicture } from './pictures.ts'
import type { Viewer } from './Viewer.tsx'

const VIEWER: Loader<typeof Viewer> = { load: () => import('./Viewer.tsx').then(part => part.Viewer), style }

const OUTPUT: Loader<typeof Output> = { load: () => import('../live/Output.tsx').then(part => part.Output), style }

type View = (id: string, opener: HTMLElement) => void
type ViewOutput = (seq: number, opener: HTMLElement) => void

/** A picture, or the output of a message. */
type Shown = { readonly id: string | number; readonly opener: HTMLElement }

/** Back closes it, as all panels over the chat. */
export function useViewer(
  talk: ChatStore,
  client: Client,
  open: Open | null,
  turnOpen: (next: Open | null) => void,
): { readonly viewer: ReactNode; readonly view: View; readonly viewOutput: ViewOutput } {
  const [shown, set] = useState<Shown | null>(null)
  const isOpen = open === 'viewer'
  const view = useCallback<View & ViewOutput>(
    (id: string | number, opener: HTMLElement) => {
      set({ id, opener })
      turnOpen('viewer')
    },
    [turnOpen],
  )
  const close = useCallback(() => turnOpen(null), [turnOpen])
  useEffect(() => (isOpen ? () => shown?.opener.focus() : undefined), [isOpen, shown])
  const fetch = useCallback<Fetch>(
    offset => outputOf(client, typeof shown?.id === 'number' ? shown.id : 0, offset),
    [client, shown],
  )
  if (!isOpen || !shown) return { view, viewOutput: view, viewer: null }
  const { id } = shown
  const viewer =
    typeof id === 'string' ? (
      <Loaded talk={talk} first={id} onClose={close} />
    ) : (
      <LoadedOutput title={titleOf(talk, id)} fetch={fetch} onClose={close} />
    )
  return { view, viewOutput: view, viewer }
}

function titleOf(talk: ChatStore, seq: number): string {
  const found = quotationOf(talk.chat$.value, seq)
  return found.is === 'message' ? (found.said.text ?? '') : `output ${seq}`
}

async function outputOf(client: Client, seq: number, offset: number): ReturnType<Fetch> {
  const answer = await request(client, { type: 'output', seq, offset, limit: LIVE_ANSWER_BYTES })
  if (!answer.ok) return answer.why
  const { reply } = answer
  if (reply.type !== 'output') return 'The server did not send it.'
  const bytes = Uint8Array.from(atob(reply.data), char => char.charCodeAt(0))
  return { offset: reply.offset, size: reply.size, bytes }
}

function LoadedOutput(props: { readonly title: string; readonly fetch: Fetch; readonly onClose: () => void }) {
  const Part = useLoaded(OUTPUT)
  if (Part === undefined) return null
  return Part === null ? <NotLoaded onClose={props.onClose} /> : <Part {...props} />
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
