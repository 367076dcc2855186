/** The properties of the items for drawing (ISO/IEC 23008-12, 6.5): the size, the codec, the colours, the turn. */
import { byte, u16, u32 } from '../bytes.ts'
import { must } from '../reading.ts'
import { around, isShown, type Size, sizeOf } from '../size.ts'
import { type Box, blank, boxesIn } from './boxes.ts'

/** Others describe the picture: a name, labels, the time when it was made. They are known by their place, so they stay. */
const KEPT = new Set(
  [
    'ispe',
    'pixi',
    'pasp',
    'colr',
    'irot',
    'imir',
    'clap',
    'auxC',
    'hvcC',
    'lhvC',
    'av1C',
    'avcC',
    'vvcC',
    'evcC',
    'jpgC',
  ].concat([
    'j2kH',
    'uncC',
    'cmpd',
    'clli',
    'mdcv',
    'cclv',
    'amve',
    'ndwt',
    'reve',
    'a1op',
    'a1lx',
    'lsel',
    'rloc',
    'tols',
    'oinf',
  ]),
)

/** The size of the picture, turned as it is, or that of a part that is too large to be shown; null: there is none. */
export function readProperties(bytes: Uint8Array, iprp: Box, primary: number): Size | null {
  const parts = boxesIn(bytes, iprp.from, iprp.to)
  const properties = parts.filter(({ name }) => name === 'ipco').flatMap(({ from, to }) => boxesIn(bytes, from, to))
  for (const property of properties) if (!KEPT.has(property.name)) blank(bytes, property)
  const own = new Set(parts.filter(({ name }) => name === 'ipma').flatMap(box => propertiesOf(bytes, box, primary)))
  const sizes = properties.filter(({ name }) => name === 'ispe').map(({ from }) => sizeAt(bytes, from))
  const ofPrimary = properties.filter((_, at) => own.has(at + 1))
  const isTurned = ofPrimary.some(({ name, from }) => name === 'irot' && byte(bytes, from) % 2 === 1)
  const [shown] = ofPrimary.filter(({ name }) => name === 'ispe').map(({ from }) => sizeAt(bytes, from))
  if (!shown) return null
  // A part may be larger than its shown area.
  const largest = sizes.reduce(around, shown)
  const { width, height } = isShown(largest) ? shown : largest
  return isTurned ? { width: height, height: width } : { width, height }
}

const sizeAt = (bytes: Uint8Array, from: number): Size => sizeOf(u32(bytes, from + 4), u32(bytes, from + 8))

/** The numbers of the item's properties, from 1 on. */
function propertiesOf(bytes: Uint8Array, { from, to }: Box, item: number): readonly number[] {
  const isLong = byte(bytes, from) > 0
  const isWide = byte(bytes, from + 3) % 2 === 1
  const own: number[] = []
  let at = from + 8
  for (let items = u32(bytes, from + 4); items > 0 && at < to; items--) {
    const id = isLong ? u32(bytes, at) : u16(bytes, at)
    at += isLong ? 4 : 2
    const end = at + 1 + byte(bytes, at) * (isWide ? 2 : 1)
    must(end <= to, 'the list of its properties is cut off')
    for (at++; at < end; at += isWide ? 2 : 1) {
      if (id === item) own.push(isWide ? u16(bytes, at) & 0x7fff : byte(bytes, at) & 0x7f)
    }
  }
  return own
}
