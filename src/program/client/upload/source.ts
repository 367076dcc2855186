/** A file of this machine that is to be sent. */
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Readable } from 'node:stream'
import { UsageError } from '../../config/usage.ts'

export type FileSource = {
  readonly name: string
  /** In bytes; null: it isn't known before the end. */
  readonly size: number | null
  readonly open: () => Readable
}

/** Why a file can't be sent, with the remedy. */
export class NoSource extends UsageError {}

/** `-` is the standard input. `name`: instead of the file's own. Rejects with a NoSource. */
export async function sourceOf(path: string, name: string | null, input: Readable): Promise<FileSource> {
  if (path === '-') return { name: name ?? 'stdin', size: null, open: () => input }
  try {
    const found = await stat(path)
    if (found.isDirectory()) throw new NoSource(`${path} is a directory. Send a file, such as an archive of it.`)
    // A pipe or a device has no size of its own.
    const size = found.isFile() ? found.size : null
    return { name: name ?? basename(path), size, open: () => createReadStream(path) }
  } catch (error) {
    if (error instanceof NoSource) throw error
    const { code = '', message } = error as NodeJS.ErrnoException
    throw new NoSource(`${path} cannot be read: ${REASONS[code] ?? message}`)
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file. Check the path.',
  EACCES: 'you may not read it.',
  ENOTDIR: 'a part of the path is no directory. Check the path.',
}
