/** Reads the network of a ban. */
import { BAN_MIN_BITS_IPV4, BAN_MIN_BITS_IPV6 } from '../../model/limits.ts'
import { type Address, readAddress } from './address.ts'
import { formatPrefix, mappedBits, peerPrefix, readPrefix, widthOf } from './prefix.ts'

export type NetworkReading =
  | { readonly ok: true; readonly network: string }
  | { readonly ok: false; readonly detail: string }

/**
 * Reads a network as a keeper types it: `10.1.0.0/16`; `10.1.2.3`, which is its /32; `2001:db8::1`, which is its /64,
 * because a peer has all of those. An IPv4 network that is mapped into IPv6 is the IPv4 one. `network` is canonical: it
 * always has a `/`, its host bits are zero, and IPv6 has the form of RFC 5952. `detail` is a clause that fits
 * after `The network cannot be used:`, with the remedy and without the text.
 */
export function readNetwork(raw: string): NetworkReading {
  const text = raw.trim()
  const [before = ''] = text.split('/')
  const address = readAddress(before)
  if (address === null) return refused(NEITHER)
  const prefix = text.includes('/') ? readPrefix(text) : peerPrefix(address)
  const least = leastBits(address)
  if (prefix === null) {
    const mapped = mappedBits(before, address)
    return refused(`write a whole number from ${least + mapped} to ${widthOf(address) + mapped} after the /`)
  }
  return prefix.bits < least ? refused(tooBroad(least)) : { ok: true, network: formatPrefix(prefix) }
}

const refused = (detail: string): NetworkReading => ({ ok: false, detail })

const leastBits = (address: Address): number => (address.length === 1 ? BAN_MIN_BITS_IPV4 : BAN_MIN_BITS_IPV6)

const NEITHER =
  'write an address, or a network such as 10.1.0.0/16 or 2001:db8::/48, without port, brackets or leading zeros'

const tooBroad = (least: number): string =>
  `it is broader than /${least} and would shut out a large part of the internet; close the server to guests instead`
