/** The files of a run: bytes on a disk that outlives the processes, and the invariants of them. */
import { createHash } from 'node:crypto'
import type { State } from '../../src/model/state.ts'
import type { BlobHash, Blobs } from '../../src/port/blobs.ts'
import type { Living } from './living.ts'
import type { Process } from './process.ts'
import type { Story } from './story.ts'

/** So small that people get there. */
export const BOUNDS = { most: 4000, quota: 9000 }

export class Files {
  readonly #story: Story
  readonly #contents = new Map<BlobHash, Uint8Array>()

  constructor(story: Story) {
    this.#story = story
  }

  /** The disk as a process has it. A dead one does nothing, and hears nothing. */
  of(process: Process): Blobs {
    const alive = async (): Promise<void> => {
      if (!process.lives()) await new Promise<never>(() => {})
    }
    return {
      put: async (content, most) => {
        const pieces: Uint8Array[] = []
        for await (const piece of content) pieces.push(piece)
        const whole = Buffer.concat(pieces)
        if (whole.length > most) return null
        await alive()
        const hash = createHash('sha256').update(whole).digest('hex')
        this.#contents.set(hash, whole)
        await alive()
        return { hash, size: whole.length }
      },
      get: async hash => {
        const content = this.#contents.get(hash)
        return content ? { size: content.length, pieces: piecesOf(content) } : null
      },
      erase: async hash => {
        await alive()
        this.#contents.delete(hash)
        await alive()
      },
      list: async () => [...this.#contents.keys()],
    }
  }

  /** At any moment, as far as the journal says. */
  inspect({ files }: State, living: Living): void {
    const bytes = files.valueSeq().reduce((sum, { size }) => sum + size, 0)
    this.#story.check('files keep within their quota', bytes <= BOUNDS.quota, () => `${bytes} bytes`)
    for (const { hash, message } of files.values()) {
      if (typeof message !== 'number') continue
      // A message loses its text first, and then its file.
      const isThere = this.#contents.has(hash) || living.isGoing(message)
      this.#story.check('a message has its file', isThere, () => `${message}`)
    }
  }

  /** In the end, after a start, there are those that the state names and no others. */
  compare({ files, doomed }: State, living: Living): void {
    const named = new Set([...files.values()].map(({ hash }) => hash))
    const left = [...this.#contents.keys()].filter(hash => !named.has(hash))
    this.#story.count('files compared', named.size)
    for (const { message } of files.values()) {
      const isLeft = typeof message === 'number' && living.isGone(message)
      this.#story.check('a deleted message has no file', !isLeft, () => `${message}`)
    }
    this.#story.check('no file is without its message', left.length === 0 && doomed.isEmpty(), () => `${left.length}`)
  }
}

async function* piecesOf(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content
}
