/** What is done most about a message: the buttons of the bar that floats at it. The menu has all (message-items.ts). */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { IconName } from '../controls/Icon.tsx'
import type { MenuItem } from './Menu.tsx'

export type QuickItem = Pick<MenuItem, 'label' | 'run' | 'question'> & {
  readonly icon: IconName
  /** The key that does it while the message has the focus, as `KeyboardEvent.key` has it. */
  readonly keyName: string
}

export type QuickActs = { readonly erase: (said: Said) => void }

export function quickItems(said: Said, acts: QuickActs): readonly QuickItem[] {
  if (!said.mine || said.text === null || said.held) return []
  return [{ label: 'Delete', icon: 'erase', keyName: 'Delete', question: 'Delete it?', run: () => acts.erase(said) }]
}
