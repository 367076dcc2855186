/** The kind of a file, the size of a picture, and that a picture tells nothing of people and places. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { runs } from '../helpers/seeds.ts'
import { HOSTILE } from './hostile.ts'
import * as make from './makers.ts'
import { PLANTED, SECRET } from './planted.ts'
import { stripped } from './stripped.ts'

const SMALL = {
  'image/png': make.png(),
  'image/jpeg': make.JPEG,
  'image/gif': make.gif(make.loop()),
  'image/webp': make.WEBP,
  'image/avif': make.AVIF,
  'image/heic': make.heif('heic', [{ kind: 'hvc1', data: 'pixels' }]),
}
const FILE = { type: 'file', kind: 'application/octet-stream' }
const { bytes, chunk, segment } = make

describe('kinds and sizes', () => {
  test.each(Object.entries(SMALL))('%s is told by its bytes, and its size by its head', (kind, content) => {
    expect(stripped(content).told).toEqual({ type: 'picture', kind, width: 6, height: 4 })
  })

  test('a file that is no picture stays as it is, to the byte', () => {
    for (const content of [
      bytes(),
      bytes('GIF'),
      bytes('<svg/>'),
      make.box('ftyp', 'mp42', 'isom'),
      Buffer.alloc(200_000, 7),
    ]) {
      expect(stripped(content, 1000)).toEqual({ bytes: content, told: FILE })
    }
  })

  test.each([
    [16_384, 2441, 'picture'],
    [16_385, 1, 'file'],
    [1, 16_385, 'file'],
    [8000, 5001, 'file'],
    [8000, 5000, 'picture'],
  ])('a PNG of %i by %i is a %s', (width, height, type) => {
    const content = bytes(make.PNG_SIGNATURE, make.header(width, height), chunk('IDAT', make.PIXELS), chunk('IEND'))
    expect(stripped(content).told.type).toBe(type)
  })

  test('a picture that is too large to be shown loses its secrets all the same', () => {
    const head = bytes(make.PNG_SIGNATURE, make.header(40_000, 40_000), chunk('tEXt', `Author\0${SECRET}`))
    const { bytes: kept, told } = stripped(bytes(head, chunk('IDAT', make.PIXELS), chunk('IEND')))
    expect(told).toEqual(FILE)
    expect(kept.includes(SECRET)).toBe(false)
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'a JPEG of orientation %i keeps it, and is measured as it is seen',
    orientation => {
      for (const isLittle of [true, false]) {
        const content = make.jpeg(segment(0xe1, bytes('Exif\0\0', make.exif(orientation, SECRET, isLittle))))
        const { bytes: kept, told } = stripped(content)
        expect(told).toMatchObject(orientation < 5 ? { width: 6, height: 4 } : { width: 4, height: 6 })
        const expected = bytes('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0', orientation, '\0\0\0\0\0\0')
        expect(kept.equals(orientation === 1 ? make.JPEG : make.jpeg(segment(0xe1, expected)))).toBe(true)
      }
    },
  )

  test('a turned HEIC is measured as it is seen', () => {
    expect(stripped(PLANTED['HEIC: properties'] as Uint8Array).told).toMatchObject({ width: 4, height: 6 })
  })
})

describe('data that are taken out', () => {
  test.each(Object.entries(PLANTED))('%s', (_, content) => {
    expect(Buffer.from(content).includes(SECRET)).toBe(true)
    const { bytes: kept, told } = stripped(content)
    expect(told).toMatchObject({ type: 'picture' })
    expect(kept.includes(SECRET)).toBe(false)
  })

  test('data that drawing needs stay, to the byte', () => {
    for (const content of Object.values(SMALL).slice(0, 4)) expect(stripped(content).bytes.equals(content)).toBe(true)
    const rich = make.png(bytes(chunk('sRGB', '\0'), chunk('pHYs', Buffer.alloc(9)), chunk('tRNS', '\0\x01')))
    expect(stripped(rich).bytes.equals(rich)).toBe(true)
    const controlled = make.gif(bytes(make.loop(), '!\xf9', 4, 0, 9, 0, 0, 0))
    expect(stripped(controlled).bytes.equals(controlled)).toBe(true)
    const coloured = make.jpeg(
      bytes(
        segment(0xe2, bytes('ICC_PROFILE\0', 1, 1, 'colours')),
        segment(0xee, bytes('Adobe', 0, 100, '\0\0\0\0', 1)),
      ),
    )
    expect(stripped(coloured).bytes.equals(coloured)).toBe(true)
  })

  test('the coded pixels of a true AVIF keep their place', () => {
    const kept = stripped(make.AVIF).bytes
    const pixels = make.AVIF.subarray(-37)
    expect(kept.length).toBe(make.AVIF.length)
    expect(kept.subarray(-37).equals(pixels)).toBe(true)
  })
})

describe('properties', () => {
  const ALL = { ...SMALL, ...PLANTED, ...HOSTILE }
  const anyFile = fc.constantFrom(...Object.values(ALL))

  test('a picture that was stripped stays as it is', () => {
    for (const content of Object.values({ ...SMALL, ...PLANTED })) {
      const { bytes: once, told } = stripped(content)
      const again = stripped(once)
      expect(again.bytes.equals(once)).toBe(true)
      expect(again.told).toEqual(told)
    }
  })

  test('it does not matter how a network cuts a file', () => {
    fc.assert(
      fc.property(anyFile, fc.integer({ min: 1, max: 300 }), (content, piece) => {
        const small = content.length > 100_000 ? content.subarray(0, 100_000) : content
        const [cut, whole] = [stripped(small, piece), stripped(small)]
        expect(cut.told).toEqual(whole.told)
        if (whole.told.type !== 'damaged') expect(cut.bytes.equals(whole.bytes)).toBe(true)
      }),
      { numRuns: runs(200) },
    )
  })

  test('a picture that ends at any byte before its end is damaged', () => {
    for (const [kind, content] of Object.entries(SMALL)) {
      for (let end = 24; end < content.length; end++) {
        expect(stripped(content.subarray(0, end)).told).toMatchObject({ type: 'damaged', kind })
      }
    }
    for (const content of Object.values(PLANTED)) {
      for (let end = 0; end < content.length; end++) stripped(content.subarray(0, end))
    }
  })

  test('a byte that is changed anywhere costs no more than the picture', () => {
    const pictures = fc.constantFrom(...Object.values({ ...SMALL, ...PLANTED }))
    fc.assert(
      fc.property(
        pictures,
        fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 4 }),
        (from, changes) => {
          const content = Uint8Array.from(from)
          for (const [at, byte] of changes) content[at % content.length] = byte
          const { bytes: kept } = stripped(content)
          expect(kept.length).toBeLessThanOrEqual(content.length + 32)
        },
      ),
      { numRuns: runs(2000) },
    )
  })
})

describe('files that were made to hurt', () => {
  test.each(Object.entries(HOSTILE))('%s', (_, content) => {
    const { bytes: kept, told } = stripped(content, 65_536)
    expect(kept.length).toBeLessThanOrEqual(content.length)
    if (told.type === 'picture') expect(kept.includes('<script>')).toBe(false)
  })

  test.each([
    ['a PNG of 40,000 by 40,000', 'file'],
    ['a script that is a GIF', 'damaged'],
    ['a GIF with a frame larger than it', 'file'],
    ['a WebP of 16,777,216 by 16,777,216', 'file'],
    ['a JPEG of 65,535 by 65,535', 'file'],
    ['a JPEG of 10,000 scans', 'damaged'],
    ['an AVIF of 4,294,967,295 by 1', 'file'],
    ['an AVIF with parts without end', 'damaged'],
    ['SVG with a script', 'file'],
    ['a PNG with a ZIP after it', 'picture'],
  ])('%s: a %s', (name, type) => {
    expect(stripped(HOSTILE[name] as Uint8Array).told.type).toBe(type)
  })
})
