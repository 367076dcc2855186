/** The data of a session that another client resumes, such as the page after its reload. */
import { CLOSINGS } from '../../model/error.ts'
import { rememberItems } from './pending.ts'
import type { Remembered, Session } from './state.ts'
import type { Ending } from './status.ts'

/** Null if there is nothing to resume: the user left, or the server ended the session for good. */
export function remembered({ status, token, id, epoch, cursor, catchingUp, name, outbox }: Session): Remembered | null {
  if (status.state === 'ended' && isOver(status.end)) return null
  return { token, id, epoch, cursor: catchingUp?.from ?? cursor, name, ...rememberItems(outbox) }
}

/** A taken name can be replaced, and a server that is away may return. */
const isOver = (end: Ending): boolean => end.by === 'user' || (end.by === 'server' && end.code in CLOSINGS)
