/**
 * Ingress stamps every input with its id, its time and its origin. Nothing after it asks a clock (docs/spec.md, R1).
 */
import { type Body, type Draft, type Input, type SessionId, textsOf } from '../../model/input.ts'
import { CLOCK_JUMP_MS, CLOCK_SET_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'

export type Stamper = (session: SessionId, n: number | null, body: Body, text: string | null) => Draft

/**
 * `origin` names this server among all writers of the journal; `run` names this start of it, or a later one if the
 * others took it for gone. An input has the change of the wall clock since the input before, apart from the time that
 * passed. `jumped` is called if that is much. Servers on several machines have no monotonic time in common: there
 * `agreed` gives the offset that the journal has, and this server begins with the same. Null: it uses its own.
 */
export function stamper(
  clock: Clock,
  origin: string,
  run: () => string,
  jumped: (ms: number) => void = () => {},
  agreed: () => number | null = () => null,
): Stamper {
  let count = 0
  /** Added to the offset of this machine; null: no input is stamped yet. */
  let base: number | null = null
  let offset = clock.now() - clock.elapsed()
  let before = Number.NaN

  /** Changes that are too small to report add up. */
  function setSince(at: number): number {
    if (at === before) return 0
    before = at
    const set = Math.round(at - clock.elapsed() - offset)
    if (Math.abs(set) < CLOCK_SET_MS) return 0
    offset += set
    if (Math.abs(set) >= CLOCK_JUMP_MS) jumped(set)
    return set
  }

  function withClock(input: Input, set: number): Input {
    base ??= (agreed() ?? offset) - offset
    return { ...input, ...(set === 0 ? {} : { set }), offset: Math.round(offset + base) }
  }

  return (session, n, body, text) => {
    const at = clock.now()
    const set = setSince(at)
    const id = `${run()}.${++count}`
    const input: Input = { ...body, id, at, origin, session, n }
    return { input: set === 0 && body.type !== 'started' ? input : withClock(input, set), texts: textsOf(text) }
  }
}
