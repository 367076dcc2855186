/**
 * Port: the ordered, durable sequence of inputs. The hub folds what comes back from `committed$`, never what it handed
 * in, so a replicated log in which other servers' inputs come between one's own fits behind it.
 */
import type { Observable } from 'rxjs'
import type { Draft, Entry } from '../model/input.ts'

export interface Journal {
  /** Identity of this journal; a cursor from another epoch is void. */
  readonly epoch: string
  /** Inputs up to here are not here any more. */
  readonly base: number
  /**
   * The entries after `seq`, in order, as far as the journal still has them. Throws on damage. Who wants only `inputs`
   * may get each text as null: folding needs none.
   */
  read(seq: number, what?: 'inputs'): Iterable<Entry>
  /** All that is committed from the moment of subscription on, in the order of `seq`, a batch per commit. */
  readonly committed$: Observable<readonly Entry[]>
  /** Commits all of the batch or nothing. Rejects if it could not; nothing of it comes back then. */
  append(batch: readonly Draft[]): Promise<void>
  /** Marks an entry as one that every replay skips. */
  quarantine(seq: number, reason: string): Promise<void>
  /**
   * The latest of the kept states that is whole, and not beyond input `upTo` if that is given; where inputs are forgotten
   * a later one, if there is no other. Null: none.
   */
  snapshot(upTo?: number): Snapshot | null
  /** Keeps a state from which a later start can go on. It is given whole, or in parts that are made as they are taken. */
  keep(snapshot: Omit<Snapshot, 'state'> & { readonly state: Iterable<string> }): Promise<void>
  /**
   * Takes the texts of these inputs out. Resolves when no byte of them is left in any file; until then it may be asked
   * again. Their entries stay, with the text null.
   */
  erase(seqs: readonly number[]): Promise<void>
  /** Forgets the texts up to `seq`, and the inputs too, as far as a kept state makes them dispensable. */
  forget(seq: number): Promise<void>
  close(): Promise<void>
}

/** The room after input `seq`, as text (src/reducer/snapshot.ts). */
export type Snapshot = { readonly seq: number; readonly state: string }
