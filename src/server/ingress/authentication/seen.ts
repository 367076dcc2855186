/**
 * The certificate on the way to a client, as a key's proof names it (src/model/proof.ts). A proxy that ends TLS shows
 * its own certificate, which only the host can know.
 */
import { PLAIN } from '../../../model/proof.ts'
import { nobody, type Trusts } from '../../../transport/trust.ts'

/**
 * `stated`: the proxy's certificate, as the host has stated it; null: there is none. `peer` is the address that the
 * connection comes from, and `certificate` the hash of this server's certificate, in hex.
 */
export function seenBy(stated: string | null, trusts: Trusts, peer: string, certificate: string): string {
  const isBehind = trusts === nobody ? certificate === PLAIN : trusts(peer)
  return stated !== null && isBehind ? stated : certificate
}
