/** The sheets that few visits open: loaded when the first of them is. */
import style from '../../style/sheets.css?url'
import { NotLoaded } from '../controls/NotLoaded.tsx'
import { type Loader, useLoaded } from '../use-loaded.ts'
import type { SheetProps } from './sheet-props.ts'

const SHEETS: Loader<typeof import('./sheets.ts')> = { load: () => import('./sheets.ts'), style }

export function Sheet({ open, ...props }: SheetProps & { readonly open: 'help' | 'rooms' | 'pins' | 'settings' }) {
  const sheets = useLoaded(SHEETS)
  if (sheets === undefined) return null
  if (sheets === null) return <NotLoaded onClose={props.onClose} />
  const { Help, Pins, Rooms, Settings } = sheets
  switch (open) {
    case 'help':
      return <Help {...props} />
    case 'rooms':
      return <Rooms {...props} />
    case 'pins':
      return <Pins {...props} />
    case 'settings':
      return <Settings {...props} />
  }
}
