/** How a client stands with its server, in words that a screen can show. */
import type { CloseCode, ErrorCode } from '../model/error.ts'
import type { Asked } from './outbox.ts'

export type Status =
  | { readonly state: 'connecting'; readonly attempt: number }
  /** `roundTrip` in milliseconds, null until the first pong. */
  | { readonly state: 'online'; readonly name: string; readonly roundTrip: number | null }
  /** Tries again in `ms` milliseconds, for the `attempt`-th time. */
  | { readonly state: 'waiting'; readonly ms: number; readonly attempt: number; readonly why: string }
  | { readonly state: 'ended'; readonly end: Ending }

export type Ending =
  /** The server said that it was over, or would not let us in. */
  | { readonly by: 'server'; readonly code: CloseCode | ErrorCode; readonly message: string; readonly exit: number }
  /** There was no server, or another one than should be, or it went away and we do not come back. */
  | { readonly by: 'network'; readonly message: string; readonly exit: number }
  /** We left. */
  | { readonly by: 'user'; readonly exit: number }

/** What became of a command. */
export type Outcome =
  | { readonly id: number; readonly is: 'done'; readonly seq: number }
  | { readonly id: number; readonly is: 'refused'; readonly code: ErrorCode; readonly message: string }
  /** The session in which it was sent is gone, or the answer is. It is not sent again by itself. */
  | { readonly id: number; readonly is: 'unknown'; readonly asked: Asked }
