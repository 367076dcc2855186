/**
 * Port: the ordered, durable sequence of inputs. The hub folds the entries of `committed$`, never the drafts that it
 * handed in. So a replicated log, with inputs of other servers in between, also fits behind this interface.
 */
import type { Observable } from 'rxjs'
import type { Draft, Entry } from '../model/input.ts'

export interface Journal {
  /** Identity of this journal. A cursor from another epoch is void. */
  readonly epoch: string
  /** Inputs up to this one are forgotten. */
  readonly base: number
  /**
   * The entries after `seq`, in order and in batches, as far as the journal still has them. Rejects on damage. With
   * `inputs`, the texts may be null: folding needs none.
   */
  read(seq: number, what?: 'inputs'): AsyncIterable<readonly Entry[]>
  /** The texts beside these inputs, which came with one. Erased or forgotten texts are missing. Rejects on damage. */
  texts(seqs: readonly number[]): Promise<ReadonlyMap<number, string>>
  /** All entries committed after the subscription, in the order of `seq`, one batch per commit. */
  readonly committed$: Observable<readonly Entry[]>
  /**
   * Commits the whole batch or nothing. There are three outcomes:
   *
   * - It resolves: the batch is committed, and has come back.
   * - It rejects: the batch isn't committed, and nothing of it will ever come back, not even after a restart.
   * - It's pending: the outcome isn't known, which may last. The batch may have come back already. Nothing of it is
   *   committed after a batch of this origin's next process.
   */
  append(batch: readonly Draft[]): Promise<void>
  /**
   * Marks an entry, so that every replay skips it. The marks may be kept elsewhere than the entries, and other servers
   * mark, too: `read` and `committed$` give an entry with the mark that is known by then.
   */
  quarantine(seq: number, reason: string): Promise<void>
  /**
   * The latest undamaged snapshot, not beyond input `upTo` if that's given. If there's no such one and inputs are
   * forgotten, a later one. Null: none. Rejects on damage.
   */
  snapshot(upTo?: number): Promise<Snapshot | null>
  /** Keeps a snapshot for later starts. `state` is its text, whole or in parts that are made as they're taken. */
  keep(snapshot: Omit<Snapshot, 'state'> & { readonly state: Iterable<string> }): Promise<void>
  /**
   * Erases the texts of these inputs. Resolves when no byte of them is left in any file; after a failure, call it
   * again. The entries stay, with the text null.
   */
  erase(seqs: readonly number[]): Promise<void>
  /**
   * Forgets the texts up to `seq`, and also the inputs as far as a snapshot replaces them. `inLog`: also in a log that
   * several servers share. `later`: the texts of these later inputs are erased with them.
   */
  forget(seq: number, inLog?: boolean, later?: readonly number[]): Promise<void>
  close(): Promise<void>
}

/** The room after input `seq`, as text (src/reducer/snapshot.ts). */
export type Snapshot = { readonly seq: number; readonly state: string }
