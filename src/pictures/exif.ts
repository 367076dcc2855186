/** The orientation in EXIF, which is a small TIFF, and an EXIF that says nothing else. */
import { latin, u16, u16le, u32, u32le } from './bytes.ts'

const ORIENTATION = 274
const SHORT = 3
const ENTRY_BYTES = 12

/** 2 to 8; null: none, or the usual one. */
export function orientationIn(tiff: Uint8Array): number | null {
  const isLittle = latin(tiff, 0, 4) === 'II*\0'
  if (!isLittle && latin(tiff, 0, 4) !== 'MM\0*') return null
  const short = isLittle ? u16le : u16
  const start = (isLittle ? u32le : u32)(tiff, 4)
  const end = Math.min(start + 2 + ENTRY_BYTES * short(tiff, start), tiff.length)
  for (let at = start + 2; at + ENTRY_BYTES <= end; at += ENTRY_BYTES) {
    if (short(tiff, at) !== ORIENTATION || short(tiff, at + 2) !== SHORT) continue
    const value = short(tiff, at + 8)
    return value >= 2 && value <= 8 ? value : null
  }
  return null
}

export const exifOf = (orientation: number): Uint8Array =>
  Uint8Array.of(
    ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1],
    ...[ORIENTATION >> 8, ORIENTATION & 0xff, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0],
    ...[0, 0, 0, 0],
  )
