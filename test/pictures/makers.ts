/** Pictures made byte by byte. A small true one of each kind, and the parts to make others of. */
import { crc32, deflateSync } from 'node:zlib'

export const bytes = (...parts: readonly (string | number | Uint8Array)[]): Buffer =>
  Buffer.concat(
    parts.map(part =>
      typeof part === 'number' ? Buffer.of(part) : typeof part === 'string' ? Buffer.from(part, 'latin1') : part,
    ),
  )

export const u16 = (value: number): Buffer => Buffer.of(value >> 8, value & 0xff)
export const u32 = (value: number): Buffer =>
  Buffer.of(value >>> 24, (value >> 16) & 0xff, (value >> 8) & 0xff, value & 0xff)
export const u16le = (value: number): Buffer => u16(value).reverse()
export const u32le = (value: number): Buffer => u32(value).reverse()

// ── PNG ──
export const PNG_SIGNATURE = bytes('\x89PNG\r\n\x1a\n')
export const chunk = (name: string, content: string | Uint8Array = ''): Buffer => {
  const body = bytes(name, content)
  return bytes(u32(body.length - 4), body, u32(crc32(body)))
}
export const header = (width: number, height: number): Buffer =>
  chunk('IHDR', bytes(u32(width), u32(height), 8, 0, 0, 0, 0))
/** Grey, 6 by 4. */
export const PIXELS = deflateSync(Buffer.alloc(4 * 7))
export const png = (before: Uint8Array = bytes(), after: Uint8Array = bytes()): Buffer =>
  bytes(PNG_SIGNATURE, header(6, 4), before, chunk('IDAT', PIXELS), after, chunk('IEND'))

// ── JPEG ──
/** Grey, 6 by 4. */
export const JPEG = Buffer.from(
  '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABsSFBcUERsXFhceHBsgKEIrKCUlKFE6PTBCYFVlZF9VXVtqeJmBanGQc1tdhbWGkJ6jq62rZ4C8ybqmx5moq6T/wAALCAAEAAYBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAABP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AE//Z',
  'base64',
)
export const segment = (code: number, content: string | Uint8Array): Buffer =>
  bytes(0xff, code, u16(bytes(content).length + 2), content)
/** `before`: segments before the others. */
export const jpeg = (before: Uint8Array = bytes(), after: Uint8Array = bytes()): Buffer =>
  bytes(JPEG.subarray(0, 20), before, JPEG.subarray(20), after)
/** An EXIF in either order of bytes, with an orientation and any other data. */
export const exif = (orientation: number, rest: string | Uint8Array = '', isLittle = false): Buffer => {
  const [short, long] = isLittle ? [u16le, u32le] : [u16, u32]
  const tiff = bytes(isLittle ? 'II' : 'MM', short(42), long(8), short(2))
  const make = bytes(short(271), short(2), long(bytes(rest).length), long(38))
  return bytes(tiff, make, short(274), short(3), long(1), short(orientation), short(0), long(0), rest)
}

// ── GIF ──
export const gifFrame = (width = 6, height = 4): Buffer =>
  bytes(',', u16le(0), u16le(0), u16le(width), u16le(height), 0, 2, 2, 0x4c, 0x01, 0)
export const GIF_SCREEN = bytes('GIF89a', u16le(6), u16le(4), 0x80, 0, 0, '\0\0\0\xff\xff\xff')
export const blocks = (content: string | Uint8Array): Buffer => {
  const all = bytes(content)
  const parts: Buffer[] = []
  for (let at = 0; at < all.length; at += 255) {
    const part = all.subarray(at, at + 255)
    parts.push(bytes(part.length, part))
  }
  return bytes(...parts, 0)
}
export const gif = (before: Uint8Array = bytes(), after: Uint8Array = bytes()): Buffer =>
  bytes(GIF_SCREEN, before, gifFrame(), ';', after)
export const loop = (name = 'NETSCAPE2.0'): Buffer => bytes('!\xff', 11, name, 3, 1, u16le(7), 0)

// ── WebP ──
/** Red, 6 by 4. */
export const WEBP = Buffer.from(
  'UklGRjIAAABXRUJQVlA4ICYAAABwAQCdASoGAAQABABoJaACdAFAAAD+6WjkYaNf/jeP7lP8U+OgAA==',
  'base64',
)
export const riffChunk = (name: string, content: string | Uint8Array): Buffer => {
  const body = bytes(content)
  return bytes(name, u32le(body.length), body, ...(body.length % 2 ? [0] : []))
}
export const webp = (...chunks: readonly Uint8Array[]): Buffer => {
  const body = bytes('WEBP', ...chunks)
  return bytes('RIFF', u32le(body.length), body)
}
export const extended = (flags: number, width: number, height: number): Buffer =>
  riffChunk('VP8X', bytes(flags, 0, 0, 0, u32le(width - 1).subarray(0, 3), u32le(height - 1).subarray(0, 3)))
export const STILL = WEBP.subarray(12)

// ── HEIC and AVIF ──
/** Red, 6 by 4. */
export const AVIF = Buffer.from(
  'AAAAIGZ0eXBhdmlmAAAAAGF2aWZtaWYxbWlhZk1BMUIAAADrbWV0YQAAAAAAAAAhaGRscgAAAAAAAAAAcGljdAAAAAAAAAAAAAAAAAAAAAAOcGl0bQAAAAAAAQAAAB5pbG9jAAAAAEQAAAEAAQAAAAEAAAETAAAAJQAAAChpaW5mAAAAAAABAAAAGmluZmUCAAAAAAEAAGF2MDFDb2xvcgAAAABqaXBycAAAAEtpcGNvAAAAFGlzcGUAAAAAAAAABgAAAAQAAAAQcGl4aQAAAAADCAgIAAAADGF2MUOBAAwAAAAAE2NvbHJuY2x4AAEADQAGgAAAABdpcG1hAAAAAAAAAAEAAQQBAoMEAAAALW1kYXQSAAoIGAhu0QENBoQyFxxHh4Xd0000wsAAAJA1jjx/E5gB8FjA',
  'base64',
)
export const box = (name: string, ...content: readonly (string | number | Uint8Array)[]): Buffer => {
  const body = bytes(...content)
  return bytes(u32(body.length + 8), name, body)
}
export type Item = { readonly kind: string; readonly name?: string; readonly data: string; readonly inMeta?: true }
/** The first item is the picture. `more` are boxes of the description, and `around` those after the pixels. */
export function heif(
  brand: 'heic' | 'avif',
  items: readonly Item[],
  more: readonly Uint8Array[] = [],
  properties: readonly Uint8Array[] = [box('ispe', u32(0), u32(6), u32(4))],
): Buffer {
  const brands = box('ftyp', brand, u32(0), brand, 'mif1')
  const small = items.filter(({ inMeta }) => inMeta)
  const large = items.filter(({ inMeta }) => !inMeta)
  const metaWith = (start: number): Buffer => {
    const placed = items.map((item, at) => {
      const list = item.inMeta ? small : large
      const before = list.slice(0, list.indexOf(item)).reduce((sum, { data }) => sum + data.length, 0)
      return bytes(
        u16(at + 1),
        u16(item.inMeta ? 1 : 0),
        u16(0),
        u16(1),
        u32((item.inMeta ? 0 : start) + before),
        u32(item.data.length),
      )
    })
    const entries = items.map(({ kind, name = '' }, at) =>
      box(
        'infe',
        u32(0x0200_0000),
        u16(at + 1),
        u16(0),
        kind,
        name,
        '\0',
        kind === 'mime' ? 'application/rdf+xml\0' : '',
      ),
    )
    return box(
      'meta',
      ...[u32(0), box('hdlr', u32(0), u32(0), 'pict', Buffer.alloc(12), 'handler\0'), box('pitm', u32(0), u16(1))],
      box('iinf', u32(0), u16(items.length), ...entries),
      box('iloc', u32(0x0100_0000), u16(0x4400), u16(items.length), ...placed),
      box(
        'iprp',
        box('ipco', ...properties),
        box('ipma', u32(0), u32(1), u16(1), properties.length, ...properties.map((_, at) => at + 1)),
      ),
      ...(small.length > 0 ? [box('idat', ...small.map(({ data }) => data))] : []),
      ...more,
    )
  }
  const start = brands.length + metaWith(0).length + 8
  return bytes(brands, metaWith(start), box('mdat', ...large.map(({ data }) => data)))
}
