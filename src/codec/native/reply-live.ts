/** Live messages as the wire has them, and as everything else does. */
import type { LiveEnd, LiveView } from '../../model/message/live.ts'
import { neutralise } from '../../model/text.ts'

/** How the output of a live message has ended. Absent: it isn't known. `total`: bytes that the program wrote, if more. */
export type ReplyEnd = {
  readonly size: number
  readonly total?: number
  readonly status?: number
  readonly ms?: number
  readonly interrupted?: true
}

/** A live message. Without `end`, it grows. */
export type ReplyLive = { readonly size: number; readonly tail: string; readonly end?: ReplyEnd }

const NEW: LiveView = { size: 0, tail: '' }

/** A new message has no output yet. */
export function liveOf(live: true | ReplyLive): LiveView {
  if (live === true) return NEW
  const { size, tail, end } = live
  return { size, tail: neutralise(tail), ...(end && { end: endOf(end) }) }
}

export const endOf = ({ size, total, status, ms, interrupted }: ReplyEnd): LiveEnd => ({
  ...{ size, status: status ?? null, ms: ms ?? null },
  ...(total !== undefined && { total }),
  ...(interrupted && { interrupted }),
})
