/** A message of the past, as recorded from a `said` or `told` event. */
import type { MemberId } from '../ids.ts'
import type { Living } from './evolve-message.ts'
import type { MessageFile } from './file.ts'
import type { LiveView } from './live.ts'

/** A message that was sent in a room, or (`to`) directly to one member. */
export type Message = {
  /** The `seq` of its input, which identifies the message everywhere. */
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly room: string | null
  readonly from: string
  readonly to: string | null
  readonly action: boolean
  /** Null: deleted, being edited, or too old to be kept. */
  readonly text: string | null
  /** It has no text until its edit is shown. Absent: it isn't so, or the reader hasn't looked. */
  readonly editing?: true
  readonly author: MemberId
  /** The author had an account. */
  readonly account: boolean
  /** The recipient of a direct message. */
  readonly other: MemberId | null
  /** The members that the text of a room message mentions, as ingress resolved them. */
  readonly mentions: readonly MemberId[]
  /** The message that it answers. Absent: none. */
  readonly reply?: number
  /** Absent: none, or their names are gone. */
  readonly files?: readonly MessageFile[]
  readonly live?: LiveView
} & Living

/** The marks of a message on the wire: absent if it's a guest's, and if it mentions nobody. */
export const marksOf = ({ account, mentions }: Pick<Message, 'account' | 'mentions'>) => ({
  ...(account ? { account: true as const } : {}),
  ...(mentions.length === 0 ? {} : { mentions: [...mentions] }),
})
