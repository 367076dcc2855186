/** Trusted proxies, by address or by network: their word about a client's address is taken. */
import { isIP } from 'node:net'
import { readAddress } from '../matching/networks/address.ts'
import { contains, readPrefix } from '../matching/networks/prefix.ts'
import { plainAddress } from './network.ts'

export type Trusts = (address: string) => boolean

export const nobody: Trusts = () => false

/** Reads addresses, and networks such as `10.0.0.0/8`. Null if one of them is neither. */
export function readTrusted(texts: readonly string[]): Trusts | null {
  const read = texts.map(readPrefix)
  const prefixes = read.filter(prefix => prefix !== null)
  if (prefixes.length < read.length) return null
  return text => {
    const address = readAddress(text)
    return address !== null && prefixes.some(prefix => contains(prefix, address))
  }
}

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
