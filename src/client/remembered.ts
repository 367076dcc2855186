/** What of a session goes on in another client, such as that of the page after its reload. */
import { CLOSINGS } from '../model/error.ts'
import { rememberItems } from './pending.ts'
import type { Remembered, Session } from './session-state.ts'
import type { Ending } from './status.ts'

/** Null where nothing goes on: we left, or the server ended it for good. */
export function remembered({ status, token, id, epoch, cursor, catchingUp, name, outbox }: Session): Remembered | null {
  if (status.state === 'ended' && isOver(status.end)) return null
  return { token, id, epoch, cursor: catchingUp?.from ?? cursor, name, ...rememberItems(outbox) }
}

/** A name that is taken can be replaced by another one, and a server that is away may come back. */
const isOver = (end: Ending): boolean => end.by === 'user' || (end.by === 'server' && end.code in CLOSINGS)
