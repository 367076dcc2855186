/** A reader's choices for this browser, and the keys. Each choice counts at once. */
import { roomOf } from '../../../client/chat/place.ts'
import { places } from '../../../client/chat/place-list.ts'
import { CHOICES, type Settings as Chosen, choose } from '../../browser/settings.ts'
import { Dialog } from '../controls/Dialog.tsx'
import type { SheetProps } from '../sheets/sheet-props.ts'
import { useSettings } from '../use-settings.ts'
import { Keys } from './Keys.tsx'
import { NoticesSetting } from './NoticesSetting.tsx'
import { Segments } from './Segments.tsx'

const WORDS = {
  theme: { system: 'System', light: 'Light', dark: 'Dark' },
  density: { comfortable: 'Comfortable', compact: 'Compact' },
  hours: { system: 'System', '12': '12 hours', '24': '24 hours' },
} as const

export function Settings({ chat, onClose }: Omit<SheetProps, 'onGo'>) {
  const chosen = useSettings()
  const rooms = places(chat).filter(where => roomOf(where) !== null)
  return (
    <Dialog name="settings" title="Settings" closing="Close the settings" onClose={onClose}>
      <p className="quiet small">They count for this browser alone.</p>
      <Choice label="Colours" name="theme" chosen={chosen} />
      <Choice label="Density" name="density" chosen={chosen} />
      <Choice label="Time" name="hours" chosen={chosen} />
      <NoticesSetting rooms={rooms} />
      <Keys />
    </Dialog>
  )
}

type ChoiceProps = { readonly label: string; readonly name: keyof typeof WORDS; readonly chosen: Chosen }

function Choice({ label, name, chosen }: ChoiceProps) {
  const words: Readonly<Record<string, string>> = WORDS[name]
  return (
    <Segments
      label={label}
      name={name}
      options={CHOICES[name].map(value => ({ value, label: words[value] ?? value }))}
      chosen={chosen[name]}
      onChoose={value => choose({ [name]: value })}
    />
  )
}
