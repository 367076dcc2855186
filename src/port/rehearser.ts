/** Port: tries a rule on the past, away from the event loop. */
import type { ErrorCode } from '../model/error.ts'
import type { Trial, Tried } from '../model/keeping/trial.ts'

/** `sees`: the rooms whose texts the keeper may read. */
export type TrialRequest = { readonly trial: Trial; readonly sees: readonly string[] | 'all' }

export type TrialOutcome =
  | { readonly ok: true; readonly tried: Tried }
  | { readonly ok: false; readonly code: ErrorCode; readonly detail: string }

export interface Rehearser {
  /** Never rejects. When `signal` aborts, the work ends, and its result is of no use. */
  rehearse(request: TrialRequest, signal: AbortSignal): Promise<TrialOutcome>
}
