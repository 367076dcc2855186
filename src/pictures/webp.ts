/**
 * WebP (RFC 9649). Data that drawing doesn't need becomes zeros, in a chunk that readers pass over: the head says how
 * long the file is, and it is gone when the rest comes. Bytes after that length are left out.
 */
import { byte, bytesOf, joined, latin, u16le, u24le, u32le } from './bytes.ts'
import { copy, must, type Reading, read, take, write, zero } from './reading.ts'
import { around, type Size, sizeOf } from './size.ts'

/** Flags of the extended head for EXIF and XMP. */
const METADATA_FLAGS = 0b0000_1100
const SHOWN: readonly string[] = ['ICCP', 'ANIM', 'ALPH']
const FRAME_HEAD_BYTES = 16

type Chunk = { readonly name: string; readonly bytes: number; readonly padded: number }

export function* readWebp(): Reading<Size> {
  const riff = yield* take(12)
  let left = u32le(riff, 4) - 4
  let size: Size | null = null
  for (let first = true; left > 0; first = false) {
    const chunk = yield* readHead(left)
    left -= 8 + chunk.padded
    must(!first || ['VP8 ', 'VP8L', 'VP8X'].includes(chunk.name), 'it does not begin with its size')
    const drawn: Size | null = yield* readChunk(chunk, first)
    if (drawn) size = size ? around(size, drawn) : drawn
  }
  must(left === 0 && size !== null, 'its length is not what it says')
  return size as Size
}

/** The head isn't passed on. A chunk of odd length is padded to an even one. */
function* readHead(left: number): Reading<Chunk> {
  must(left >= 8, 'its length is not what it says')
  const head = yield* read(8)
  const bytes = u32le(head, 4)
  const padded = bytes + (bytes % 2)
  must(padded <= left - 8, 'a chunk is longer than the file')
  return { name: latin(head, 0, 4), bytes, padded }
}

/** The size, from a chunk that says one. */
function* readChunk(chunk: Chunk, first: boolean): Reading<Size | null> {
  switch (chunk.name) {
    case 'VP8 ':
    case 'VP8L':
      return yield* readStill(chunk)
    case 'VP8X':
      if (first) return yield* readExtended(chunk)
      break
    case 'ANMF':
      return yield* readFrame(chunk)
    default:
      if (SHOWN.includes(chunk.name)) {
        yield* pass(chunk)
        return null
      }
  }
  yield* blank(chunk)
  return null
}

function* readExtended(chunk: Chunk): Reading<Size> {
  must(chunk.bytes === 10, 'its head has another length')
  const head = Uint8Array.from(yield* read(10))
  head[0] = byte(head, 0) & ~METADATA_FLAGS
  yield* write(joined([headOf(chunk), head]))
  return sizeOf(u24le(head, 4) + 1, u24le(head, 7) + 1)
}

/** The size is in the first bytes of the coded pixels (RFC 6386, 9.1; RFC 9649, 3.4). */
function* readStill(chunk: Chunk): Reading<Size> {
  must(chunk.bytes >= 10, 'its pixels are cut off')
  yield* write(headOf(chunk))
  const start = yield* take(10)
  yield* copy(chunk.bytes - 10)
  yield* pad(chunk)
  if (chunk.name === 'VP8 ') {
    must(byte(start, 3) === 0x9d && byte(start, 4) === 0x01 && byte(start, 5) === 0x2a, 'its pixels have no head')
    return sizeOf(u16le(start, 6) & 0x3fff, u16le(start, 8) & 0x3fff)
  }
  must(byte(start, 0) === 0x2f, 'its pixels have no head')
  const packed = u32le(start, 1)
  return sizeOf((packed & 0x3fff) + 1, ((packed >>> 14) & 0x3fff) + 1)
}

/** A frame of an animation has chunks of its own. */
function* readFrame(chunk: Chunk): Reading<Size> {
  must(chunk.bytes >= FRAME_HEAD_BYTES, 'a frame is cut off')
  yield* write(headOf(chunk))
  const head = yield* take(FRAME_HEAD_BYTES)
  let size = sizeOf(2 * u24le(head, 0) + u24le(head, 6) + 1, 2 * u24le(head, 3) + u24le(head, 9) + 1)
  for (let left = chunk.padded - FRAME_HEAD_BYTES; left > 0; ) {
    const part = yield* readHead(left)
    left -= 8 + part.padded
    if (part.name === 'VP8 ' || part.name === 'VP8L') size = around(size, yield* readStill(part))
    else if (part.name === 'ALPH') yield* pass(part)
    else yield* blank(part)
  }
  return size
}

function* pass(chunk: Chunk): Reading<void> {
  yield* write(headOf(chunk))
  yield* copy(chunk.bytes)
  yield* pad(chunk)
}

function* blank(chunk: Chunk): Reading<void> {
  yield* write(headOf({ ...chunk, name: 'JUNK' }))
  yield* zero(chunk.padded)
}

function* pad({ bytes, padded }: Chunk): Reading<void> {
  yield* zero(padded - bytes)
}

function headOf({ name, bytes }: Chunk): Uint8Array {
  const head = joined([bytesOf(name), new Uint8Array(4)])
  new DataView(head.buffer).setUint32(4, bytes, true)
  return head
}
