/** Ingress stamps every input with its id, its time and its origin; nothing after it asks a clock (docs/spec.md, R1). */
import type { Body, Draft, SessionId } from '../model/input.ts'
import type { Clock } from '../port/clock.ts'

export type Stamper = (session: SessionId, n: number | null, body: Body, text: string | null) => Draft

/** `origin` names this server among all that write to the journal; `run` names this start of it. */
export function stamper(clock: Clock, origin: string, run: string): Stamper {
  let count = 0
  let at = 0
  return (session, n, body, text) => {
    at = Math.max(at, clock.now())
    return { input: { ...body, id: `${run}.${++count}`, at, origin, session, n }, text }
  }
}
