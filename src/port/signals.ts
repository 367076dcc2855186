/** Port: what servers of one chat tell each other beside the journal. Nothing is stored, and anything may be lost. */
import type { Observable } from 'rxjs'

export interface Signals {
  /** What other servers have signalled: `node` is theirs. It's JSON, and not checked. */
  readonly signals$: Observable<{ readonly node: string; readonly signal: unknown }>
  /** Sends to the servers that listen now. */
  signal(signal: unknown): void
}
