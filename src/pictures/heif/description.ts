/** The description of a picture (the box `meta`), reduced to the data that drawing needs. */
import { u16, u32 } from '../bytes.ts'
import { Damage } from '../reading.ts'
import type { Size } from '../size.ts'
import { BOX_HEAD_BYTES, type Box, blank, boxesIn } from './boxes.ts'
import { drawnItems } from './item-list.ts'
import { merged, type Stretch, stretchesOf } from './item-places.ts'
import { readProperties } from './properties.ts'

/** Boxes whose content is read, or needed as it is. */
const KEPT = new Set(['pitm', 'iinf', 'iloc', 'iprp', 'iref', 'idat'])

export type Description = {
  readonly size: Size /** Of the file, in order, none in another. */
  readonly kept: readonly Stretch[]
}

/** `meta` is the content of the box. It's changed in place, and stays as long as it is. */
export function readDescription(meta: Uint8Array): Description {
  // The version and the flags come first.
  const boxes = boxesIn(meta, 4, meta.length)
  const only = (name: string): Box => {
    const [box, ...others] = boxes.filter(one => one.name === name)
    if (!box || others.length > 0) throw new Damage(`it has not one box ${name}`)
    return box
  }
  const primary = primaryIn(meta, only('pitm'))
  const stretches = stretchesOf(meta, only('iloc'), drawnItems(meta, only('iinf')))
  const size = readProperties(meta, only('iprp'), primary)
  if (!size) throw new Damage('it has no size')
  for (const box of boxes) {
    if (box.name === 'hdlr') meta.fill(0, Math.min(box.from + 12, box.to), box.to)
    else if (box.name === 'idat') keepOnly(meta, box, stretches)
    else if (!KEPT.has(box.name)) {
      blank(meta, box)
      meta.set([0x66, 0x72, 0x65, 0x65], nameAt(meta, box))
    }
  }
  return { size, kept: merged(stretches.filter(({ inMeta }) => !inMeta)) }
}

/** A box with a long length has 8 bytes of it after its name. */
const nameAt = (bytes: Uint8Array, { from }: Box): number =>
  from >= 16 && u32(bytes, from - 16) === 1 ? from - 12 : from - BOX_HEAD_BYTES + 4

const primaryIn = (bytes: Uint8Array, { from }: Box): number =>
  bytes[from] === 0 ? u16(bytes, from + 4) : u32(bytes, from + 4)

function keepOnly(meta: Uint8Array, { from, to }: Box, stretches: readonly Stretch[]): void {
  let at = from
  for (const stretch of stretches.filter(({ inMeta }) => inMeta)) {
    meta.fill(0, at, Math.min(from + stretch.from, to))
    at = Math.max(at, Math.min(from + stretch.to, to))
  }
  meta.fill(0, at, to)
}
