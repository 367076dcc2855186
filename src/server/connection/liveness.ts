/**
 * Finds half-open and stopped peers by pings, in protocols that have them. A peer that was asked and sends nothing for
 * SILENCE_MS counts as gone. So a dead peer is noticed after SILENCE_MS + BEAT_MS at the latest, within a minute. After
 * a stall of the server (src/port/silence-alarm.ts) it takes a beat or two more, since a peer that was never asked is asked
 * first.
 */
import { BEAT_MS, SILENCE_MS } from '../../model/limits.ts'
import type { Talked, Talking } from './state.ts'

export const FIRST_BEAT_MS = BEAT_MS

/**
 * `now` is monotonic milliseconds. A peer that sends anyway is not pinged, unless the server keeps much for it that it
 * has probably read: its pong says so.
 */
export function onBeat(talk: Talking, now: number, keepsMuch = false): Talked {
  const silent = now - talk.heardAt
  const isAsked = talk.pingedAt !== null || talk.phase !== 'live'
  if (silent >= SILENCE_MS && isAsked) return [{ ...talk, phase: 'closing' }, [{ type: 'give-up', code: 'timeout' }]]
  const next = { type: 'beat-after', ms: BEAT_MS } as const
  const isDue = silent >= BEAT_MS || (keepsMuch && talk.pingedAt === null)
  if (!isDue || talk.phase !== 'live') return [talk, [next]]
  return [{ ...talk, pingedAt: talk.pingedAt ?? now }, [{ type: 'ping' }, next]]
}

/** The pong that a ping waited for. */
export function onPong(talk: Talking, now: number): Talked {
  if (talk.pingedAt === null) return [talk, []]
  return [{ ...talk, pingedAt: null }, [{ type: 'measured', roundTrip: now - talk.pingedAt }]]
}
