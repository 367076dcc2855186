/** Port: signals between the servers of one chat, beside the journal. None is stored, and any may be lost. */
import type { Observable } from 'rxjs'

export interface Signals {
  /** Signals of other servers: `node` is theirs. `signal` is JSON, and not checked. */
  readonly signals$: Observable<{ readonly node: string; readonly signal: unknown }>
  /** Sends to the servers that listen now. */
  signal(signal: unknown): void
}
