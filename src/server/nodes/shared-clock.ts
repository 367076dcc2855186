/** The clock of a server that shares a replicated log: its wall time is the broker's, the same for all servers. */
import type { Clock } from '../../port/clock.ts'
import type { Peers } from '../../port/peers.ts'

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
