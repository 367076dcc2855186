/**
 * JPEG (ITU-T T.81). Passed on are the segments that drawing needs, with the colour profile and the orientation. EXIF,
 * XMP, IPTC, comments, previews, and bytes after the end are left out, such as the film of a moving photo.
 */
import { bytesOf, joined, latin, u16 } from './bytes.ts'
import { exifOf, orientationIn } from './exif.ts'
import { isTable, type SegmentCode, START_OF_FRAME } from './jpeg-segments.ts'
import { Damage, must, type Reading, read, scan, seek, take, write } from './reading.ts'
import { type Size, sizeOf } from './size.ts'

const [END, SCAN, FRAMES] = [0xd9, 0xda, START_OF_FRAME]
const [JFIF, EXIF, PROFILE, ADOBE, APPLICATIONS_END, COMMENT] = [0xe0, 0xe1, 0xe2, 0xee, 0xef, 0xfe]
/** A reader goes over all pixels with each scan. Programs write about ten. */
const SCANS_MAX = 100

/** The facts known so far. */
type Picture = { size: Size | null; orientation: number | null; scans: number }

export function* readJpeg(): Reading<Size> {
  const picture: Picture = { size: null, orientation: null, scans: 0 }
  yield* take(2)
  for (let code = yield* seek(); code !== END; ) {
    const body = yield* readBody()
    yield* readSegment(picture, code, body)
    code = code === SCAN ? yield* scan() : yield* seek()
  }
  const { size, orientation, scans } = picture
  if (!size || scans === 0) throw new Damage('it has no pixels')
  yield* write(Uint8Array.of(0xff, END))
  // From 5 on, width and height change places (TIFF, tag 274).
  return (orientation ?? 1) < 5 ? size : { width: size.height, height: size.width }
}

function* readBody(): Reading<Uint8Array> {
  const length = u16(yield* read(2), 0)
  must(length >= 2, 'a segment has no valid length')
  return yield* read(length - 2)
}

function* readSegment(picture: Picture, code: SegmentCode, body: Uint8Array): Reading<void> {
  if (FRAMES.has(code)) {
    must(picture.size === null && isTable(code, body), 'its size is not as it must be')
    picture.size = sizeOf(u16(body, 3), u16(body, 1))
    return yield* write(segment(code, body))
  }
  if (code === COMMENT || (code >= JFIF && code <= APPLICATIONS_END)) {
    const kept = applicationPart(picture, code, body)
    if (kept) yield* write(segment(code, kept))
    return
  }
  must(isTable(code, body), 'a segment is not as it must be')
  if (code === SCAN) {
    must(picture.size !== null, 'its pixels come before their size')
    must(++picture.scans <= SCANS_MAX, 'it has too many scans')
  }
  yield* write(segment(code, body))
}

/** The kept part of a segment that only some programs read; null: nothing. */
function applicationPart(picture: Picture, code: SegmentCode, body: Uint8Array): Uint8Array | null {
  const starts = (name: string): boolean => latin(body, 0, Math.min(name.length, body.length)) === name
  // Without its preview.
  if (code === JFIF && starts('JFIF\0') && body.length >= 14) return joined([body.subarray(0, 12), new Uint8Array(2)])
  if (code === PROFILE && starts('ICC_PROFILE\0')) return body
  if (code === ADOBE && starts('Adobe') && body.length >= 12) return body.subarray(0, 12)
  if (code !== EXIF || !starts('Exif\0\0') || picture.size || picture.orientation) return null
  const orientation = orientationIn(body.subarray(6))
  if (orientation === null) return null
  picture.orientation = orientation
  return joined([bytesOf('Exif\0\0'), exifOf(orientation)])
}

const segment = (code: SegmentCode, body: Uint8Array): Uint8Array =>
  joined([Uint8Array.of(0xff, code, (body.length + 2) >> 8, (body.length + 2) & 0xff), body])
