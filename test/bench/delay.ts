/**
 * How long the loop does not go round while some work is done: by the clock, commits and checkpoints of SQLite apart, and
 * by the processor's time of this thread, which other programs on the machine do not lengthen.
 */
import { DatabaseSync, StatementSync } from 'node:sqlite'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** In microseconds, each the most of all rounds. */
export type Delay = {
  readonly whole: number
  /** Without commits and checkpoints. */
  readonly apart: number
  /** The same, in the processor's time. */
  readonly busy: number
}

/** The measured work, once it is prepared; and its end. */
export type Work = { readonly work: () => Promise<unknown> | unknown; readonly done: () => unknown }
export type Case = { readonly name: string; readonly prepare: () => Promise<Work> }

type Moment = { readonly clock: number; readonly busy: number }

/** The disk's counts so far. */
let disk: Moment = { clock: 0, busy: 0 }

const now = (): Moment => {
  const { user, system } = process.threadCpuUsage()
  return { clock: performance.now() * 1000, busy: user + system }
}
const since = (before: Moment, after: Moment): Moment => ({
  clock: after.clock - before.clock,
  busy: after.busy - before.busy,
})

/** `work`, with its time counted as the disk's. */
function onDisk<T>(work: () => T): T {
  const before = now()
  try {
    return work()
  } finally {
    const { clock, busy } = since(before, now())
    disk = { clock: disk.clock + clock, busy: disk.busy + busy }
  }
}

/** Counts every commit and checkpoint of this process from now on. */
export function watchDisk(): void {
  const { exec } = DatabaseSync.prototype
  DatabaseSync.prototype.exec = function (sql) {
    return sql === 'COMMIT' ? onDisk(() => exec.call(this, sql)) : exec.call(this, sql)
  }
  const { get } = StatementSync.prototype
  StatementSync.prototype.get = function (this: StatementSync, ...values: Parameters<StatementSync['get']>) {
    const read = () => get.apply(this, values)
    return this.sourceSQL.includes('wal_checkpoint') ? onDisk(read) : read()
  } as StatementSync['get']
}

const round = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** Garbage of the preparation is no part of the work. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

export async function longestDelay(work: () => Promise<unknown> | unknown): Promise<Delay> {
  let most: Delay = { whole: 0, apart: 0, busy: 0 }
  let isOn = true
  collectGarbage()
  await round()
  let [last, stored] = [now(), disk]
  const look = (): void => {
    const passed = since(last, now())
    const written = since(stored, disk)
    const apart = since(written, passed)
    most = {
      whole: Math.max(most.whole, passed.clock),
      apart: Math.max(most.apart, apart.clock),
      busy: Math.max(most.busy, apart.busy),
    }
    last = now()
    stored = disk
    if (isOn) setImmediate(look)
  }
  setImmediate(look)
  await work()
  await round()
  isOn = false
  await round()
  return most
}
