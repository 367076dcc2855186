/** The kind of a file, by its first bytes. Its name and a client's word count for nothing. */
import type { FileKind, PictureKind } from '../model/message/file.ts'
import { latin } from './bytes.ts'

/** Bytes that tell the kind. The brands of an ISO file are among them, or aren't looked at. */
export const HEAD_BYTES = 64

const AVIF_BRANDS = ['avif', 'avis']
/** ISO/IEC 23008-12, annex B. `mif1` may hold any codec: it's taken for HEIC, which no page shows. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1', 'mif2']

/** `head`: the first HEAD_BYTES, or the whole file. */
export function kindOf(head: Uint8Array): FileKind {
  const text = latin(head)
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png'
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'image/gif'
  if (text.startsWith('RIFF') && text.startsWith('WEBP', 8)) return 'image/webp'
  if (text.startsWith('ftyp', 4)) return kindOfBrands(text) ?? 'application/octet-stream'
  return 'application/octet-stream'
}

/** The major brand stands before a version, and the compatible ones after it. */
function kindOfBrands(text: string): PictureKind | null {
  const brands = [text.slice(8, 12)]
  const end = text.charCodeAt(2) * 256 + text.charCodeAt(3)
  for (let at = 16; at + 4 <= Math.min(end, text.length); at += 4) brands.push(text.slice(at, at + 4))
  if (brands.some(brand => AVIF_BRANDS.includes(brand))) return 'image/avif'
  return brands.some(brand => HEIC_BRANDS.includes(brand)) ? 'image/heic' : null
}
