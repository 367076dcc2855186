/** The common part of the tabs of the panel. */
import type { Client } from '../../../../client/session/connection.ts'
import type { Asked } from '../../../../client/session/outbox/outbox.ts'

export type TabProps = {
  readonly client: Client
  /** Null: the whole server. */
  readonly room: string | null
  /** Milliseconds since the epoch, by the server's clock. */
  readonly now: number
  readonly isBusy: boolean
  /** `said`: the sentence when it's done. */
  readonly run: (asked: Asked, said: string) => Promise<boolean>
}

export type SanctionTab = 'bans' | 'mutes' | 'exceptions'

/** The place of a command. */
export const placed = (room: string | null): { readonly room?: string } => (room === null ? {} : { room })
