/**
 * GIF 89a. Frames with their data are passed on, and the number of rounds; comments, texts and blocks of applications
 * are left out, and so are bytes after the end.
 */
import { byte, bytesOf, joined, latin, u16le } from './bytes.ts'
import { copy, Damage, must, type Reading, read, take, write } from './reading.ts'
import { around, type Size, sizeOf } from './size.ts'

const [EXTENSION, FRAME, TRAILER] = [0x21, 0x2c, 0x3b]
const [CONTROL, APPLICATION, PLAIN_TEXT] = [0xf9, 0xff, 0x01]
/** Applications whose only block is the number of rounds. */
const LOOPS = ['NETSCAPE2.0', 'ANIMEXTS1.0']

export function* readGif(): Reading<Size> {
  const screen = yield* take(13)
  yield* copy(coloursIn(byte(screen, 10)))
  let size = sizeOf(u16le(screen, 6), u16le(screen, 8))
  /** How the next frame is drawn. A block between it and its frame may be left out. */
  let control: Uint8Array | null = null
  for (let frames = 0; ; ) {
    const introducer = byte(yield* read(1), 0)
    switch (introducer) {
      case EXTENSION: {
        const kept: Uint8Array | 'none' | null = yield* readExtension()
        if (kept) control = kept === 'none' ? null : kept
        break
      }
      case FRAME:
        size = around(size, yield* readFrame(control))
        control = null
        frames++
        break
      case TRAILER:
        must(frames > 0, 'it has no frame')
        yield* write(Uint8Array.of(TRAILER))
        return size
      // Some programs write an empty block too many.
      case 0:
        break
      default:
        throw new Damage('a block has no valid head')
    }
  }
}

/** Bytes of the table of colours that the flags announce. */
const coloursIn = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** The control of the next frame; `none`: the one before was of something that isn't passed on. */
function* readExtension(): Reading<Uint8Array | 'none' | null> {
  const label = byte(yield* read(1), 0)
  const blocks: Uint8Array[] = []
  for (let all = 0; ; ) {
    const length = byte(yield* read(1), 0)
    if (length === 0) break
    const block = yield* read(length)
    all++
    if (all <= 3) blocks.push(block)
  }
  const [first = Uint8Array.of(), second = Uint8Array.of(), third] = blocks
  if (label === CONTROL && first.length === 4 && blocks.length === 1) {
    return joined([Uint8Array.of(EXTENSION, CONTROL, 4), first, Uint8Array.of(0)])
  }
  if (label === APPLICATION && LOOPS.includes(latin(first)) && byte(second, 0) === 1 && second.length === 3 && !third) {
    yield* write(joined([Uint8Array.of(EXTENSION, APPLICATION, 11), bytesOf('NETSCAPE2.0'), Uint8Array.of(3), second]))
    yield* write(Uint8Array.of(0))
  }
  return label === PLAIN_TEXT ? 'none' : null
}

/** The size of a screen that the frame fits on. */
function* readFrame(control: Uint8Array | null): Reading<Size> {
  if (control) yield* write(control)
  yield* write(Uint8Array.of(FRAME))
  const head = yield* take(9)
  yield* copy(coloursIn(byte(head, 8)))
  yield* take(1)
  for (;;) {
    const length = byte(yield* take(1), 0)
    if (length === 0) break
    yield* copy(length)
  }
  return { width: u16le(head, 0) + u16le(head, 4), height: u16le(head, 2) + u16le(head, 6) }
}
