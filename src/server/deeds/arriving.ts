/**
 * A connection at the door: whence it comes, how long it may be without a name, and who else serves what it speaks. All
 * that come from the same proxy come from one address, so a bound for that would be one for all.
 */
import { HANDSHAKE_MS } from '../../model/limits.ts'
import { judging } from '../../port/judging.ts'
import type { Spoken } from '../../transport/sniff.ts'
import type { Guest } from '../house.ts'
import { NOT_SERVED, refusalIn } from '../turn-away.ts'

export type Arriving = {
  /** Without a name still, or again. */
  readonly knock: () => void
  /** A proxy of ours has said from where. */
  readonly comeFrom: (address: string) => void
  readonly handOn: (spoken: Spoken, bytes: Uint8Array) => void
  readonly turnAway: (spoken: Spoken, why: string) => void
  /** The connection is gone. */
  readonly leave: () => void
}

/** `tooLate` is called when it should have had a name by now. */
export function arriving({ house, link }: Pick<Guest, 'house' | 'link'>, tooLate: () => void): Arriving {
  const { clock, admission, trusts } = house
  const { connection } = link
  let unwait = (): void => {}

  /** Too many from one address: at once and without a word, since one that may linger would take its place. */
  function knock(): void {
    unwait()
    unwait = judging(clock, HANDSHAKE_MS, tooLate)
    if (!trusts(link.address)) admission.knock(link.address, connection, () => link.cut())
  }

  function turnAway(spoken: Spoken, why: string): void {
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
     * HTTP is bounded by its own timeouts; the place among those without a name is for who is to give one. Who shakes
     * hands for TLS will be, and has as long for it as for a name.
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
