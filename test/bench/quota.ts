/** A share of a core for a process, so that one machine can stand for several. It needs Linux, control groups, and root. */
import { mkdirSync, rmdirSync, writeFileSync } from 'node:fs'

/** The folder of the processor's groups: the older kind, in which anybody with the rights may make one. */
const GROUPS = '/sys/fs/cgroup/cpu'
/** Short, so that a process waits often and not long, as on a slower core. */
const PERIOD_US = 10_000

export type Quota = {
  /** From now on the process has no more than that. */
  readonly hold: (pid: number) => void
  /** After its processes have ended. */
  readonly remove: () => void
}

/** `share` of one core. Null: this machine doesn't allow it. */
export function quota(name: string, share: number): Quota | null {
  const group = `${GROUPS}/rxchat-bench-${process.pid}-${name}`
  try {
    mkdirSync(group)
    writeFileSync(`${group}/cpu.cfs_period_us`, `${PERIOD_US}`)
    writeFileSync(`${group}/cpu.cfs_quota_us`, `${share * PERIOD_US}`)
  } catch {
    return null
  }
  return {
    hold: pid => writeFileSync(`${group}/cgroup.procs`, `${pid}`),
    remove: () => rmdirSync(group),
  }
}
