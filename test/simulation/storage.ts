/** The storage of a run's inputs. It outlives the processes. A fault that it was told to have stays until told. */
import type { Entry } from '../../src/model/input.ts'
import type { History } from '../../src/port/history.ts'
import type { Journal } from '../../src/port/journal.ts'
import type { Peers } from '../../src/port/peers.ts'
import type { Process } from './process.ts'

export type StoragePorts = {
  readonly journal: Journal
  readonly history: History
  /** The other servers, as the log has them; null: the storage knows of none. */
  readonly peers: Peers | null
  /** Whether the process has been given all that is committed. */
  readonly hasAll: () => boolean
}

export interface Storage {
  /** While true, nothing more can be stored. */
  full: boolean
  /** Milliseconds that a commit takes. */
  slow: number
  /** The outcomes of appends from now on; each is known after `doubt` milliseconds. */
  fate: Fate
  doubt: number
  /** Whether any write is under way. */
  readonly isBusy: boolean
  /** The ports of a process that begins. */
  readonly mount: (process: Process) => StoragePorts | Promise<StoragePorts>
  /** The process is dead. */
  readonly abandon: (process: Process) => void
  /** The text of an input; null: it is erased. */
  readonly textOf: (seq: number) => string | null
  /** Whether any copy has lost the text, so that some are shown it no more. */
  readonly isErased: (seq: number) => boolean
  /** The trouble is over. */
  readonly heal: () => void
}

/** `late`: it arrives late. `quiet`: it arrives at once, and the acknowledgement is late. `never`: it's lost. */
export type Fate = 'sure' | 'late' | 'quiet' | 'never'

/**
 * Is called with every commit of `by` when it is stored, before anybody else learns of it. Its inputs came at `since` or
 * later, in elapsed milliseconds: until then the journal was idle.
 */
export type Stored = (by: Process, entries: readonly Entry[], since: number) => void

export class DiskFull extends Error {}
/** An append of which the journal says that it never happened. */
export class Lost extends Error {}
