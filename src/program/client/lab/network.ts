/** Connections in memory: bytes written on one end arrive at the other in the next turn. Both ports, no sockets. */
import { Observable, Subject, type Subscriber } from 'rxjs'
import type { Clock } from '../../../port/clock.ts'
import type { Dialled, Dialling } from '../../../port/dialer.ts'
import type { Connection, Signal } from '../../../port/transport.ts'

export type Pair = { readonly connection: Connection; readonly dialling: Dialling; readonly cut: () => void }

/** Nothing listens: the attempt fails in the next turn. */
export const deadEnd = (turn: Clock['turn']): Dialling => ({
  signals$: new Observable(signals => {
    turn(() => {
      signals.next({ type: 'failed', reason: 'nothing listens' })
      signals.complete()
    })
  }),
  write: () => {},
  destroy: () => {},
})

/** Both ends of one connection. `cut` breaks it for both, without a goodbye. */
export function connectionPair(id: string, address: string, turn: Clock['turn']): Pair {
  const arrived = new Subject<Uint8Array>()
  let signals: Subscriber<Signal> | null = null
  let open = true

  const tell = (signal: Signal): void => turn(() => open && signals?.next(signal))
  function cut(): void {
    if (!open) return
    turn(() => {
      open = false
      signals?.next({ type: 'closed' })
      signals?.complete()
      arrived.complete()
    })
  }

  return {
    cut,
    connection: {
      ...{ id, address, outstanding: 0 },
      signals$: new Observable(subscriber => {
        signals = subscriber
        return cut
      }),
      write(bytes) {
        // A copy, because a buffer may be reused while its bytes are on the wire.
        const sent = Uint8Array.from(bytes)
        turn(() => arrived.next(sent))
        return open
      },
      handOn: () => false,
      end: cut,
      destroy: cut,
    },
    dialling: {
      signals$: new Observable<Dialled>(dialled => {
        turn(() => dialled.next({ type: 'opened' }))
        arrived.subscribe({
          next: bytes => dialled.next({ type: 'bytes', bytes }),
          complete() {
            dialled.next({ type: 'closed' })
            dialled.complete()
          },
        })
        return cut
      }),
      write: text => tell({ type: 'bytes', bytes: Buffer.from(text) }),
      destroy: cut,
    },
  }
}
