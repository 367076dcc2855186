/** Whether a person is here, as far as one's own rooms show it. Pure. */
import type { Chat } from '../state.ts'

/** `note`: the away note, which may be empty. */
export type Presence =
  | { readonly is: 'here' }
  | { readonly is: 'away'; readonly note: string }
  | { readonly is: 'gone' }

export function presenceOf({ view }: Pick<Chat, 'view'>, name: string): Presence {
  for (const { members } of view.rooms.values()) {
    const member = members.get(name)
    if (member) return member.away === null ? { is: 'here' } : { is: 'away', note: member.away }
  }
  return { is: 'gone' }
}

export function presenceSentence(presence: Presence): string {
  switch (presence.is) {
    case 'here':
      return 'here now'
    case 'away':
      return presence.note === '' || presence.note === 'away' ? 'away' : `away: ${presence.note}`
    case 'gone':
      return 'in none of your rooms now'
  }
}
