/** Addresses near one another, in all ways to write them, and networks of them. As strings of bits: slow, but plain to see. */
import fc from 'fast-check'

const MAPPED = `${'0'.repeat(80)}${'1'.repeat(16)}`

const binary = (number: number, width: number): string => number.toString(2).padStart(width, '0')

/** The bits of an address in dots, or with all of its eight groups. */
export const bitsOf = (plain: string): string =>
  plain.includes('.')
    ? plain
        .split('.')
        .map(part => binary(Number(part), 8))
        .join('')
    : plain
        .split(':')
        .map(group => binary(Number.parseInt(group, 16), 16))
        .join('')

const pieces = (bits: string, width: number): readonly number[] =>
  Array.from({ length: bits.length / width }, (_, at) => Number.parseInt(bits.slice(at * width, (at + 1) * width), 2))

const dots = (bits: string): string => pieces(bits, 8).join('.')
const hex = (bits: string): readonly string[] => pieces(bits, 16).map(group => group.toString(16))

/** In dots, or with all groups. IPv4 within IPv6 is IPv4. */
const plainOf = (bits: string): string => {
  if (bits.length === 32) return dots(bits)
  return bits.startsWith(MAPPED) ? dots(bits.slice(96)) : hex(bits).join(':')
}

/** Few places, and few bits away from them, so that networks and addresses meet. */
const BASES = [
  '10.1.2.3',
  '203.0.113.255',
  '2001:db8:0:0:1:0:0:1',
  '0:0:0:0:0:0:0:1',
  '0:0:0:0:0:ffff:a01:203',
  'fe80:0:0:0:ffff:ffff:ffff:ffff',
]

const near = fc
  .tuple(fc.constantFrom(...BASES), fc.array(fc.nat({ max: 127 }), { maxLength: 3 }))
  .map(([base, flips]) => {
    const bits = [...bitsOf(base)]
    for (const flip of flips) bits[flip % bits.length] = bits[flip % bits.length] === '0' ? '1' : '0'
    return bits.join('')
  })

/** All ways to write these bits, of which an IPv4 address has some as IPv6. */
function waysOf(bits: string): readonly string[] {
  if (bits.length === 32) {
    const mapped = [`::ffff:${dots(bits)}`, `::FFFF:${hex(bits).join(':')}`, `0:0:0:0:0:ffff:${hex(bits).join(':')}`]
    return [dots(bits), ...mapped]
  }
  const groups = hex(bits)
  const full = groups.join(':')
  const padded = groups.map(group => group.padStart(4, '0')).join(':')
  const cut = groups.flatMap((group, at) =>
    group === '0' ? [`${groups.slice(0, at).join(':')}::${groups.slice(at + 1).join(':')}`] : [],
  )
  const tail = `${groups.slice(0, 6).join(':')}:${dots(bits.slice(96))}`
  return [full, padded, padded.toUpperCase(), ...cut, tail, `${full}%eth0`, `${full}%eth0.100`]
}

/** `text` is one way to write `plain`. */
export const addresses = near.chain(bits =>
  fc.record({ text: fc.constantFrom(...waysOf(bits)), plain: fc.constant(plainOf(bits)) }),
)

/** Lengths at which words and groups of bits end, and any other. */
const lengths = fc.oneof(fc.constantFrom(8, 24, 31, 32, 33, 64, 96, 127, 128), fc.nat({ max: 128 }))

/** Each with host bits of zero, and of any length. */
export const networks = fc.tuple(near, lengths).map(([bits, wanted]) => {
  const all = bitsOf(plainOf(bits))
  const length = Math.min(wanted, all.length)
  return `${plainOf(all.slice(0, length).padEnd(all.length, '0'))}/${length}`
})

/** A network has all addresses that begin with its bits. */
export function isIn(address: string, network: string): boolean {
  const [first = '', length] = network.split('/')
  const [of, bits] = [bitsOf(first), bitsOf(address)]
  return of.length === bits.length && bits.startsWith(of.slice(0, Number(length)))
}
