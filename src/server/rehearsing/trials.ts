/** Rules that are tried while the server runs: one at a time, for a bounded time, and no longer than somebody waits. */
import { TRY_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Rehearser, TrialOutcome, TrialRequest } from '../../port/rehearser.ts'

/** `closing` ends running trials. The returned promise never rejects. */
export function trials(
  rehearser: Rehearser,
  clock: Clock,
  closing: AbortSignal,
): (request: TrialRequest, signal: AbortSignal) => Promise<TrialOutcome> {
  let underWay: AbortSignal | null = null
  return async (request, signal) => {
    if (underWay !== null && !underWay.aborted) return { ok: false, code: 'try-busy', detail: '' }
    const late = new AbortController()
    const ending = AbortSignal.any([signal, late.signal, closing])
    underWay = ending
    const unwait = clock.alarm(TRY_MS, () => late.abort())
    const outcome = await rehearser.rehearse(request, ending)
    unwait()
    if (underWay === ending) underWay = null
    return late.signal.aborted ? { ok: false, code: 'try-too-long', detail: `${TRY_MS / 1000}` } : outcome
  }
}
