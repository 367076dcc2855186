/** The segments of a JPEG that drawing needs. Each has exactly the length that its content says: nothing hides behind it. */
import { byte } from './bytes.ts'

/** The byte after 0xFF. */
export type SegmentCode = number

/** Baseline, extended and progressive, with Huffman or arithmetic coding (T.81, table B.1). No program draws the others. */
export const START_OF_FRAME: ReadonlySet<SegmentCode> = new Set([0xc0, 0xc1, 0xc2, 0xc9, 0xca])

/** T.81, B.2.2 to B.2.5. */
export function isTable(code: SegmentCode, body: Uint8Array): boolean {
  switch (code) {
    case 0xc0:
    case 0xc1:
    case 0xc2:
    case 0xc9:
    case 0xca:
      return body.length >= 9 && body.length === 6 + 3 * byte(body, 5)
    case 0xc4:
      return fits(body, at => 17 + codesAt(body, at))
    case 0xcc:
      return fits(body, () => 2)
    case 0xda:
      return body.length >= 6 && body.length === 4 + 2 * byte(body, 0)
    case 0xdb:
      return fits(body, at => (byte(body, at) >> 4 === 0 ? 65 : 129))
    case 0xdd:
      return body.length === 2
    default:
      return false
  }
}

/** The body is made of whole parts. */
function fits(body: Uint8Array, partAt: (at: number) => number): boolean {
  let at = 0
  while (at < body.length) at += partAt(at)
  return at === body.length && at > 0
}

/** Codes of a Huffman table: 16 numbers say how many there are of each length. */
function codesAt(body: Uint8Array, at: number): number {
  let codes = 0
  for (let length = 1; length <= 16; length++) codes += byte(body, at + length)
  return codes
}
