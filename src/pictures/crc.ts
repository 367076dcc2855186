/** The checksum of PNG (its annex D). */

const TABLE = Uint32Array.from({ length: 256 }, (_, start) => {
  let value = start
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb8_8320 : value >>> 1
  return value
})

export function crc32(bytes: Uint8Array): number {
  let value = 0xffff_ffff
  for (const byte of bytes) value = ((TABLE[(value ^ byte) & 0xff] as number) ^ (value >>> 8)) >>> 0
  return (value ^ 0xffff_ffff) >>> 0
}
