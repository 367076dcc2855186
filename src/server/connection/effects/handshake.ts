/**
 * The arrival of a connection: its address, the deadline for its name, and the handlers of other protocols. Addresses
 * of trusted proxies have no bounds here: all their clients would share them.
 */
import { HANDSHAKE_EXTENSIONS_MAX, HANDSHAKE_MS } from '../../../model/limits.ts'
import { SilenceAlarm } from '../../../port/silence-alarm.ts'
import type { SniffedProtocol } from '../../../transport/sniff.ts'
import type { ConnectionContext } from '../context.ts'
import { NOT_SERVED, refusalIn } from '../turn-away.ts'

export class Handshake {
  readonly #of: Pick<ConnectionContext, 'server' | 'link'>
  readonly #deadline: SilenceAlarm
  #extensions = 0

  /** `tooLate` is called when the deadline for a name has passed. */
  constructor(connection: Pick<ConnectionContext, 'server' | 'link'>, tooLate: () => void) {
    this.#of = connection
    this.#deadline = new SilenceAlarm(connection.server.clock, tooLate)
  }

  /**
   * The connection has no name yet, or is at the beginning again. Too many from one address: the connection is cut at
   * once and without a text, since one that may linger would keep its place.
   */
  knock(): void {
    const { server, link } = this.#of
    this.#deadline.set(HANDSHAKE_MS)
    if (!server.trusts(link.address)) server.admission.knock(link.address, link.connection, () => link.cut())
  }

  /** The peer was asked for a secret or a proof before it may enter. It gets that time, but only so many times. */
  extend(ms: number): void {
    this.#deadline.set(++this.#extensions > HANDSHAKE_EXTENSIONS_MAX ? 0 : ms)
  }

  /** A trusted proxy has reported the client's address. */
  comeFrom(address: string): void {
    const { server, link } = this.#of
    server.admission.settled(link.address, link.connection)
    link.address = address
    this.knock()
  }

  /**
   * HTTP connections have their own timeouts. They do not count as handshakes: they never send a name. A TLS connection
   * will send one, and has as long for the TLS handshake as for a name.
   */
  handOn(spoken: SniffedProtocol, bytes: Uint8Array): void {
    const { server, link } = this.#of
    const { address, connection } = link
    if (spoken === 'http') server.admission.browse(address, server.clock.elapsed())
    if (!connection.handOn(spoken, bytes, address)) return this.turnAway(spoken, NOT_SERVED)
    if (spoken !== 'tls') this.#deadline.off()
    if (server.trusts(address)) server.admission.settled(address, connection)
    else server.admission.visit(address, connection, () => link.cut())
  }

  turnAway(spoken: SniffedProtocol, why: string): void {
    const { connection } = this.#of.link
    connection.write(refusalIn(spoken, why))
    connection.end()
  }

  /** The connection is gone. */
  leave(): void {
    const { server, link } = this.#of
    this.#deadline.off()
    server.admission.settled(link.address, link.connection)
  }
}
