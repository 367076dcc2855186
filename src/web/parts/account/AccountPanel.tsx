/** Loads the panel of one's own name when it's first opened. */
import style from '../../style/account.css?url'
import { NotLoaded } from '../controls/NotLoaded.tsx'
import { type Loader, useLoaded } from '../use-loaded.ts'
import type { AccountProps } from './account-props.ts'

const PANEL: Loader<typeof import('./Account.tsx')> = { load: () => import('./Account.tsx'), style }

export function AccountPanel(props: AccountProps) {
  const panel = useLoaded(PANEL)
  if (panel === undefined) return null
  return panel === null ? <NotLoaded onClose={props.onClose} /> : <panel.Account {...props} />
}
