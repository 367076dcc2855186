/**
 * The header of the PROXY protocol, version 2, in which a proxy gives the client's address
 * (https://www.haproxy.org/download/3.0/doc/proxy-protocol.txt, 2.2). A pure function of the bytes so far.
 */
import { formatAddress } from '../matching/networks/address.ts'
import { PROXY_HEADER_MAX_BYTES } from '../model/limits.ts'
import { plainAddress } from './network.ts'

/** The first bytes of version 2. As a whole they can't be the start of text. */
export const SIGNATURE = Uint8Array.of(0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a)

export type ProxyHeader =
  | { readonly is: 'partial' }
  | { readonly is: 'broken' }
  /** `address` null: the connection is a health check of the proxy itself, or the proxy gives no client address. */
  | { readonly is: 'whole'; readonly length: number; readonly address: string | null }

const FIXED = SIGNATURE.length + 4
const VERSION = 2
const LOCAL = 0
const PROXY = 1
/** Address families, and the bytes of one address. A header has two addresses (source and target) and two ports. */
const INET = { family: 1, bytes: 4 }
const INET6 = { family: 2, bytes: 16 }
const PORTS = 4

const BROKEN: ProxyHeader = { is: 'broken' }
const PARTIAL: ProxyHeader = { is: 'partial' }

/** `bytes` begins with the signature. */
export function readProxyHeader(bytes: Uint8Array): ProxyHeader {
  const [version, family, high, low] = bytes.subarray(SIGNATURE.length, FIXED)
  if (version === undefined) return PARTIAL
  const command = version & 0xf
  if (version >> 4 !== VERSION || (command !== LOCAL && command !== PROXY)) return BROKEN
  if (family === undefined || high === undefined || low === undefined) return PARTIAL
  const length = FIXED + ((high << 8) | low)
  if (length > PROXY_HEADER_MAX_BYTES) return BROKEN
  if (bytes.length < length) return PARTIAL
  const address = addressIn(bytes.subarray(FIXED, length), family >> 4)
  if (address === 'broken') return BROKEN
  return { is: 'whole', length, address: command === LOCAL ? null : address }
}

/** The source address. Anything after the addresses is ignored. */
function addressIn(block: Uint8Array, family: number): string | null | 'broken' {
  const known = [INET, INET6].find(one => one.family === family)
  if (!known) return null
  if (block.length < 2 * known.bytes + PORTS) return 'broken'
  const words = new DataView(block.buffer, block.byteOffset, known.bytes)
  const source = Array.from({ length: known.bytes / 4 }, (_, at) => words.getInt32(4 * at))
  return plainAddress(formatAddress(source))
}
