/** The clock of a server that shares a replicated log: its wall time is the broker's, the same for all servers. */
import { DataError } from '../../journal/data-error.ts'
import { CLOCK_OFF_MAX_MS, REPLICATED_RETRY_MS } from '../../model/limits.ts'
import type { Clock } from '../../port/clock.ts'
import type { Beat, Peers } from '../../port/peers.ts'

export function sharedClock(clock: Clock, peers: Peers): Clock {
  /** The last one that was known stays, while the broker can't be asked. */
  let offset = 0
  return {
    now() {
      offset = Math.round(peers.offset() ?? offset)
      return clock.now() + offset
    },
    elapsed: () => clock.elapsed(),
    turn: run => clock.turn(run),
    alarm: (ms, run) => clock.alarm(ms, run),
  }
}

/**
 * Resolves when the broker's clock is known: the server's own beats tell. Until then it may stamp nothing. Rejects with
 * DataError if the clock of this machine is far from it: then the times in logs and files are wrong, and certificates
 * may be.
 */
export async function clockKnown(clock: Clock, peers: Peers, beat: Beat): Promise<void> {
  for (;;) {
    const offset = peers.offset()
    if (offset !== null && Math.abs(offset) > CLOCK_OFF_MAX_MS) throw isOff(offset)
    if (offset !== null) return
    await peers.beat(beat).catch(() => {})
    if (peers.offset() === null) await new Promise<void>(resolve => clock.alarm(REPLICATED_RETRY_MS, resolve))
  }
}

function isOff(offset: number): DataError {
  const seconds = Math.round(Math.abs(offset) / 1000)
  const way = offset > 0 ? 'behind' : 'ahead of'
  return new DataError(
    `the clock of this machine is ${seconds} s ${way} the broker's. Set both by NTP, and start again.`,
  )
}
