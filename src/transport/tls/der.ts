/** Writes the few kinds of DER (X.690) that a certificate consists of. Node reads DER itself. */

export const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tagged(0x30, ...parts)
export const set = (...parts: readonly Uint8Array[]): Uint8Array => tagged(0x31, ...parts)
export const octets = (...parts: readonly Uint8Array[]): Uint8Array => tagged(0x04, ...parts)
/** A bit string of whole bytes. */
export const bits = (bytes: Uint8Array): Uint8Array => tagged(0x03, Uint8Array.of(0), bytes)
export const utf8 = (text: string): Uint8Array => tagged(0x0c, Buffer.from(text, 'utf8'))
export const truth: Uint8Array = tagged(0x01, Uint8Array.of(0xff))

/** A non-negative integer, most significant byte first. */
export function integer(bytes: Uint8Array): Uint8Array {
  const from = bytes.findIndex(byte => byte !== 0)
  const short = from < 0 ? Uint8Array.of(0) : bytes.subarray(from)
  return (short[0] as number) < 0x80 ? tagged(0x02, short) : tagged(0x02, Uint8Array.of(0), short)
}

/** `dotted` is an object identifier such as `2.5.29.17`. */
export function identifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...others] = dotted.split('.').map(Number)
  return tagged(0x06, Uint8Array.from([first * 40 + second, ...others].flatMap(base128)))
}

/** RFC 5280 (4.1.2.5): up to 2049 with two digits of the year, from 2050 on with four. */
export function time(at: Date): Uint8Array {
  const digits = at.toISOString().replaceAll(/[-:T]|\.\d+/g, '')
  return at.getUTCFullYear() < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits))
}

/** An element tagged by its number in its context. `primitive`: it holds bytes, not elements. */
export const inContext = (number: number, primitive: boolean, ...parts: readonly Uint8Array[]): Uint8Array =>
  tagged((primitive ? 0x80 : 0xa0) | number, ...parts)

function tagged(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts)
  return Buffer.concat([Uint8Array.of(tag, ...lengthOf(content.length)), content])
}

function lengthOf(length: number): readonly number[] {
  if (length < 0x80) return [length]
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
}

function base128(value: number): number[] {
  const digits = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) digits.unshift(0x80 | (rest & 0x7f))
  return digits
}
