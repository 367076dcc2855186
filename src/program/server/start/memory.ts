/**
 * The memory of the process. V8 trades it for speed: during a storm its heap grows under garbage, and afterwards it
 * keeps the free pages for the next one. Once a storm is over and few messages come, V8 is set to save memory for a
 * while. It compacts its heap, while the loop stands still, and gives the free pages back to the system.
 */
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'

/** Milliseconds between two looks. The event loop's share of the time from which on it's a storm, and below which it's quiet. */
const LOOK_MS = 1000
const STORM = 0.5
const QUIET = 0.1
/** Quiet looks in a row after which memory is saved, and after which that is over. */
const QUIET_FROM = 2
const QUIET_UNTIL = 30

export type MemoryMode = 'fast' | 'saving'

/** Sets the mode whenever it changes. `utilization` gives the share of time that the loop was busy since the last call. */
export function memoryModes(utilization: () => number, set: (mode: MemoryMode) => void): () => void {
  let mode: MemoryMode = 'fast'
  let [isAfterStorm, quiet] = [false, 0]
  return () => {
    const share = utilization()
    if (share >= STORM) isAfterStorm = true
    quiet = share < QUIET ? quiet + 1 : 0
    if (quiet >= QUIET_UNTIL) isAfterStorm = false
    const next = isAfterStorm && quiet >= QUIET_FROM ? 'saving' : 'fast'
    if (next !== mode) set(next)
    mode = next
  }
}

/** Until the process ends. */
export function saveMemory(): void {
  // Earlier ones don't know the flag, and would complain on stderr.
  if (Number.parseInt(process.versions.v8, 10) < V8_WITH_MODES) return
  let seen = performance.eventLoopUtilization()
  const utilization = (): number => {
    const now = performance.eventLoopUtilization()
    const { utilization: share } = performance.eventLoopUtilization(now, seen)
    seen = now
    return share
  }
  const set = (mode: MemoryMode): void =>
    setFlagsFromString(mode === 'saving' ? '--memory-saver-mode' : '--no-memory-saver-mode')
  setInterval(memoryModes(utilization, set), LOOK_MS).unref()
}

const V8_WITH_MODES = 13
