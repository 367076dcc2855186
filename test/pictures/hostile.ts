/** Files that were made to hurt: to run, to fill memory, to hold up, or to be read as something else. */
import { deflateSync } from 'node:zlib'
import * as make from './makers.ts'

const { bytes, box, chunk, segment, u16, u32 } = make
const SCRIPT = '<script>alert(document.cookie)</script>'
const bomb = deflateSync(Buffer.alloc(20_000_000), { level: 9 })

export const HOSTILE: Readonly<Record<string, Uint8Array>> = {
  empty: bytes(),
  'one byte': bytes(0xff),
  'SVG with a script': bytes(`<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">${SCRIPT}</svg>`),
  HTML: bytes(`<!doctype html><html><body>${SCRIPT}</body></html>`),
  'a PDF with a script': bytes('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj'),
  'a script that is a GIF': bytes('GIF89a/*', make.GIF_SCREEN.subarray(8), '*/=1;alert(1);//'),
  'a GIF with a script in a comment': make.gif(bytes('!\xfe', make.blocks(`*/=1;${SCRIPT}/*`))),
  'a GIF with HTML after it': bytes(make.gif(), SCRIPT),
  'a PNG with HTML in a text': make.png(chunk('tEXt', `Comment\0${SCRIPT}`)),
  'a PNG with a ZIP after it': bytes(make.png(), 'PK\x03\x04', SCRIPT),
  'a JPEG with markup in EXIF': make.jpeg(segment(0xe1, bytes('Exif\0\0', make.exif(1, SCRIPT)))),
  'a JPEG with a JAR after it': bytes(make.jpeg(), 'PK\x03\x04', SCRIPT),
  'a PNG of 40,000 by 40,000': bytes(
    make.PNG_SIGNATURE,
    make.header(40_000, 40_000),
    chunk('IDAT', bomb),
    chunk('IEND'),
  ),
  'a PNG of 6 by 4 with a bomb of pixels': bytes(
    make.PNG_SIGNATURE,
    make.header(6, 4),
    chunk('IDAT', bomb),
    chunk('IEND'),
  ),
  'an iTXt bomb': make.png(chunk('iTXt', bytes('x\0\x01\0\0\0', bomb))),
  'a zTXt bomb': make.png(chunk('zTXt', bytes('x\0\0', bomb))),
  'an iCCP bomb': make.png(chunk('iCCP', bytes('x\0\0', bomb))),
  'a ZIP bomb': bytes('PK\x03\x04', u16(20), u16(0), u16(8), bomb),
  'a GZIP bomb': bytes('\x1f\x8b\x08\0\0\0\0\0\0\x03', bomb),
  'a PNG of no size': bytes(make.PNG_SIGNATURE, make.header(0, 0), chunk('IDAT', make.PIXELS), chunk('IEND')),
  'a PNG with a length that lies': bytes(make.PNG_SIGNATURE, make.header(6, 4), u32(0x7fff_ffff), 'IDAT'),
  'a PNG with a length beyond all': bytes(make.PNG_SIGNATURE, make.header(6, 4), u32(0xffff_ffff), 'IDAT'),
  'a PNG of 20,000 empty chunks': make.png(bytes(...Array<Buffer>(20_000).fill(chunk('IDAT')))),
  'a JPEG of 64 KB segments': make.jpeg(bytes(...Array<Buffer>(16).fill(segment(0xe5, Buffer.alloc(65_533))))),
  'a JPEG of 20,000 empty segments': make.jpeg(bytes(...Array<Buffer>(20_000).fill(segment(0xe5, '')))),
  'a JPEG of 10,000 scans': bytes(
    make.JPEG.subarray(0, -2),
    ...Array<Buffer>(10_000).fill(segment(0xda, bytes(1, 1, 0, 0, 63, 0))),
    '\xff\xd9',
  ),
  'a JPEG of nothing but 0xFF': bytes('\xff\xd8', Buffer.alloc(100_000, 0xff)),
  'a JPEG of 65,535 by 65,535': bytes(
    '\xff\xd8',
    segment(0xc0, bytes(8, u16(65_535), u16(65_535), 1, 1, 0x11, 0)),
    segment(0xda, bytes(1, 1, 0, 0, 63, 0)),
    'pixels\xff\xd9',
  ),
  'a JPEG with a table that lies': make.jpeg(segment(0xc4, bytes(0, Buffer.alloc(16, 255)))),
  'a JPEG with two sizes': make.jpeg(segment(0xc0, bytes(8, u16(4), u16(6), 1, 1, 0x11, 0))),
  'a GIF of 65,535 by 65,535': bytes('GIF89a', Buffer.alloc(4, 0xff), 0, 0, 0, make.gifFrame(), ';'),
  'a GIF with a frame larger than it': bytes(make.GIF_SCREEN, make.gifFrame(65_535, 65_535), ';'),
  'a GIF of 20,000 empty blocks': make.gif(bytes(...Array<Buffer>(20_000).fill(bytes('!\xfe', 1, 'x', 0)))),
  'a GIF without an end': bytes(make.GIF_SCREEN, ...Array<Buffer>(1000).fill(bytes('!\xfe', 0))),
  'a WebP of 16,777,216 by 16,777,216': make.webp(make.extended(0, 16_777_216, 16_777_216), make.STILL),
  'a WebP that calls itself longer': bytes('RIFF', Buffer.alloc(4, 0xff), make.WEBP.subarray(8)),
  'a WebP that calls itself shorter': bytes('RIFF', u32(0), make.WEBP.subarray(8)),
  'a WebP with a chunk that lies': bytes(make.WEBP.subarray(0, 16), Buffer.alloc(4, 0xff), make.WEBP.subarray(20)),
  'an AVIF with a description of 4 GB': bytes(make.AVIF.subarray(0, 32), Buffer.alloc(4, 0xff), make.AVIF.subarray(36)),
  'an AVIF with parts without end': withPlaces(bytes(u32(0), u16(0), u16(1), u16(1), u16(0), Buffer.alloc(2, 0xff))),
  'an AVIF with parts in its description': make.heif('avif', [{ kind: 'av01', data: '' }]),
  'an AVIF of 4,294,967,295 by 1': make.heif(
    'avif',
    [{ kind: 'av01', data: 'x' }],
    [],
    [box('ispe', u32(0), Buffer.alloc(4, 0xff), u32(1))],
  ),
  'an AVIF whose pixels come first': bytes(box('ftyp', 'avif', u32(0)), box('mdat', 'pixels'), make.AVIF.subarray(32)),
  'an AVIF of nested boxes': bytes(box('ftyp', 'avif', u32(0)), box('meta', u32(0), nested(5000))),
  'an HEIC of long boxes': bytes(box('ftyp', 'heic', u32(0)), u32(1), 'mdat', Buffer.alloc(8, 0xff)),
}

function nested(depth: number): Buffer {
  let inner = bytes()
  for (let at = 0; at < depth; at++) inner = box('iprp', inner)
  return inner
}

function withPlaces(places: Buffer): Buffer {
  const from = make.AVIF.indexOf('iloc')
  const size = make.AVIF.readUInt32BE(from - 4) - 8
  return bytes(
    make.AVIF.subarray(0, from + 4),
    places.subarray(0, size),
    make.AVIF.subarray(from + 4 + Math.min(size, places.length)),
  )
}
