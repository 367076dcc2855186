/**
 * Takes in the bytes of one file: a picture loses its data about people and places on the way. Its bytes tell its kind.
 */

import { PIECE_BYTES, STRIPPED_AT_ONCE_BYTES } from '../../model/limits.ts'
import type { FileKind } from '../../model/message/file.ts'
import { Stripping, type Told } from '../../pictures/stripping.ts'
import type { BlobHash, Blobs } from '../../port/blobs.ts'
import type { Clock } from '../../port/clock.ts'
import type { Entropy } from '../../port/entropy.ts'
import { type Refused, refused } from '../ingress/vetting/vetted.ts'
import { SEAL_BYTES, sealOf } from './sealed.ts'

/** `size` without the seal. */
export type Received = {
  readonly hash: BlobHash
  readonly size: number
  readonly kind: FileKind
  readonly width?: number
  readonly height?: number
}

export type ReceivingDeps = {
  readonly blobs: Blobs
  readonly clock: Pick<Clock, 'elapsed' | 'turn'>
  readonly entropy: Entropy
  /** Called before each piece, with its number of bytes; a returned refusal refuses the file. */
  readonly take: (bytes: number) => Refused | null
}

/** Milliseconds of work after which others get their turn. */
const TURN_MS = 4

/** Why nothing is stored. */
class Unfit extends Error {
  readonly refused: Refused

  constructor(why: Refused) {
    super(why.code)
    this.refused = why
  }
}

/** The sent bytes can't be read; the store is well. */
export class ContentError extends Error {}

/** The sender is gone. */
export class Interrupted extends ContentError {}

/** Rejects with a ContentError, or with the error of the store. Then, and if it's refused, nothing of the file stays. */
export async function receive(
  content: AsyncIterable<Uint8Array>,
  most: number,
  { blobs, clock, entropy, take }: ReceivingDeps,
): Promise<Received | Refused> {
  const stripping = new Stripping()
  let told: Told | null = null

  async function* sealed(): AsyncGenerator<Uint8Array> {
    yield sealOf(entropy)
    let since = clock.elapsed()
    for await (const piece of bounded(content, most, take)) {
      for (let at = 0; at < piece.length; at += STRIPPED_AT_ONCE_BYTES) {
        yield* whole(stripping.push(piece.subarray(at, at + STRIPPED_AT_ONCE_BYTES)))
        if (stripping.isDamaged) break
        if (clock.elapsed() - since < TURN_MS) continue
        await new Promise<void>(resolve => clock.turn(resolve))
        since = clock.elapsed()
      }
      if (stripping.isDamaged) break
    }
    const end = stripping.end()
    if (end.told.type === 'damaged') throw new Unfit(damaged(end.told))
    yield* whole(end.rest)
    told = end.told
  }

  try {
    const stored = await blobs.put(gathered(sealed()), Number.MAX_SAFE_INTEGER)
    if (!stored || !told) throw new Error('the store has read only a part')
    return { hash: stored.hash, size: stored.size - SEAL_BYTES, ...fieldsOf(told) }
  } catch (error) {
    if (error instanceof Unfit) return error.refused
    throw error
  }
}

async function* bounded(
  content: AsyncIterable<Uint8Array>,
  most: number,
  take: ReceivingDeps['take'],
): AsyncGenerator<Uint8Array> {
  let size = 0
  const pieces = content[Symbol.asyncIterator]()
  try {
    for (;;) {
      const next = await pieces.next().catch((error: unknown) => {
        if (error instanceof ContentError) throw error
        throw new Interrupted(error instanceof Error ? error.message : String(error))
      })
      if (next.done) return
      size += next.value.length
      if (size > most) throw new Unfit(tooLarge(most))
      const full = take(next.value.length)
      if (full) throw new Unfit(full)
      yield next.value
    }
  } finally {
    await pieces.return?.().catch(() => {})
  }
}

const whole = (parts: readonly Uint8Array[]): readonly Uint8Array[] =>
  parts.length > 1 ? [Buffer.concat(parts)] : parts

/** A store writes each piece by itself, and a picture may have a hundred thousand parts of a few bytes. */
async function* gathered(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let size = 0
  for await (const part of content) {
    parts.push(part)
    size += part.length
    if (size < PIECE_BYTES) continue
    yield Buffer.concat(parts)
    parts = []
    size = 0
  }
  if (size > 0) yield Buffer.concat(parts)
}

export const tooLarge = (most: number): Refused => refused('file-too-large', megabytes(most))

export const megabytes = (bytes: number): string =>
  bytes >= 1_000_000 ? `${Math.floor(bytes / 100_000) / 10} MB` : `${Math.floor(bytes / 1000)} KB`

const damaged = ({ kind, why }: Extract<Told, { type: 'damaged' }>): Refused =>
  refused('picture-damaged', `${kind.slice('image/'.length).toUpperCase()} is damaged: ${why}`)

const fieldsOf = (told: Told): Pick<Received, 'kind' | 'width' | 'height'> =>
  told.type === 'picture' ? { kind: told.kind, width: told.width, height: told.height } : { kind: told.kind }
