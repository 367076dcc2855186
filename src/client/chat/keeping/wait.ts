/** A chat's memory of acts on this member: why it can't write, and the act that removed it. */
import type { Where } from '../place.ts'

/** Why one can't write. `until` in milliseconds since the epoch by the server's clock; null: until something changes. */
export type Wait = {
  readonly why: string
  readonly until: number | null
  /** A refusal told it. Nothing tells when it ends earlier, so one may try again. */
  readonly refused?: true
}

/** The place in which a mute holds. */
export type WaitPlace = Where | 'everywhere'

/** A ban of this member, as a sentence, and when it ends. `room` null: from the server. */
export type Expulsion = { readonly room: string | null; readonly words: string; readonly until: number | null }
