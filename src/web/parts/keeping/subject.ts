/** The subject of an act's dialog. */
import type { Person } from '../../../client/chat/people/roles.ts'

export type Subject = {
  readonly act: 'mute' | 'kick' | 'ban' | 'purge'
  readonly person: Person
  /** Null: the whole server. */
  readonly room: string | null
}
