/** A place for a server: one process after another, under one name in the journal. */
import { FORMAT } from '../../src/model/format.ts'
import type { Keep } from '../../src/server/options.ts'
import type { Process, Running } from './process.ts'

export class Node {
  readonly origin: string
  /** Milliseconds that the clock of its machine is ahead of the others. */
  ahead = 0
  /** The messages that it keeps; null: all. */
  keep: Keep | null = null
  /** The latest rules that its program reads. The next version's are those of this one under another number. */
  reads = FORMAT
  /** Null: there is none. */
  process: Process | null = null
  /** Null: it is down, or still reads its journal. */
  running: Running | null = null

  constructor(origin: string) {
    this.origin = origin
  }
}
