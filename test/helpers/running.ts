/** Whether a process is running. One that nobody has reaped isn't. */
import { readFileSync } from 'node:fs'

export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  try {
    return !/^\d+ \(.*\) Z/s.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    // Not Linux, or gone meanwhile.
    return process.platform !== 'linux'
  }
}
