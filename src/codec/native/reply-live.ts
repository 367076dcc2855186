/** Live messages as the wire has them, and as everything else does. */
import type { LiveEnd, LiveView } from '../../model/message/live.ts'
import { neutralise } from '../../model/text.ts'
import type { PastMessage, ReplyEnd } from './reply.ts'

const NEW: LiveView = { size: 0, tail: '' }

/** One that was said just now has nothing yet. */
export function liveOf(live: NonNullable<PastMessage['live']>): LiveView {
  if (live === true) return NEW
  const { size, tail, end } = live
  return { size, tail: neutralise(tail), ...(end && { end: endOf(end) }) }
}

export const endOf = ({ size, total, status, ms, interrupted }: ReplyEnd): LiveEnd => ({
  ...{ size, status: status ?? null, ms: ms ?? null },
  ...(total !== undefined && { total }),
  ...(interrupted && { interrupted }),
})
