/** Files in memory, for `--ephemeral` and for tests. */
import { PIECE_BYTES } from '../../model/limits.ts'
import type { BlobHash, Blobs } from '../../port/blobs.ts'
import { measured } from './measured.ts'

export function memoryBlobs(): Blobs {
  const contents = new Map<BlobHash, Uint8Array>()
  return {
    async put(content, most) {
      const pieces: Uint8Array[] = []
      const stored = await measured(content, most, piece => pieces.push(Buffer.from(piece)))
      if (stored) contents.set(stored.hash, Buffer.concat(pieces))
      return stored
    },
    async get(hash) {
      const content = contents.get(hash)
      return content ? { size: content.length, pieces: piecesOf(content) } : null
    },
    async erase(hash) {
      contents.delete(hash)
    },
    list: async () => [...contents.keys()],
  }
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += PIECE_BYTES) yield content.subarray(at, at + PIECE_BYTES)
}
