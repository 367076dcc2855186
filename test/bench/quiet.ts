/** When a server has nothing more to do, such as after its start: its processor time stands still. */
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

const LOOK_MS = 250
/** Less than that in a look is not the end of anything. */
const QUIET_S = 0.01

/** Resolves with the processor time that process `pid` has taken by then, in seconds. */
export async function whenQuiet(pid: number): Promise<number> {
  let last = cpuSeconds(pid)
  for (;;) {
    await sleep(LOOK_MS)
    const now = cpuSeconds(pid)
    if (now - last < QUIET_S) return now
    last = now
  }
}

/** Seconds of processor time of all threads of process `pid`. */
export const cpuSeconds = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const [nanoseconds = 0] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ').map(Number)
    return sum + nanoseconds / 1e9
  }, 0)
