/** Messages between a server and its workers, apart from the journal. */
import type { ConnectionStatus } from '../../../server/observe/status.ts'

export type ToWorker =
  /** Comes first. `origin` and `run` name the worker in the journal. */
  | {
      readonly type: 'begin'
      readonly number: number
      readonly origin: string
      readonly run: string
      readonly port: number
    }
  /** Says goodbye to its clients, and ends. */
  | { readonly type: 'stop' }
  /** Reads the certificate and the password again. */
  | { readonly type: 'renew' }
  | { readonly type: 'ping' }
  /** The answer to `hash` or `matches`; null: it failed. */
  | { readonly type: 'hashed'; readonly k: number; readonly answer: string | boolean | null }

export type FromWorker =
  | { readonly type: 'listening'; readonly host: string; readonly port: number }
  | { readonly type: 'cannot-listen'; readonly code: string; readonly message: string }
  /** A line of the log. */
  | { readonly type: 'log'; readonly text: string }
  | { readonly type: 'pong'; readonly connections: readonly ConnectionStatus[]; readonly held: Held }
  | { readonly type: 'hash'; readonly k: number; readonly password: string }
  | { readonly type: 'matches'; readonly k: number; readonly password: string; readonly hash: string }

/** Frames that are kept for readers that are behind. */
export type Held = { readonly rings: number; readonly bytes: number }

/** The descriptor of the socket to the journal, in a worker. */
export const JOURNAL_FD = 4
