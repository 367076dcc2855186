/** The network that an address belongs to, for every limit per address. */
import { isIPv6 } from 'node:net'

/**
 * An IPv4 address is its own network. The network of an IPv6 address is its first 64 bits: a peer often has all 2^64.
 */
export function networkOf(address: string): string {
  if (!address.includes(':') || !isIPv6(address)) return address
  const [head = '', tail = ''] = address.toLowerCase().split('::')
  const [before, after] = [head, tail].map(groups => groups.split(':').filter(group => group !== ''))
  const zeros = Array<string>(Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))).fill('0')
  return [...(before ?? []), ...zeros, ...(after ?? [])]
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
