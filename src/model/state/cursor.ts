/**
 * Cursors: named places in rooms. A program moves one as it handles the messages of its room. Several programs may want
 * one cursor: one holds it, and the others wait for their turn.
 */
import type { SessionId } from '../ids.ts'

/** A program that wants a cursor. */
export type Consumer = {
  /** Its session. For a token, its grant. */
  readonly session: SessionId
  /** Tells the programs of one token apart. Absent: it has a session. */
  readonly as?: string
  /** When it's taken for gone, milliseconds since the epoch; null: it's connected, and not before it's lost. */
  readonly until: number | null
}

export type Cursor = {
  /** The `seq` of the input that made it. */
  readonly id: number
  readonly name: string
  /** The owner: an account by its id, a token or a guest by its name (src/reducer/cursors/owners.ts). */
  readonly owner: string
  /** The owner's name when the cursor was made. */
  readonly by: string
  readonly room: string
  /** All messages of the room up to this input are handled. */
  readonly seq: number
  /** The input that gave it to its holder, or set it. A move names it, so that no earlier holder moves it. */
  readonly turn: number
  /** When it was last claimed or moved, milliseconds since the epoch. */
  readonly used: number
  /** Null: nobody has it. */
  readonly holder: Consumer | null
  /** In the order of their claims; at most CURSOR_WAITING_MAX. */
  readonly waiting: readonly Consumer[]
}

/** In the state, cursors are kept by these. No name of a cursor has a space. */
export const cursorKey = ({ owner, name }: Pick<Cursor, 'owner' | 'name'>): string => `${owner} ${name}`
