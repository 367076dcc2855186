/** Polling, for clients in other processes: only their output shows their progress. */
import { setTimeout as sleep } from 'node:timers/promises'
import { PATIENCE_MS } from '../helpers/patience.ts'

const POLL_MS = 20

/** Rejects if `holds` does not become true; `why` then gives the reasons. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  why: () => readonly string[] = () => [],
): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`not so after ${PATIENCE_MS / 1000} s: ${what}. ${why().join(', ')}`)
    await sleep(POLL_MS)
  }
}
