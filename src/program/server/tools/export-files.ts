/** `rxchat-server export --files`: the files that messages of a journal name, each in a folder of its own under its name. */
import { createWriteStream, mkdirSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { blobReader, FILES_FOLDER } from '../../../journal/blobs/directory.ts'
import type { Base } from '../../../journal/recording.ts'
import type { Entry } from '../../../model/input.ts'
import { readStoredText } from '../../../model/message/stored-text.ts'
import { Replay } from '../../../replay/replay.ts'
import { unsealed } from '../../../server/files/sealed.ts'
import { fileName } from '../../../server/ingress/vetting/vetted.ts'
import { UsageError } from '../../config/usage.ts'

export class FileExport {
  readonly #from: string
  readonly #to: string
  readonly #replay: Replay
  readonly #names = new Map<string, string>()

  /** `path` is that of the journal. Throws UsageError, or DataError if the journal is from another version. */
  constructor(path: string, to: string, base: Base) {
    const found = statSync(path, { throwIfNoEntry: false })
    if (!found) throw new UsageError('--files needs the data directory: an export has no files.')
    this.#from = join(found.isDirectory() ? path : dirname(path), FILES_FOLDER)
    this.#to = to
    this.#replay = new Replay(base)
  }

  add(entry: Entry): void {
    this.#replay.fold(entry)
    const { input, texts } = entry
    if ((input.type !== 'say' && input.type !== 'tell' && input.type !== 'post') || !input.files) return
    const { names } = readStoredText(texts.text ?? '')
    for (const [at, { id }] of input.files.entries()) this.#names.set(id, names[at] ?? 'file')
  }

  /** How many were copied, and how many aren't there: a node keeps them at the brokers. */
  async write(): Promise<{ readonly copied: number; readonly missing: number }> {
    const blobs = blobReader(this.#from)
    let [copied, missing] = [0, 0]
    for (const { file, hash, message } of this.#replay.state.files.values()) {
      if (message === null) continue
      const content = await blobs.get(hash)
      if (content) {
        const folder = join(this.#to, file)
        mkdirSync(folder, { recursive: true })
        const place = join(folder, fileName(this.#names.get(file) ?? 'file'))
        await pipeline(Readable.from(unsealed(content.pieces)), createWriteStream(place, { mode: 0o600 }))
        copied++
      } else missing++
    }
    return { copied, missing }
  }
}
