/** Ingress stamps every input with its id, its time and its origin; nothing after it asks a clock (docs/spec.md, R1). */
import type { Body, Draft, SessionId } from '../model/input.ts'
import { CLOCK_JUMP_MS } from '../model/limits.ts'
import type { Clock } from '../port/clock.ts'

export type Stamper = (session: SessionId, n: number | null, body: Body, text: string | null) => Draft

/**
 * `origin` names this server among all that write to the journal; `run` names this start of it. `jumped` is told by how many
 * milliseconds the clock on the wall went on or back since the input before, beside the time that passed.
 */
export function stamper(clock: Clock, origin: string, run: string, jumped: (ms: number) => void = () => {}): Stamper {
  let count = 0
  let at = 0
  let offset = clock.now() - clock.elapsed()
  return (session, n, body, text) => {
    at = Math.max(at, clock.now())
    const before = offset
    offset = clock.now() - clock.elapsed()
    if (Math.abs(offset - before) >= CLOCK_JUMP_MS) jumped(offset - before)
    return { input: { ...body, id: `${run}.${++count}`, at, origin, session, n }, text }
  }
}
