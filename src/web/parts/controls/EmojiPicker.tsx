/**
 * Picks an emoji. It stands above the nearest element with a place of its own, and is loaded when it's first opened. It
 * closes by Escape and by a press elsewhere; its opener gives the focus back.
 */
import style from '../../style/emoji.css?url'
import { type Loader, useLoaded } from '../use-loaded.ts'
import { NotLoaded } from './NotLoaded.tsx'

type Props = { readonly onPick: (emoji: string) => void; readonly onClose: () => void }

const PANEL: Loader<typeof import('../emoji/Panel.tsx')> = { load: () => import('../emoji/Panel.tsx'), style }

export function EmojiPicker(props: Props) {
  const part = useLoaded(PANEL)
  if (part === undefined) return null
  return part === null ? <NotLoaded onClose={props.onClose} /> : <part.Panel {...props} />
}
