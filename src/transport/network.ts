/** Whose an address is, for every bound that is counted by address. */
import { isIPv6 } from 'node:net'

/** An address of IPv4 is itself. One of IPv6 is its first 64 bits: whoever has one of those mostly has all 2^64. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address
  const [head = '', tail = ''] = address.toLowerCase().split('::')
  const [before, after] = [head, tail].map(groups => groups.split(':').filter(group => group !== ''))
  const zeros = Array<string>(Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))).fill('0')
  return [...(before ?? []), ...zeros, ...(after ?? [])]
    .slice(0, 4)
    .map(group => group.replace(/^0+(?=.)/, ''))
    .join(':')
}
