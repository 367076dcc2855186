/** IP addresses as numbers, and as the one text that each of them has. */
import { isIP } from 'node:net'

/** Words of 32 bits, signed: one of IPv4, four of IPv6. */
export type Address = readonly number[]

/** Null if `text` is no address. An IPv4-mapped IPv6 address is its IPv4 one, and a zone (`fe80::1%eth0`) is ignored. */
export function readAddress(text: string): Address | null {
  switch (isIP(text)) {
    case 4:
      return [dotted(text)]
    case 6: {
      const address = grouped(text)
      return isMapped(address) ? address.slice(3) : address
    }
    default:
      return null
  }
}

/** IPv4 with dots. IPv6 as RFC 5952 (section 4) has it. */
export const formatAddress = (address: Address): string =>
  address.length === 1 ? octets(address[0] as number).join('.') : shortest(address.flatMap(halves))

/** ::ffff:0:0/96 (RFC 4291, 2.5.5.2). */
const isMapped = ([first, second, third]: Address): boolean => first === 0 && second === 0 && third === 0xffff

const dotted = (text: string): number => text.split('.').reduce((word, part) => (word << 8) | Number(part), 0)

const octets = (word: number): readonly number[] => [24, 16, 8, 0].map(shift => (word >>> shift) & 0xff)

const halves = (word: number): readonly number[] => [word >>> 16, word & 0xffff]

/** `text` is an IPv6 address. */
function grouped(text: string): Address {
  const [address = ''] = text.split('%')
  const [before = [], after = []] = address.split('::').map(groupsOf)
  const zeros = Array<number>(8 - before.length - after.length).fill(0)
  const groups = [...before, ...zeros, ...after]
  return [0, 2, 4, 6].map(at => ((groups[at] as number) << 16) | (groups[at + 1] as number))
}

const groupsOf = (text: string): readonly number[] =>
  text === ''
    ? []
    : text.split(':').flatMap(group => (group.includes('.') ? halves(dotted(group)) : Number.parseInt(group, 16)))

/** The longest run of zeros is left out, and the first one of equal length. A single zero stays. */
function shortest(groups: readonly number[]): string {
  let start = 0
  let length = 1
  for (let at = 0; at < groups.length; at++) {
    let end = at
    while (groups[end] === 0) end++
    if (end - at > length) [start, length] = [at, end - at]
  }
  return length === 1 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`
}

const hex = (groups: readonly number[]): string => groups.map(group => group.toString(16)).join(':')
