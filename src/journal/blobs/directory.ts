/**
 * Files in a directory: `ab/abcd…` is the file with the hash `abcd…`. Only their user can read them. A file is written
 * under another name in `incoming`, synced, and then moved to its place: every file there is whole.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { PIECE_BYTES } from '../../model/limits.ts'
import type { BlobHash, Blobs, StoredBlob } from '../../port/blobs.ts'
import { DataError } from '../data-error.ts'
import { measured } from './measured.ts'

/** Folder in the data directory. */
export const FILES_FOLDER = 'files'

/**
 * Opens or creates the directory. One server at a time: leftovers of an earlier one in `incoming` are removed.
 * `shared`: the server has opened it already, and this process is one of its workers.
 */
export async function blobDirectory(directory: string, shared = false): Promise<Blobs> {
  const incoming = join(directory, 'incoming')
  if (!shared) await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  return {
    ...blobReader(directory),
    async put(content, most) {
      const path = join(incoming, randomUUID())
      try {
        const stored = await written(path, content, most)
        if (stored) await moved(path, placeOf(directory, stored.hash))
        return stored
      } finally {
        await rm(path, { force: true })
      }
    },
    async erase(hash) {
      if (!isHash(hash)) return
      const place = placeOf(directory, hash)
      await rm(place, { force: true })
      await synced(dirname(place)).catch(ifMissing)
    },
    async list() {
      const names = await readdir(directory, { recursive: true })
      return names.map(name => basename(name)).filter(isHash)
    },
  }
}

/** For reading alone: it leaves no trace. */
export const blobReader = (directory: string): Pick<Blobs, 'get'> => ({
  async get(hash) {
    const place = placeOf(directory, hash)
    const found = isHash(hash) ? await stat(place).catch(ifMissing) : null
    return found && { size: found.size, pieces: checked(place, hash) }
  },
})

const placeOf = (directory: string, hash: BlobHash): string => join(directory, hash.slice(0, 2), hash)

/** A hash comes from outside, and becomes part of a path. */
const isHash = (hash: string): boolean => /^[0-9a-f]{64}$/.test(hash)

async function written(path: string, content: AsyncIterable<Uint8Array>, most: number): Promise<StoredBlob | null> {
  const file = await open(path, 'wx', 0o600)
  try {
    const stored = await measured(content, most, piece => file.appendFile(piece))
    if (stored) await file.sync()
    return stored
  } finally {
    await file.close()
  }
}

async function moved(path: string, place: string): Promise<void> {
  const folder = dirname(place)
  const made = await mkdir(folder, { recursive: true, mode: 0o700 })
  await rename(path, place)
  await synced(folder)
  if (made !== undefined) await synced(dirname(folder))
}

/** The names in a folder are durable only if the folder is synced. */
async function synced(folder: string): Promise<void> {
  const handle = await open(folder)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function* checked(path: string, hash: BlobHash): AsyncGenerator<Uint8Array> {
  const sum = createHash('sha256')
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES }) as AsyncIterable<Buffer>) {
    sum.update(piece)
    yield piece
  }
  if (sum.digest('hex') !== hash) throw new DataError(`${path} is damaged. Restore a backup, or remove the file.`)
}

function ifMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null
  throw error
}
