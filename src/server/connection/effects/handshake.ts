/**
 * The arrival of a connection: its address, the deadline for its name, and the handlers of other protocols. Addresses
 * of trusted proxies have no bounds here: all their clients would share them.
 */
import { HANDSHAKE_MS } from '../../../model/limits.ts'
import { judging } from '../../../port/silence-alarm.ts'
import type { SniffedProtocol } from '../../../transport/sniff.ts'
import type { ConnectionContext } from '../context.ts'
import { NOT_SERVED, refusalIn } from '../turn-away.ts'

export type Arriving = {
  /** The connection has no name yet, or is at the beginning again. */
  readonly knock: () => void
  /** A trusted proxy has reported the client's address. */
  readonly comeFrom: (address: string) => void
  readonly handOn: (spoken: SniffedProtocol, bytes: Uint8Array) => void
  readonly turnAway: (spoken: SniffedProtocol, why: string) => void
  /** The connection is gone. */
  readonly leave: () => void
}

/** `tooLate` is called when the deadline for a name has passed. */
export function arriving({ server, link }: Pick<ConnectionContext, 'server' | 'link'>, tooLate: () => void): Arriving {
  const { clock, admission, trusts } = server
  const { connection } = link
  let unwait = (): void => {}

  /**
   * Too many from one address: the connection is cut at once and without a text, since one that may linger would keep
   * its place.
   */
  function knock(): void {
    unwait()
    unwait = judging(clock, HANDSHAKE_MS, tooLate)
    if (!trusts(link.address)) admission.knock(link.address, connection, () => link.cut())
  }

  function turnAway(spoken: SniffedProtocol, why: string): void {
    connection.write(refusalIn(spoken, why))
    connection.end()
  }

  return {
    knock,
    comeFrom(address) {
      admission.settled(link.address, connection)
      link.address = address
      knock()
    },

    /**
     * HTTP connections have their own timeouts. They do not count as handshakes: they never send a name. A TLS
     * connection will send one, and has as long for the TLS handshake as for a name.
     */
    handOn(spoken, bytes) {
      if (!connection.handOn(spoken, bytes, link.address)) return turnAway(spoken, NOT_SERVED)
      if (spoken !== 'tls') unwait()
      if (trusts(link.address)) admission.settled(link.address, connection)
      else admission.visit(link.address, connection, () => link.cut())
    },

    turnAway,
    leave() {
      unwait()
      admission.settled(link.address, connection)
    },
  }
}
