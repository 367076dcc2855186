/** The items of a picture: its parts, and its metadata (ISO/IEC 14496-12, 8.11.6). */
import { bytesOf, latin, u16, u32 } from '../bytes.ts'
import { must } from '../reading.ts'
import { type Box, boxesIn } from './boxes.ts'

/** Kinds of items that are drawn, or that others are made of. Everything else says something: EXIF, XMP, names, links. */
const DRAWN = new Set(['hvc1', 'hev1', 'lhv1', 'av01', 'avc1', 'vvc1', 'evc1', 'j2k1', 'jpeg', 'unci'])
const MADE = new Set(['grid', 'iovl', 'iden', 'tmap'])

/** Readers pass over an item of an unknown kind. They refuse a picture whose EXIF is empty. */
const NOTHING = bytesOf('none')

/** The ids of the items that are drawn. All names of items become empty, and the others become nothing. */
export function drawnItems(bytes: Uint8Array, iinf: Box): ReadonlySet<number> {
  const version = bytes[iinf.from] ?? 0
  const drawn = new Set<number>()
  for (const entry of boxesIn(bytes, iinf.from + 4 + (version === 0 ? 2 : 4), iinf.to)) {
    const { from, to } = entry
    const isLong = bytes[from] === 3
    must(entry.name === 'infe' && (isLong || bytes[from] === 2), 'an item has another form')
    const at = from + 4 + (isLong ? 4 : 2) + 2
    must(at + 4 <= to, 'an item is cut off')
    const kind = latin(bytes, at, at + 4)
    if (DRAWN.has(kind) || MADE.has(kind)) drawn.add(isLong ? u32(bytes, from + 4) : u16(bytes, from + 4))
    else bytes.set(NOTHING, at)
    bytes.fill(0, at + 4, to)
  }
  return drawn
}
