/**
 * PNG (third edition), APNG included. Only the chunks that drawing needs are passed on: texts, times, EXIF and unknown
 * chunks are left out, and so are bytes after the end. Compressed data aren't looked into.
 */
import { bytesOf, joined, latin, u32 } from './bytes.ts'
import { crc32 } from './crc.ts'
import { copy, must, type Reading, read, skip, take, write } from './reading.ts'
import { type Size, sizeOf } from './size.ts'

const SIGNATURE_BYTES = 8
const HEADER_BYTES = 13
const CRC_BYTES = 4
/** A colour profile of a display has a few thousand. */
const PROFILE_MAX_BYTES = 1_048_576
const PROFILE_NAME_MAX_BYTES = 79

/** Chunks that pass, each with the bytes that it may have. */
const BOUNDS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ['PLTE', [3, 768]],
  ['IDAT', [0, 0x7fff_ffff]],
  ['tRNS', [1, 256]],
  ['gAMA', [4, 4]],
  ['cHRM', [32, 32]],
  ['sRGB', [1, 1]],
  ['cICP', [4, 4]],
  ['mDCV', [24, 24]],
  ['cLLI', [8, 8]],
  ['sBIT', [1, 4]],
  ['bKGD', [1, 6]],
  ['pHYs', [9, 9]],
  ['acTL', [8, 8]],
  ['fcTL', [26, 26]],
  ['fdAT', [4, 0x7fff_ffff]],
])

/** Without these, nothing can be drawn. */
const isCritical = (name: string): boolean => /^[A-Z]/.test(name)

export function* readPng(): Reading<Size> {
  yield* take(SIGNATURE_BYTES)
  const size = yield* readHeader()
  for (let drawn = false; ; ) {
    const head = yield* read(8)
    const [bytes, name] = [u32(head, 0), latin(head, 4, 8)]
    must(bytes <= 0x7fff_ffff && /^[A-Za-z]{4}$/.test(name), 'a chunk has no valid head')
    if (name === 'IEND') {
      must(drawn && bytes === 0, 'it has no pixels')
      yield* write(head)
      yield* copy(CRC_BYTES)
      return size
    }
    drawn ||= name === 'IDAT'
    const [least, most] = BOUNDS.get(name) ?? [1, 0]
    if (bytes >= least && bytes <= most) {
      yield* write(head)
      yield* copy(bytes + CRC_BYTES)
    } else {
      must(!isCritical(name), `the chunk ${name} is none of a picture`)
      if (name === 'iCCP' && bytes <= PROFILE_MAX_BYTES) yield* renameProfile(bytes)
      else yield* skip(bytes + CRC_BYTES)
    }
  }
}

function* readHeader(): Reading<Size> {
  const chunk = yield* take(8 + HEADER_BYTES + CRC_BYTES)
  must(u32(chunk, 0) === HEADER_BYTES && latin(chunk, 4, 8) === 'IHDR', 'it does not begin with its size')
  return sizeOf(u32(chunk, 8), u32(chunk, 12))
}

/** A profile keeps its colours, and loses the name that somebody gave it. */
function* renameProfile(bytes: number): Reading<void> {
  const chunk = yield* read(bytes + CRC_BYTES)
  const name = chunk.indexOf(0)
  if (name < 1 || name > PROFILE_NAME_MAX_BYTES || name >= bytes) return
  const body = joined([bytesOf('iCCPp'), chunk.subarray(name, bytes)])
  yield* write(joined([numbered(body.length - 4), body, numbered(crc32(body))]))
}

function numbered(value: number): Uint8Array {
  const bytes = new Uint8Array(4)
  new DataView(bytes.buffer).setUint32(0, value)
  return bytes
}
