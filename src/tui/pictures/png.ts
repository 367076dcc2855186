/** The size of a PNG by its first bytes (PNG specification, 5.2 and 11.2.2). The terminal decodes it. */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const WIDTH_AT = 16
const HEADER = 24

/** In pixels; null: it's no PNG. */
export function pngSize(bytes: Uint8Array): { readonly width: number; readonly height: number } | null {
  if (bytes.length < HEADER || SIGNATURE.some((byte, at) => bytes[at] !== byte)) return null
  const view = new DataView(bytes.buffer, bytes.byteOffset + WIDTH_AT, 8)
  return { width: view.getUint32(0), height: view.getUint32(4) }
}
