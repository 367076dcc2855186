/**
 * The memory of the process. V8 trades it for speed: during a storm its heap grows under garbage, and afterwards it
 * keeps the free pages for the next one. That is right while the server is busy. While it's calm, V8 is told to save
 * memory: it collects a little more often, and a few seconds later the system has the free pages back.
 */
import { performance } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'

/** Milliseconds between two looks, and the share of the time from which on the event loop counts as busy. */
const LOOK_MS = 1000
const BUSY = 0.5

export type MemoryMode = 'fast' | 'saving'

/** Sets the mode whenever it changes. `utilization` gives the share of time that the loop was busy since the last call. */
export function memoryModes(utilization: () => number, set: (mode: MemoryMode) => void): () => void {
  let mode: MemoryMode = 'fast'
  return () => {
    const next = utilization() < BUSY ? 'saving' : 'fast'
    if (next !== mode) set(next)
    mode = next
  }
}

/** Until the process ends. */
export function saveMemory(): void {
  // Earlier ones don't know the flag, and would say so on stderr.
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
