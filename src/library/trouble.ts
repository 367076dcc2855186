/** What went wrong in a server and has not stopped it. */
import type { Trouble } from '../server/hub.ts'

export type ServerTrouble =
  /** Something could not be stored, or not be read: so many inputs were refused by that. */
  | { readonly type: 'storage'; readonly refused: number; readonly error: Error }
  /** A defect: input `seq` could not be carried out, and was set aside. */
  | { readonly type: 'quarantined'; readonly seq: number; readonly error: Error }
  /** A defect: an answer or a delivery was lost. */
  | { readonly type: 'internal'; readonly error: Error }

export function serverTrouble(trouble: Trouble): ServerTrouble {
  const error = errorOf(trouble.error)
  switch (trouble.type) {
    case 'storage':
      return { type: trouble.type, refused: trouble.drafts.length, error }
    case 'quarantined':
      return { type: trouble.type, seq: trouble.entry.seq, error }
    case 'internal':
      return { type: trouble.type, error }
  }
}

export const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)))
