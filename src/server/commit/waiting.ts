/** The inputs that wait for a commit, in order. They are bounded, because the journal may not answer for long. */
import type { Draft, Input } from '../../model/input.ts'
import { COMMIT_BYTES, COMMIT_INPUTS, WAITING_BYTES, WAITING_INPUTS } from '../../model/limits.ts'

export class Waiting {
  #drafts: Draft[] = []
  /** Size of each draft. */
  #sizes: number[] = []
  #bytes = 0

  get size(): number {
    return this.#drafts.length
  }

  /** False: there's no room for it. */
  add(draft: Draft): boolean {
    const bytes = bytesOf(draft)
    if (this.size === WAITING_INPUTS || this.#bytes + bytes > WAITING_BYTES) return false
    this.#drafts.push(draft)
    this.#sizes.push(bytes)
    this.#bytes += bytes
    return true
  }

  /** The inputs of the next commit: as many as fit, but at least one. */
  take(): readonly Draft[] {
    let count = 0
    let bytes = 0
    for (const size of this.#sizes) {
      if (count === COMMIT_INPUTS || (count > 0 && bytes + size > COMMIT_BYTES)) break
      count += 1
      bytes += size
    }
    const taken = this.#drafts
    this.#drafts = taken.splice(count)
    this.#sizes = this.#sizes.slice(count)
    this.#bytes -= bytes
    return taken
  }
}

/** Bytes of an input and its text, as JSON in UTF-8: exactly, or for a message at most. */
export const bytesOf = ({ input, texts }: Draft): number => inputBytes(input) + Buffer.byteLength(texts.text ?? '')

/** Most inputs are messages, and to write one as JSON takes a tenth of the whole cost of a message. */
function inputBytes(input: Input): number {
  if (input.type !== 'say') return Buffer.byteLength(JSON.stringify(input))
  const { id, origin, session, room, mentions, filters } = input
  const ids = stringBytes(id) + stringBytes(origin) + stringBytes(session)
  let bytes = SAY_BYTES + ids + stringBytes(room) + NUMBER_BYTES * (filters?.length ?? 0)
  for (const mention of mentions ?? []) bytes += stringBytes(mention)
  return bytes
}

/** Names and numbers of the fields, and a number in a list. */
const SAY_BYTES = 240
const NUMBER_BYTES = 17

/** Quotes and a comma. No name of a room and no id has a character that JSON escapes. */
const stringBytes = (text: string): number => Buffer.byteLength(text) + 3
