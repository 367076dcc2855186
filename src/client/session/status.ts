/** The status of a client's connection, for a screen. */
import type { Reply } from '../../codec/native/reply.ts'
import type { CloseCode } from '../../model/closing.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { Asked } from './outbox/outbox.ts'

export type Status =
  /** `stalled`: the server is cut off from the others, so it lets nobody in. */
  | { readonly state: 'connecting'; readonly attempt: number; readonly stalled?: true }
  /**
   * `roundTrip` in milliseconds, null until the first pong. `stalled`: the server is cut off from the others, so nothing
   * is acknowledged, and nothing new comes.
   */
  | { readonly state: 'online'; readonly name: string; readonly roundTrip: number | null; readonly stalled?: true }
  /** Tries again in `ms` milliseconds, for the `attempt`-th time. */
  | { readonly state: 'waiting'; readonly ms: number; readonly attempt: number; readonly why: string }
  | { readonly state: 'ended'; readonly end: Ending }

export type Ending =
  /** The server ended the session, or refused the hello. */
  | { readonly by: 'server'; readonly code: CloseCode | ErrorCode; readonly message: string; readonly exit: number }
  /** There was no server, or the wrong one, or it went away and the client doesn't reconnect. */
  | { readonly by: 'network'; readonly message: string; readonly exit: number }
  /** The user left. */
  | { readonly by: 'user'; readonly exit: number }

/** The outcome of a command, right after the reply that brings it. */
export type AskOutcome =
  | { readonly id: number; readonly is: 'done'; readonly seq: number; readonly reply: Reply }
  /** `until`: when the same may succeed, milliseconds since the epoch by the server's clock. */
  | {
      readonly id: number
      readonly is: 'refused'
      readonly code: ErrorCode
      readonly message: string
      readonly until?: number
    }
  /** The session or the answer is lost. The command isn't sent again by itself. */
  | { readonly id: number; readonly is: 'unknown'; readonly asked: Asked }
