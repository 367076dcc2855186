/** Networks as the first bits of their addresses (CIDR, RFC 4632). */
import { PEER_BITS_IPV6 } from '../../model/limits.ts'
import { type Address, formatAddress, readAddress } from './address.ts'

/** The bits of `address` after the first `bits` are zero. */
export type Prefix = { readonly address: Address; readonly bits: number }

/** A mask of the first `bits` of a word: all of them from 32 on, none up to 0. */
export const mask = (bits: number): number => (bits <= 0 ? 0 : -1 << Math.max(0, 32 - bits))

/** The network of `bits` that `address` is in. */
export const prefixOf = (address: Address, bits: number): Prefix => ({
  address: address.map((word, at) => word & mask(bits - 32 * at)),
  bits,
})

/** The network that one peer has to itself: an IPv4 address, or the first 64 bits of an IPv6 address. */
export const peerPrefix = (address: Address): Prefix => prefixOf(address, Math.min(widthOf(address), PEER_BITS_IPV6))

/**
 * Reads `10.0.0.0/8`. An address alone is the network that has only this address. An IPv4 network that is mapped into
 * IPv6 is the IPv4 one. Null if `text` is neither, or if its prefix has more bits than its address.
 */
export function readPrefix(text: string): Prefix | null {
  const [before = '', length, more] = text.split('/')
  const address = readAddress(before)
  if (address === null || more !== undefined) return null
  if (length === undefined) return prefixOf(address, widthOf(address))
  const bits = LENGTH.test(length) ? Number(length) - mappedBits(before, address) : -1
  return bits >= 0 && bits <= widthOf(address) ? prefixOf(address, bits) : null
}

/** A length with leading zeros might be octal, so it is none. */
const LENGTH = /^(?:0|[1-9]\d{0,2})$/

/** Bits before the IPv4 address if `text` has it mapped into IPv6. */
export const mappedBits = (text: string, address: Address): number => (text.includes(':') ? 128 - widthOf(address) : 0)

export const widthOf = (address: Address): number => 32 * address.length

export const formatPrefix = ({ address, bits }: Prefix): string => `${formatAddress(address)}/${bits}`

export const contains = (prefix: Prefix, address: Address): boolean =>
  prefix.address.length === address.length &&
  prefix.address.every((word, at) => word === ((address[at] as number) & mask(prefix.bits - 32 * at)))
