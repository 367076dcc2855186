/** An error that didn't stop the server. */
import type { HubTrouble } from '../server/commit/hub.ts'

export type ServerTrouble =
  /** A write or a read failed; `refused` inputs were refused because of it. */
  | { readonly type: 'storage'; readonly refused: number; readonly error: Error }
  /** A defect: input `seq` couldn't be carried out and was set aside. */
  | { readonly type: 'quarantined'; readonly seq: number; readonly error: Error }
  /** A defect: an answer or a delivery was lost. */
  | { readonly type: 'internal'; readonly error: Error }

export function serverTrouble(trouble: HubTrouble): ServerTrouble {
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
