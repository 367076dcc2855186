/**
 * Finds half-open and stopped peers by pings, in protocols that have them. A peer that was asked and sends nothing for
 * SILENCE_MS counts as gone. So a dead peer is noticed after SILENCE_MS + BEAT_MS at the latest, within a minute. After
 * a stall of the server (src/port/silence-alarm.ts) it takes a beat or two more, since a peer that was never asked is asked
 * first.
 */
import { BEAT_MS, SILENCE_MS } from '../../model/limits.ts'
import type { CodecNext, CodecState } from './state.ts'

export const FIRST_BEAT_MS = BEAT_MS

/**
 * `now` is monotonic milliseconds. A peer that sends anyway is not pinged, unless the server keeps much for it that it
 * has probably read: its pong proves it.
 */
export function onBeat(state: CodecState, now: number, keepsMuch = false): CodecNext {
  const next = { type: 'beat-after', ms: BEAT_MS } as const
  // Before there is a session, the deadline for a name judges. A person may take long to answer a challenge.
  if (state.phase === 'greeting' || state.phase === 'entering') return [state, [next]]
  const silent = now - state.heardAt
  const isAsked = state.pingedAt !== null || state.phase !== 'live'
  if (silent >= SILENCE_MS && isAsked) return [{ ...state, phase: 'closing' }, [{ type: 'give-up', code: 'timeout' }]]
  const isDue = silent >= BEAT_MS || (keepsMuch && state.pingedAt === null)
  if (!isDue || state.phase !== 'live') return [state, [next]]
  return [{ ...state, pingedAt: state.pingedAt ?? now }, [{ type: 'ping' }, next]]
}

/** The pong that a ping waited for. */
export function onPong(state: CodecState, now: number): CodecNext {
  if (state.pingedAt === null) return [state, []]
  return [{ ...state, pingedAt: null }, [{ type: 'measured', roundTrip: now - state.pingedAt }]]
}
