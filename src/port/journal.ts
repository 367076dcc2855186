/**
 * Port: the ordered, durable sequence of inputs. The hub folds what comes back from `committed$`, never what it handed
 * in, so a replicated log in which other servers' inputs come between one's own fits behind it (design 2).
 */
import type { Observable } from 'rxjs'
import type { Draft, Entry } from '../model/input.ts'

export interface Journal {
  /** Identity of this journal; a cursor from another epoch is void. */
  readonly epoch: string
  /** The entries after `seq`, in order, as far as the journal still has them. */
  read(seq: number): Iterable<Entry>
  /** All that is committed from the moment of subscription on, in the order of `seq`, a batch per commit. */
  readonly committed$: Observable<readonly Entry[]>
  /** Commits all of the batch or nothing. Rejects if it could not; nothing of it comes back then. */
  append(batch: readonly Draft[]): Promise<void>
  /** Marks an entry as one that every replay skips. */
  quarantine(seq: number, reason: string): Promise<void>
  close(): Promise<void>
}
