/** Dials into a world instead of a network: connections that a test can cut, stall and refuse. */
import { Observable } from 'rxjs'
import type { Dialer, Dialled } from '../../src/port/dialer.ts'
import type { Wire, World } from './world.ts'

export type MemoryDialer = {
  readonly dial: Dialer
  /** The connection of each attempt that reached the server, with the received bytes. */
  readonly wires: Wire[]
  /** Attempts so far. */
  readonly attempts: () => number
  /** While true, nothing listens. */
  down: boolean
  /** The written objects, one by one, over all attempts. */
  readonly written: Record<string, unknown>[]
}

/** `dial` gives null if nothing listens. */
type Place = { readonly clock: Pick<World['clock'], 'turn'>; readonly dial: () => Wire | null }

export function memoryDialer(world: Place): MemoryDialer {
  const wires: Wire[] = []
  const written: Record<string, unknown>[] = []
  let attempts = 0
  const dialer: MemoryDialer = {
    wires,
    written,
    down: false,
    attempts: () => attempts,
    dial() {
      attempts++
      const wire = dialer.down ? null : world.dial()
      if (wire) wires.push(wire)
      return {
        signals$: new Observable<Dialled>(signals => {
          world.clock.turn(() =>
            signals.next(wire ? { type: 'opened' } : { type: 'failed', reason: 'nothing listens' }),
          )
          wire?.peer.received$.subscribe({
            next: bytes => signals.next({ type: 'bytes', bytes }),
            complete: () => signals.next({ type: 'closed' }),
          })
          return () => wire?.peer.vanish()
        }),
        write(text) {
          written.push(JSON.parse(text) as Record<string, unknown>)
          wire?.peer.send(Buffer.from(text))
        },
        destroy: () => wire?.peer.vanish(),
      }
    },
  }
  return dialer
}
