/** Port: handles the messages of a cursor. A process of the machine, or a stand-in in a test. */
import type { ReplyOf } from '../../codec/native/reply.ts'
import type { Gap } from '../session/incoming.ts'

/** A message as it is now; or messages that the host no longer keeps, in their place. */
export type Handed = ReplyOf<'said'> | Gap

export type HandlerListener = {
  /** Everything up to this input is handled. */
  readonly handled: (seq: number) => void
  /** It has given up all messages that it had and hasn't handled. */
  readonly failed: (why: string) => void
  /** It wants no more messages, and has ended its work by itself. */
  readonly finished: () => void
}

export interface Handler {
  /** How many it takes before the first of them is handled. */
  readonly window: number
  give(event: Handed): void
  /** Stops its work, because another program has the turn now. Calls `done` when nothing is running any more. */
  drop(done: () => void): void
  /** Gets nothing more. Calls `done` when everything that it had is handled, or it has given up. */
  close(done: () => void): void
}

/** Begins a handler that reports to `listener`. */
export type StartHandler = (listener: HandlerListener) => Handler
