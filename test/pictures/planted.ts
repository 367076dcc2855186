/** Pictures of every kind with a secret in every place that a program is known to write one. */
import { deflateSync } from 'node:zlib'
import * as make from './makers.ts'

export const SECRET = 'Peter lives at 52.5N'
const { box, bytes, chunk, segment, u16, u32 } = make
const zip = bytes('PK\x03\x04', SECRET)

const profile = bytes('ICC_PROFILE\0', 1, 1, 'colours')

const ITEMS: readonly make.Item[] = [
  { kind: 'av01', name: SECRET, data: 'coded pixels' },
  { kind: 'Exif', name: SECRET, data: `\0\0\0\x06Exif\0\0MM${SECRET}` },
  { kind: 'mime', name: 'xmp', data: `<x:xmpmeta>${SECRET}</x:xmpmeta>` },
  { kind: 'uri ', name: SECRET, data: SECRET, inMeta: true },
  { kind: 'av01', data: 'more pixels' },
]

export const PLANTED: Readonly<Record<string, Uint8Array>> = {
  'PNG: a text': make.png(chunk('tEXt', `Author\0${SECRET}`)),
  'PNG: a text after the pixels': make.png(bytes(), chunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${SECRET}`)),
  'PNG: a compressed text, as it is': make.png(chunk('zTXt', bytes('Comment\0\0', deflateSync(SECRET), SECRET))),
  'PNG: EXIF': make.png(chunk('eXIf', make.exif(6, SECRET))),
  'PNG: a time and a private chunk': make.png(bytes(chunk('tIME', 'seven_b'), chunk('prVt', SECRET))),
  'PNG: a suggested palette': make.png(chunk('sPLT', `${SECRET}\0\x08`)),
  'PNG: the name of a profile': make.png(chunk('iCCP', bytes(SECRET, 0, 0, deflateSync('colours')))),
  'PNG: a chunk that is too long': make.png(chunk('gAMA', bytes(u32(45_455), SECRET))),
  'PNG: after the end': bytes(make.png(), zip),
  'JPEG: EXIF': make.jpeg(segment(0xe1, bytes('Exif\0\0', make.exif(6, SECRET)))),
  'JPEG: EXIF of the other order': make.jpeg(segment(0xe1, bytes('Exif\0\0', make.exif(3, SECRET, true)))),
  'JPEG: EXIF twice': make.jpeg(bytes(...[6, 8].map(one => segment(0xe1, bytes('Exif\0\0', make.exif(one, SECRET)))))),
  'JPEG: XMP, IPTC, a comment': make.jpeg(
    bytes(
      segment(0xe1, `http://ns.adobe.com/xap/1.0/\0${SECRET}`),
      segment(0xed, `Photoshop 3.0\0${SECRET}`),
      segment(0xfe, SECRET),
      segment(0xe2, `MPF\0${SECRET}`),
    ),
  ),
  'JPEG: a preview in JFIF': make.jpeg(segment(0xe0, bytes('JFIF\0', 1, 2, 0, u16(1), u16(1), 1, 1, SECRET))),
  'JPEG: behind Adobe': make.jpeg(segment(0xee, bytes('Adobe', u16(100), u16(0), u16(0), 1, SECRET))),
  'JPEG: a profile stays': make.jpeg(bytes(segment(0xe2, profile), segment(0xe9, SECRET))),
  'JPEG: between segments': make.jpeg(bytes(SECRET)),
  'JPEG: a film after the end': bytes(make.jpeg(), box('ftyp', 'mp42', SECRET), zip),
  'GIF: a comment': make.gif(bytes('!\xfe', make.blocks(SECRET))),
  'GIF: an application': make.gif(bytes('!\xff', 11, 'XMP DataXMP', make.blocks(SECRET.repeat(40)))),
  'GIF: rounds, and more in the block': make.gif(
    bytes(make.loop(), '!\xff', 11, 'NETSCAPE2.0', 3, 1, u16(0), make.blocks(SECRET)),
  ),
  'GIF: a text, and its control': make.gif(
    bytes('!\xf9', 4, 0, 0, 0, 0, 0, '!\x01', 12, Buffer.alloc(12), make.blocks(SECRET)),
  ),
  'GIF: after the end': make.gif(bytes(), zip),
  'WebP: EXIF and XMP': make.webp(
    ...[make.extended(0b1100, 6, 4), make.STILL, make.riffChunk('EXIF', make.exif(6, SECRET))],
    ...[make.riffChunk('XMP ', SECRET), make.riffChunk('ODD ', `${SECRET}!`)],
  ),
  'WebP: in a frame': make.webp(
    make.extended(0b0010, 6, 4),
    make.riffChunk('ANIM', Buffer.alloc(6)),
    make.riffChunk(
      'ANMF',
      bytes(Buffer.alloc(6), '\x05\0\0\x03\0\0', Buffer.alloc(4), make.STILL, make.riffChunk('MINE', SECRET)),
    ),
  ),
  'WebP: in the padding': make.webp(
    make.extended(0, 6, 4),
    make.riffChunk('ICCP', 'odd'),
    make.STILL,
    bytes(make.riffChunk('MINE', SECRET)),
  ),
  'WebP: after the end': bytes(make.WEBP, zip),
  'AVIF: items': make.heif('avif', ITEMS),
  'AVIF: a true one, and trailing bytes': bytes(make.AVIF, zip),
  'HEIC: items': make.heif('heic', [{ kind: 'hvc1', data: 'coded pixels' }, ...ITEMS.slice(1)]),
  'HEIC: boxes of the description': make.heif('heic', ITEMS, [box('uuid', SECRET), box('xml ', u32(0), SECRET)]),
  'HEIC: properties': make.heif(
    'heic',
    ITEMS,
    [],
    [box('ispe', u32(0), u32(6), u32(4)), box('udes', u32(0), `en\0${SECRET}\0\0\0`), box('irot', 1)],
  ),
  'HEIC: boxes after the pixels': bytes(make.heif('heic', ITEMS), box('mpvd', SECRET), box('sefd', SECRET)),
  'HEIC: pixels that nobody points to': bytes(make.heif('heic', ITEMS), box('mdat', SECRET)),
  'HEIC: boxes before the description': withBefore(box('free', SECRET)),
}

/** The places of the items move with it. */
function withBefore(more: Buffer): Buffer {
  const whole = make.heif('heic', [{ kind: 'hvc1', data: 'pixels', inMeta: true }])
  return bytes(whole.subarray(0, 24), more, whole.subarray(24))
}
