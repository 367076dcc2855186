/** Asks other servers of a chat whether they are cut off, too. Their connections are for this question alone. */
import type { Clock } from '../../../port/clock.ts'
import type { Dialer } from '../../../port/dialer.ts'
import { openWire, type Wire } from '../wire.ts'

/** How long an answer may take, in milliseconds. */
const ANSWER_MS = 5000

/**
 * Calls `found` once, with the first server that answers and doesn't say that it's cut off, or never. A null address is
 * the server that the user has named. Returns a function that ends the search.
 */
export function searchAmong(
  addresses: readonly (string | null)[],
  dial: Dialer,
  clock: Clock,
  found: (address: string | null) => void,
): () => void {
  const wires = new Set<Wire>()
  const stop = (): void => {
    cancel()
    for (const wire of wires) wire.hangUp()
    wires.clear()
  }
  const cancel = clock.alarm(ANSWER_MS, stop)
  for (const address of addresses) {
    const wire: Wire = openWire(
      dial,
      ({ type }) => {
        if (type === 'stalled') leave()
        // Lines that come in one piece with that are still heard.
        if (type !== 'pong' || !wires.has(wire)) return
        stop()
        found(address)
      },
      ({ type }) => (type === 'opened' ? wire.send({ type: 'ping' }) : leave()),
      address ?? undefined,
    )
    const leave = (): void => {
      wires.delete(wire)
      wire.hangUp()
    }
    wires.add(wire)
  }
  return stop
}
