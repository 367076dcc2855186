/** The events of a node's connection to the brokers. */
import type { DataError } from '../../data-error.ts'

/** One event of the connection. `broker` is the broker's address. */
export type ConnectionEvent =
  /** Also after a loss: then `ms` is how long it lasted, and something was answered already. */
  | { readonly type: 'connected'; readonly broker: string; readonly ms: number | null }
  | { readonly type: 'lost'; readonly broker: string }
  /** The brokers' permissions lack something. */
  | { readonly type: 'forbidden'; readonly reason: string }
  /** The brokers don't let the node in any more. It isn't connected again. */
  | { readonly type: 'locked-out'; readonly error: DataError }
