/** The places of the items' bytes (ISO/IEC 14496-12, 8.11.3). */
import { u16, u32, u64 } from '../bytes.ts'
import { Damage, must } from '../reading.ts'
import type { Box } from './boxes.ts'

/** A stretch of the file, or (`inMeta`) of the small data beside the description. */
export type Stretch = { readonly inMeta: boolean; readonly from: number; readonly to: number }

/** A picture of 40 megapixels has about 200 tiles. */
const STRETCHES_MAX = 8192

/** The stretches of the items that are drawn, in order. They may overlap: several items may have the same. */
export function stretchesOf(bytes: Uint8Array, iloc: Box, drawn: ReadonlySet<number>): readonly Stretch[] {
  const fields = new Fields(bytes, iloc)
  const version = fields.next(4) >>> 24
  const sizes = fields.next(2)
  const [offsetBytes, lengthBytes, baseBytes, indexBytes] = [
    sizes >> 12,
    (sizes >> 8) & 15,
    (sizes >> 4) & 15,
    sizes & 15,
  ]
  const idBytes = version === 2 ? 4 : 2
  const stretches: Stretch[] = []
  for (let items = fields.next(idBytes), all = 0; items > 0; items--) {
    const id = fields.next(idBytes)
    const method = version === 0 ? 0 : fields.next(2) & 15
    const elsewhere = fields.next(2)
    const base = fields.next(baseBytes)
    const count = fields.next(2)
    all += 1 + count
    must(all <= STRETCHES_MAX, 'it has too many parts')
    for (let left = count; left > 0; left--) {
      if (version > 0) fields.next(indexBytes)
      const from = base + fields.next(offsetBytes)
      const length = fields.next(lengthBytes)
      if (!drawn.has(id)) continue
      must(elsewhere === 0 && method < 2 && length > 0, 'a part of it is elsewhere')
      stretches.push({ inMeta: method === 1, from, to: from + length })
    }
  }
  return stretches.sort((one, other) => one.from - other.from)
}

/** Stretches in order, without those that overlap: they become one. Then a box for pixels looks only at its own. */
export function merged(stretches: readonly Stretch[]): readonly Stretch[] {
  const all: Stretch[] = []
  for (const stretch of stretches) {
    const last = all.at(-1)
    if (last && stretch.from <= last.to) all[all.length - 1] = { ...last, to: Math.max(last.to, stretch.to) }
    else all.push(stretch)
  }
  return all
}

class Fields {
  readonly #bytes: Uint8Array
  readonly #to: number
  #at: number

  constructor(bytes: Uint8Array, { from, to }: Box) {
    this.#bytes = bytes
    this.#at = from
    this.#to = to
  }

  next(bytes: number): number {
    const at = this.#at
    this.#at += bytes
    must(this.#at <= this.#to, 'the places of its parts are cut off')
    switch (bytes) {
      case 0:
        return 0
      case 2:
        return u16(this.#bytes, at)
      case 4:
        return u32(this.#bytes, at)
      case 8:
        return u64(this.#bytes, at)
      default:
        throw new Damage('the places of its parts have another form')
    }
  }
}
