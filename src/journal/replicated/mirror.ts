/** A node's copy of a replicated log, on its own machine. The node reads everything from it. */
import type { Draft, Entry } from '../../model/input.ts'
import type { Journal, Snapshot } from '../../port/journal.ts'

/** A journal that is filled from a log, and never appended to. It ends somewhere before the end of the log. */
export interface Mirror extends Omit<Journal, 'append' | 'committed$'> {
  /** The last input that it has. */
  readonly last: number
  /**
   * Adds the next inputs. They can be read at once, and are stored soon. Inputs that a loss of power takes are read from the
   * log again. An input whose text is missing is one that was erased.
   */
  adopt(drafts: readonly Draft[]): readonly Entry[]
  /** Rejects if a batch that was adopted before can't be stored. */
  usable(): Promise<void>
  /** Resolves when all batches adopted so far are stored. Rejects if that fails. */
  stored(): Promise<void>
  /** Begins after this snapshot. The mirror must be empty. */
  begin(snapshot: Snapshot): Promise<void>
}
