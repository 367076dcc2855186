/**
 * The memory in which V8 makes new objects. Under load, V8 doubles it up to 128 MiB. Then most of the memory of a
 * server of thousands of clients is garbage that waits, and the processor's caches hold none of it. So from a bound on,
 * V8 is set to double no longer.
 */
import { PerformanceObserver } from 'node:perf_hooks'
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8'

const MIB = 1024 * 1024
/** Size of both halves together: V8 copies live objects from one into the other. */
const ENOUGH_BYTES = 16 * MIB

/** Factor by which V8 may enlarge memory of so many bytes for new objects. */
export const growthFrom = (bytes: number): 1 | 2 => (bytes >= ENOUGH_BYTES ? 1 : 2)

/**
 * Until the process ends. Looks after each collection, since V8 enlarges the memory at one, and makes it small again when
 * it saves memory.
 */
export function boundYoungGeneration(): void {
  let growth: 1 | 2 = 2
  const look = (): void => {
    const next = growthFrom(youngBytes())
    if (next !== growth) setFlagsFromString(`--semi-space-growth-factor=${next}`)
    growth = next
  }
  look()
  new PerformanceObserver(look).observe({ entryTypes: ['gc'] })
}

const youngBytes = (): number =>
  getHeapSpaceStatistics().find(({ space_name: name }) => name === 'new_space')?.space_size ?? 0
