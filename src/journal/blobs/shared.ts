/**
 * Files that all nodes find: in the brokers' object store, under their hashes. A file comes in to this machine first,
 * since its hash and its size are known only at its end. An object is the size in 8 bytes, then the content.
 */
import { createHash } from 'node:crypto'
import { PIECE_BYTES } from '../../model/limits.ts'
import type { BlobContent, BlobHash, Blobs } from '../../port/blobs.ts'
import { DataError } from '../data-error.ts'
import { oneByOne } from '../pieces.ts'
import type { SharedStates } from '../replicated/stream/stream.ts'

const SIZE_BYTES = 8

/** Resolves when all files of this machine are shared: of a server that was alone before, or was killed while it shared one. */
export async function openSharedBlobs(objects: SharedStates, incoming: Blobs): Promise<Blobs> {
  for (const hash of await incoming.list()) await share(objects, incoming, hash)
  return sharedBlobs(objects, incoming)
}

async function share(objects: SharedStates, incoming: Blobs, hash: BlobHash): Promise<void> {
  const content = await incoming.get(hash)
  // Another one with the same content was faster.
  if (!content) return
  await objects.put(hash, withSize(content))
  await incoming.erase(hash)
}

/** `incoming` has each file only until it is shared. */
export function sharedBlobs(objects: SharedStates, incoming: Blobs): Blobs {
  const sharing = oneByOne()

  return {
    async put(content, most) {
      const stored = await incoming.put(content, most)
      if (stored) await sharing(() => share(objects, incoming, stored.hash))
      return stored
    },
    async get(hash) {
      const object = isHash(hash) ? await objects.get(hash) : null
      return object && opened(object, hash)
    },
    async erase(hash) {
      if (!isHash(hash)) return
      await sharing(() => objects.delete(hash))
      // A server that was killed while it shared the file has left it there.
      await incoming.erase(hash)
    },
    async list() {
      return [...new Set([...(await objects.list()).filter(isHash), ...(await incoming.list())])]
    },
  }
}

const isHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash)

async function* withSize({ size, pieces }: BlobContent): AsyncGenerator<Uint8Array> {
  const head = Buffer.alloc(SIZE_BYTES)
  head.writeBigUInt64BE(BigInt(size))
  yield head
  yield* pieces
}

/** Reads the size. A broker cuts objects into pieces as it likes. */
async function opened(object: AsyncIterable<Uint8Array>, hash: BlobHash): Promise<BlobContent> {
  const pieces = object[Symbol.asyncIterator]()
  let head: Uint8Array = Buffer.of()
  while (head.length < SIZE_BYTES) {
    const piece = await pieces.next()
    if (piece.done) throw damaged(hash)
    head = Buffer.concat([head, piece.value])
  }
  const size = Number(Buffer.from(head).readBigUInt64BE())
  return { size, pieces: checked(head.subarray(SIZE_BYTES), pieces, hash) }
}

async function* checked(
  first: Uint8Array,
  rest: AsyncIterator<Uint8Array>,
  hash: BlobHash,
): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256')
  for (let piece = first; ; ) {
    for (let at = 0; at < piece.length; at += PIECE_BYTES) {
      const part = piece.subarray(at, at + PIECE_BYTES)
      sum.update(part)
      yield part
    }
    const next = await rest.next()
    if (next.done) break
    piece = next.value
  }
  if (sum.digest('hex') !== hash) throw damaged(hash)
}

const damaged = (hash: BlobHash): DataError =>
  new DataError(`the file ${hash} is damaged in the brokers' object store. Restore a backup of theirs, or delete it.`)
