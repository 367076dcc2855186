/** Headers of the PROXY protocol, version 2, as proxies write them. */
import { SIGNATURE } from '../../src/transport/proxy.ts'

type Bend = { readonly version?: number; readonly command?: number; readonly family?: number; readonly length?: number }

/** `block`: the bytes after the fixed part. */
export function proxyHeader(block: readonly number[], bend: Bend = {}): Buffer {
  const { version = 2, command = 1, family = 0x11, length = block.length } = bend
  return Buffer.from([...SIGNATURE, (version << 4) | command, family, length >> 8, length & 0xff, ...block])
}

const PORTS = [0x12, 0x34, 0x0b, 0xb9]

/** For a client at this IPv4 address; `more`: additions of some proxies. */
export const onBehalfOf = (address: string, more: readonly number[] = []): Buffer =>
  proxyHeader([...address.split('.').map(Number), 192, 0, 2, 1, ...PORTS, ...more])

/** For a client at this address of sixteen bytes. */
export const onBehalfOf6 = (source: readonly number[]): Buffer =>
  proxyHeader([...source, ...Array<number>(16).fill(0), ...PORTS], { family: 0x21 })

/** For no client: the proxy checks that the server is there. */
export const healthCheck: Buffer = proxyHeader([], { command: 0, family: 0 })
