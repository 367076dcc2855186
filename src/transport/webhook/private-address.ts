/** Addresses outside of the public internet: those of this machine, of local networks, and special ones. */
import { BlockList, isIP } from 'node:net'

const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv4')
}
// In IPv6, only 2000::/3 has hosts of the internet. Within it, the networks below lead to IPv4 addresses or nowhere.
const PUBLIC = new BlockList()
PUBLIC.addSubnet('2000::', 3, 'ipv6')
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  PRIVATE.addSubnet(net, bits, 'ipv6')
}

/** `address` as the system writes it, without brackets. A text that is no address counts as private. */
export function isPrivate(address: string): boolean {
  const [plain = ''] = address.split('%')
  switch (isIP(plain)) {
    case 4:
      return PRIVATE.check(plain, 'ipv4')
    case 6:
      return !PUBLIC.check(plain, 'ipv6') || PRIVATE.check(plain, 'ipv6')
    default:
      return true
  }
}
