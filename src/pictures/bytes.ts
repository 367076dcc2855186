/** Numbers and names in a header. */

export const u16 = (bytes: Uint8Array, at: number): number => (byte(bytes, at) << 8) | byte(bytes, at + 1)
export const u32 = (bytes: Uint8Array, at: number): number => u16(bytes, at) * 0x1_0000 + u16(bytes, at + 2)
export const u64 = (bytes: Uint8Array, at: number): number => u32(bytes, at) * 0x1_0000_0000 + u32(bytes, at + 4)

/** With the lowest byte first, as GIF and WebP write numbers. */
export const u16le = (bytes: Uint8Array, at: number): number => byte(bytes, at) | (byte(bytes, at + 1) << 8)
export const u24le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) | (byte(bytes, at + 2) << 16)
export const u32le = (bytes: Uint8Array, at: number): number => u16le(bytes, at) + u16le(bytes, at + 2) * 0x1_0000

/** A byte beyond the end reads as 0: a caller that needs it to be there checks the length. */
export const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0

/** A character for each byte, in a short header. */
export const latin = (bytes: Uint8Array, from = 0, to: number = bytes.length): string =>
  String.fromCharCode(...bytes.subarray(from, to))

export const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, character => character.charCodeAt(0))

export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
