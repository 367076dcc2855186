/**
 * HEIC and AVIF: a description, then the coded parts that it points to. Everything keeps its place, and bytes that
 * aren't drawn become zeros. The description has to come first. The film of a moving picture isn't kept, its still
 * picture is.
 */
import { bytesOf, joined, latin, u32, u64 } from '../bytes.ts'
import { copy, Damage, must, type Reading, read, write, zero } from '../reading.ts'
import type { Size } from '../size.ts'
import { BOX_HEAD_BYTES, LONG_HEAD_BYTES } from './boxes.ts'
import { type Description, readDescription } from './description.ts'
import type { Stretch } from './item-places.ts'

const BRANDS_MAX_BYTES = 256
/** That of a picture with 200 tiles has about 10,000. */
const DESCRIPTION_MAX_BYTES = 262_144

/** Header of the file, and offsets of the start and of the end of the content. */
type Place = { readonly head: Uint8Array; readonly name: string; readonly from: number; readonly to: number }

export function* readHeif(): Reading<Size> {
  let at = 0
  let description: Description | null = null
  let [needed, next] = [0, 0]
  while (!description || at < needed) {
    const box: Place = yield* readHead(at, needed)
    const { head, name, from, to } = box
    if (name === 'ftyp') {
      must(at === 0 && to <= BRANDS_MAX_BYTES, 'its brands are not as they must be')
      yield* write(joined([head, stillBrands(yield* read(to - from))]))
    } else if (name === 'meta' && !description) {
      must(to - from <= DESCRIPTION_MAX_BYTES, 'its description is too long')
      const meta = Uint8Array.from(yield* read(to - from))
      description = readDescription(meta)
      needed = Math.max(0, ...description.kept.map(stretch => stretch.to))
      must((description.kept[0]?.from ?? to) >= to, 'its parts overlap its description')
      yield* write(joined([head, meta]))
    } else if (name === 'mdat') {
      if (!description) throw new Damage('its description comes after its pixels; save it again as JPEG')
      yield* write(head)
      next = yield* readPixels(description.kept, next, from, to)
    } else {
      yield* write(joined([head.subarray(0, 4), FREE, head.subarray(8)]))
      yield* zero(to - from)
    }
    at = to
  }
  return description.size
}

/** A reader looks for a film in a file that calls itself one. */
function stillBrands(brands: Uint8Array): Uint8Array {
  const still = Uint8Array.from(brands)
  for (let at = 0; at + 4 <= still.length; at += 4) {
    const instead = STILL_BRANDS.get(latin(still, at, at + 4))
    if (instead) still.set(bytesOf(instead), at)
  }
  return still
}

const STILL_BRANDS: ReadonlyMap<string, string> = new Map([
  ['avis', 'avif'],
  ['msf1', 'mif1'],
  ['hevc', 'heic'],
  ['hevx', 'heix'],
])

const FREE = Uint8Array.of(0x66, 0x72, 0x65, 0x65)

/** A box of length 0 goes on to the end of the file; bytes that nobody points to are left out there. */
function* readHead(at: number, needed: number): Reading<Place> {
  const short = yield* read(BOX_HEAD_BYTES)
  const length = u32(short, 0)
  const head = length === 1 ? joined([short, yield* read(LONG_HEAD_BYTES - BOX_HEAD_BYTES)]) : short
  const whole = length === 1 ? u64(head, 8) : length === 0 ? needed - at : length
  must(whole >= head.length && Number.isSafeInteger(at + whole), 'a box has no valid length')
  return { head, name: latin(short, 4, 8), from: at + head.length, to: at + whole }
}

/** `first`: of the stretches, which are in order, the first one that hasn't ended before. Returns the same for the next box. */
function* readPixels(kept: readonly Stretch[], first: number, from: number, to: number): Reading<number> {
  let [at, next] = [from, first]
  for (let stretch = kept[next]; stretch && stretch.from < to; stretch = kept[++next]) {
    const [start, end] = [Math.max(stretch.from, at), Math.min(stretch.to, to)]
    if (end > start) {
      yield* zero(start - at)
      yield* copy(end - start)
      at = end
    }
    if (stretch.to > to) break
  }
  yield* zero(to - at)
  return next
}
