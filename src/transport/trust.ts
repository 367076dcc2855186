/** Trusted proxies, by address or by network: their word about a client's address is taken. */
import { BlockList, isIP } from 'node:net'
import { plainAddress } from './proxy.ts'

export type Trusts = (address: string) => boolean

export const nobody: Trusts = () => false

/** Reads addresses, and networks such as `10.0.0.0/8`. Null if one of them is neither. */
export function readTrusted(texts: readonly string[]): Trusts | null {
  const list = new BlockList()
  for (const text of texts) {
    const [address = '', prefix, more] = text.split('/')
    const family = familyOf(address)
    if (family === null || more !== undefined) return null
    if (prefix === undefined) list.addAddress(address, family)
    else if (/^\d{1,3}$/.test(prefix) && Number(prefix) <= WIDTH[family]) {
      list.addSubnet(address, Number(prefix), family)
    } else return null
  }
  return address => {
    const family = familyOf(address)
    return family !== null && list.check(address, family)
  }
}

const WIDTH = { ipv4: 32, ipv6: 128 } as const

const familyOf = (address: string): keyof typeof WIDTH | null =>
  (({ 4: 'ipv4', 6: 'ipv6' }) as const)[isIP(address)] ?? null

/**
 * The client's address of a forwarded request: the nearest hop that isn't a trusted proxy. The entries to the left of
 * it in X-Forwarded-For could be written by anybody.
 */
export function originOf(address: string, forwarded: string | null, trusts: Trusts): string {
  const hops = (forwarded ?? '').split(',')
  let origin = address
  while (trusts(origin)) {
    const hop = plainAddress(bare(hops.pop()?.trim() ?? ''))
    if (isIP(hop) === 0) return origin
    origin = hop
  }
  return origin
}

/** Without the port that some proxies add: `192.0.2.1:4711`, `[2001:db8::1]:4711`. */
function bare(hop: string): string {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+)$/.exec(hop) ?? []
  return bracketed ?? dotted ?? hop
}
