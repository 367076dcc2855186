/**
 * Reports read positions, and that the user is writing, to the server. Reads are gathered for a moment, so that not
 * every message causes a report.
 */
import type { ReadPlace } from '../../model/command.ts'
import { type Next, READS_MS, type ReadMark, type Session, type SessionEffect } from './state.ts'

const keyOf = ({ room, id, with: name }: ReadMark): string => (room === undefined ? `@${id ?? name}` : `#${room}`)

export function onRead(at: Session, mark: ReadMark): Next {
  const reads = at.reads.set(keyOf(mark), mark)
  const ring: SessionEffect = { type: 'alarm', alarm: 'reads', ms: READS_MS }
  return [{ ...at, reads }, at.reads.size === 0 ? [ring] : []]
}

/**
 * Reports carry no number: none is repeated, since a later one says the same. Offline they wait for the next welcome;
 * online they keep to the server's rate. `now` null: the session ends, so all go at once.
 */
export function sendReads(at: Session, now: number | null): Next {
  if (at.status.state !== 'online') return [at, []]
  const effects: SessionEffect[] = []
  let { pace, reads } = at
  for (const [key, mark] of reads) {
    const taken = now === null ? { pace, waitMs: 0 } : pace.take(now)
    if (taken.waitMs > 0) {
      effects.push({ type: 'alarm', alarm: 'reads', ms: taken.waitMs })
      break
    }
    pace = taken.pace
    reads = reads.delete(key)
    effects.push({ type: 'send', object: { type: 'read', ...mark } })
  }
  return [{ ...at, pace, reads }, effects]
}

/** Nobody waits for it, so it isn't kept for later. */
export function onTyping(at: Session, place: ReadPlace, now: number): Next {
  if (at.status.state !== 'online') return [at, []]
  const { pace, waitMs } = at.pace.take(now)
  return waitMs > 0 ? [at, []] : [{ ...at, pace }, [{ type: 'send', object: { type: 'typing', ...place } }]]
}
