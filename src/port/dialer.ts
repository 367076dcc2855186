/** Port: how a client reaches its server. One attempt is one connection; the client decides whether there is another. */
import type { Observable } from 'rxjs'
import type { Signal } from './transport.ts'

/** As on the server's side, but it opens first, and the end may say why. */
export type Dialled =
  | { readonly type: 'opened' }
  | Signal
  | { readonly type: 'failed'; readonly reason: string }
  /** Who is there is not who should be, and was told nothing. To dial once more is no use. */
  | { readonly type: 'refused'; readonly reason: string }

export interface Dialling {
  /** For one subscriber; subscribing dials, unsubscribing destroys. Completes after `closed`, `failed` or `refused`. */
  readonly signals$: Observable<Dialled>
  /** A WebSocket's frame is a line here: what is written ends with a newline. */
  write(text: string): void
  destroy(): void
}

export type Dialer = () => Dialling
