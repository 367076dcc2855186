/** Port: how a client reaches its server. One attempt is one connection; the client decides whether to try again. */
import type { Observable } from 'rxjs'
import type { Signal } from './transport.ts'

/** The signals of a connection, as on the server, but `opened` comes first, and the last signal may give a reason. */
export type Dialled =
  | { readonly type: 'opened' }
  | Signal
  | { readonly type: 'failed'; readonly reason: string }
  /** The peer isn't the expected server, and was sent nothing. Dialling again is useless. */
  | { readonly type: 'refused'; readonly reason: string }

export interface Dialling {
  /** For one subscriber: subscribing dials, unsubscribing destroys. Completes after `closed`, `failed` or `refused`. */
  readonly signals$: Observable<Dialled>
  /** `text` ends with a newline. Over WebSocket, one line is one message. */
  write(text: string): void
  destroy(): void
}

/** `address`: another server of the same chat, as `HOST:PORT`. Absent: the one that the user has named. */
export type Dialer = (address?: string) => Dialling
