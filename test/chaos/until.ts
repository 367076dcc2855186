/** Waiting for clients that are processes: nothing tells that they have done something but what they have done. */
import { setTimeout as sleep } from 'node:timers/promises'

/** Milliseconds after which nothing is expected any more: a client waits for some of these before it tries again. */
const PATIENCE_MS = 90_000
const POLL_MS = 20

/** Rejects if it does not come to hold; `why` says then what stands against it. */
export async function until(
  what: string,
  holds: () => boolean,
  why: () => readonly string[] = () => [],
): Promise<void> {
  for (let tries = PATIENCE_MS / POLL_MS; !holds(); tries--) {
    if (tries <= 0) throw new Error(`not so after ${PATIENCE_MS / 1000} s: ${what}. ${why().join(', ')}`)
    await sleep(POLL_MS)
  }
}
