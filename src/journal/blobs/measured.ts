/** Passes a content on while it is measured, so that no store holds more of it than a piece. */
import { createHash } from 'node:crypto'
import type { StoredBlob } from '../../port/blobs.ts'

/** Null: it has more than `most` bytes. `write` has then got at most so many. */
export async function measured(
  content: AsyncIterable<Uint8Array>,
  most: number,
  write: (piece: Uint8Array) => unknown,
): Promise<StoredBlob | null> {
  const hash = createHash('sha256')
  let size = 0
  for await (const piece of content) {
    size += piece.length
    if (size > most) return null
    hash.update(piece)
    await write(piece)
  }
  return { hash: hash.digest('hex'), size }
}
