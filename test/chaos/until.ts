/** Waiting for clients that are processes: nothing tells that they have done something but what they have done. */
import { setTimeout as sleep } from 'node:timers/promises'
import { PATIENCE_MS } from '../helpers/patience.ts'

const POLL_MS = 20

/** Rejects if it does not come to hold; `why` says then what stands against it. */
export async function until(
  what: string,
  holds: () => boolean,
  why: () => readonly string[] = () => [],
): Promise<void> {
  const end = performance.now() + PATIENCE_MS
  while (!holds()) {
    if (performance.now() > end) throw new Error(`not so after ${PATIENCE_MS / 1000} s: ${what}. ${why().join(', ')}`)
    await sleep(POLL_MS)
  }
}
