/**
 * The most frequent acts on a message: the buttons of the bar that floats at it. The menu has all (message-items.ts).
 */
import type { Said } from '../../../client/chat/conversation/timeline.ts'
import type { IconName } from '../controls/Icon.tsx'
import type { MenuItem } from './Menu.tsx'

export type QuickItem = Pick<MenuItem, 'label' | 'question'> & {
  readonly run: (opener: HTMLElement) => void
  readonly icon: IconName
  /** The key that does it while the message has the focus, as `KeyboardEvent.key` has it. */
  readonly keyName: string
}

export type QuickActs = {
  readonly react: (said: Said, opener: HTMLElement) => void
  readonly reply: (said: Said) => void
  readonly edit: (said: Said) => void
  readonly erase: (said: Said) => void
}

export function quickItems(said: Said, acts: QuickActs): readonly QuickItem[] {
  if (said.text === null || said.held) return []
  const items: QuickItem[] = [
    { label: 'React', icon: 'react', keyName: '+', run: opener => acts.react(said, opener) },
    { label: 'Reply', icon: 'reply', keyName: 'r', run: () => acts.reply(said) },
  ]
  if (!said.mine) return items
  return [
    ...items,
    { label: 'Edit', icon: 'edit', keyName: 'e', run: () => acts.edit(said) },
    { label: 'Delete', icon: 'erase', keyName: 'Delete', question: 'Delete it?', run: () => acts.erase(said) },
  ]
}
