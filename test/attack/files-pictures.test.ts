/** Attacks with pictures that take long to look through: the server does nothing else meanwhile. */
import { expect, test } from 'vitest'
import { STRIPPED_AT_ONCE_BYTES } from '../../src/model/limits.ts'
import { Stripping } from '../../src/pictures/stripping.ts'
import { box, bytes, u16, u32 } from '../pictures/makers.ts'

const BOXES = 30_000
const STRETCHES = 8000
/** It takes some 100 ms. If each box looks at all stretches, 10 s. */
const MOST_MS = 4000

/** One item in thousands of stretches, all at the end of a file of empty boxes for pixels. */
function scattered(): Buffer {
  const brands = box('ftyp', 'avif', u32(0), 'avif', 'mif1')
  const metaFor = (end: number): Buffer =>
    box(
      'meta',
      ...[u32(0), box('hdlr', u32(0), u32(0), 'pict', Buffer.alloc(12), '\0'), box('pitm', u32(0), u16(1))],
      box('iinf', u32(0), u16(1), box('infe', u32(0x0200_0000), u16(1), u16(0), 'av01', '\0')),
      box(
        'iloc',
        ...[u32(0x0100_0000), u16(0x4400), u16(1)],
        ...[u16(1), u16(0), u16(0), u16(STRETCHES)],
        ...Array.from({ length: STRETCHES }, () => bytes(u32(end - 1), u32(1))),
      ),
      box('iprp', box('ipco', box('ispe', u32(0), u32(6), u32(4))), box('ipma', u32(0), u32(1), u16(1), 1, 1)),
    )
  const before = brands.length + metaFor(0).length
  const empty = Buffer.concat(Array.from({ length: BOXES }, () => box('mdat')))
  const pixels = box('mdat', 'x')
  return bytes(brands, metaFor(before + empty.length + pixels.length), empty, pixels)
}

test('[FI4] a picture of many parts in many boxes is looked through once', () => {
  const file = scattered()
  const stripping = new Stripping()
  const began = performance.now()
  let passed = 0
  for (let at = 0; at < file.length && performance.now() - began < MOST_MS; at += STRIPPED_AT_ONCE_BYTES) {
    for (const part of stripping.push(file.subarray(at, at + STRIPPED_AT_ONCE_BYTES))) passed += part.length
  }
  expect(performance.now() - began).toBeLessThan(MOST_MS)
  const { rest, told } = stripping.end()
  for (const part of rest) passed += part.length
  expect(told).toEqual({ type: 'picture', kind: 'image/avif', width: 6, height: 4 })
  expect(passed).toBe(file.length)
})
