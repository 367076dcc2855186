/** The contract of the port for files, run on each implementation. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { PIECE_BYTES } from '../../src/model/limits.ts'
import type { Blobs } from '../../src/port/blobs.ts'

export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** Yields each piece in turn. */
export async function* inPieces(...pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces
}

const bytes = (text: string): Uint8Array => Buffer.from(text)

/** The whole content, and the longest of its pieces; null: there is none. */
async function read(blobs: Blobs, hash: string) {
  const found = await blobs.get(hash)
  if (!found) return null
  const pieces: Uint8Array[] = []
  for await (const piece of found.pieces) pieces.push(piece)
  return { size: found.size, whole: Buffer.concat(pieces), longest: Math.max(0, ...pieces.map(({ length }) => length)) }
}

/** `open` gives a new, empty store. */
export function blobsContract(name: string, open: () => Promise<Blobs>): void {
  describe(`${name}, as a store of files`, () => {
    test.each([
      ['nothing', []],
      ['a text', ['hello']],
      ['several pieces', ['he', '', 'llo', '日本語 🎉']],
      ['more than a piece', ['x'.repeat(3 * PIECE_BYTES + 1)]],
    ])('gives back what it was given: %s', async (_, texts) => {
      const blobs = await open()
      const whole = Buffer.concat(texts.map(bytes))
      const hash = hashOf(whole)
      expect(await blobs.put(inPieces(...texts.map(bytes)), whole.length)).toEqual({ hash, size: whole.length })
      const found = await read(blobs, hash)
      expect(found?.whole.equals(whole)).toBe(true)
      expect(found?.size).toBe(whole.length)
      expect(found?.longest).toBeLessThanOrEqual(PIECE_BYTES)
    })

    test('keeps the given bytes, even if the buffer changes', async () => {
      const blobs = await open()
      const buffer = Buffer.alloc(1)
      async function* reusing(): AsyncGenerator<Uint8Array> {
        for (const letter of 'hello') {
          buffer.write(letter)
          yield buffer
        }
      }
      const stored = await blobs.put(reusing(), 5)
      buffer.fill(0)
      expect((await read(blobs, stored?.hash ?? ''))?.whole.toString()).toBe('hello')
    })

    test('stores the same content once, also if it comes twice at a time', async () => {
      const blobs = await open()
      const [one, other] = await Promise.all([
        blobs.put(inPieces(bytes('hel'), bytes('lo')), 5),
        blobs.put(inPieces(bytes('hello')), 5),
      ])
      expect(one).toEqual(other)
      await blobs.erase(one?.hash ?? '')
      expect(await blobs.get(one?.hash ?? '')).toBeNull()
    })

    test('refuses what is too large without reading the rest, and nothing of it stays', async () => {
      const blobs = await open()
      let left = false
      async function* endless(): AsyncGenerator<Uint8Array> {
        try {
          for (;;) yield bytes('hello')
        } finally {
          left = true
        }
      }
      expect(await blobs.put(endless(), 12)).toBeNull()
      expect(left).toBe(true)
      for (const text of ['hello', 'hellohello', 'hellohellohello'])
        expect(await blobs.get(hashOf(bytes(text)))).toBeNull()
    })

    test('stores nothing of a content that breaks off', async () => {
      const blobs = await open()
      async function* broken(): AsyncGenerator<Uint8Array> {
        yield bytes('hello')
        throw new Error('the connection was lost')
      }
      await expect(blobs.put(broken(), 100)).rejects.toThrow('the connection was lost')
      expect(await blobs.get(hashOf(bytes('hello')))).toBeNull()
    })

    test('lists what it has', async () => {
      const blobs = await open()
      expect(await blobs.list()).toEqual([])
      const hashes = ['hello', '日本語 🎉'].map(text => hashOf(bytes(text)))
      for (const text of ['hello', '日本語 🎉', 'hello']) await blobs.put(inPieces(bytes(text)), 100)
      expect((await blobs.list()).toSorted()).toEqual(hashes.toSorted())
      await blobs.erase(hashes[0] ?? '')
      expect(await blobs.list()).toEqual(hashes.slice(1))
    })

    test('erases, and takes the same again', async () => {
      const blobs = await open()
      const hash = hashOf(bytes('hello'))
      await blobs.erase(hash)
      for (const _ of [1, 2]) {
        await blobs.put(inPieces(bytes('hello')), 5)
        expect((await read(blobs, hash))?.whole.toString()).toBe('hello')
        await blobs.erase(hash)
        expect(await blobs.get(hash)).toBeNull()
      }
    })

    test.each(['', '..', '../incoming', 'a'.repeat(63), 'A'.repeat(64), `${'a'.repeat(64)}/x`, 'incoming'])(
      'has nothing under %j, which is no hash',
      async hash => {
        const blobs = await open()
        await blobs.put(inPieces(bytes('hello')), 5)
        await blobs.erase(hash)
        expect(await blobs.get(hash)).toBeNull()
        expect(await blobs.get(hashOf(bytes('hello')))).not.toBeNull()
      },
    )
  })
}
