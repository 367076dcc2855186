/** Addresses of peers: how they are shown, and which of them are counted as one. */
import { formatAddress, readAddress } from '../matching/networks/address.ts'
import { formatPrefix, peerPrefix } from '../matching/networks/prefix.ts'

/** An IPv4 address that is mapped into IPv6, as plain IPv4. Other addresses stay as they are. */
export function plainAddress(address: string): string {
  const read = address.includes(':') ? readAddress(address) : null
  return read?.length === 1 ? formatAddress(read) : address
}

/**
 * The network that an address belongs to, for every limit per address. An IPv4 address is its own network. That of an
 * IPv6 address is its first 64 bits: a peer often has all 2^64. A text that is no address stays as it is.
 */
export function networkOf(address: string): string {
  const read = address.includes(':') ? readAddress(address) : null
  if (read === null) return address
  return read.length === 1 ? formatAddress(read) : formatPrefix(peerPrefix(read))
}
