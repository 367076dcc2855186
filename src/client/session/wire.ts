/** One connection of a client: it reads replies line by line, and writes one object a line. */
import { type Carry, emptyCarry, pullLine, pushLines } from '../../codec/lines.ts'
import { type Reply, readReply } from '../../codec/native/reply.ts'
import type { Dialer, Dialled } from '../../port/dialer.ts'

export type Wire = { readonly send: (object: object) => void; readonly hangUp: () => void }

/** The limit for one line, enough for a room's whole member list. Longer lines aren't understood. */
const LINE_MAX_BYTES = 16 * 1024 * 1024

/** `signal` gets everything that isn't a reply. `address`: where to dial; absent: the server that the user has named. */
export function openWire(
  dial: Dialer,
  hear: (reply: Reply) => void,
  signal: (what: Dialled) => void,
  address?: string,
): Wire {
  let carry: Carry = emptyCarry
  const { signals$, write } = dial(address)
  const listening = signals$.subscribe(what => {
    if (what.type !== 'bytes') return signal(what)
    carry = pushLines(carry, what.bytes)
    for (;;) {
      const pulled = pullLine(carry, LINE_MAX_BYTES)
      carry = pulled.carry
      if (!pulled.line) return
      const reply = pulled.line.type === 'line' ? readReply(pulled.line.text) : null
      if (reply) hear(reply)
    }
  })
  return {
    send: object => write(`${JSON.stringify(object)}\n`),
    hangUp: () => listening.unsubscribe(),
  }
}
