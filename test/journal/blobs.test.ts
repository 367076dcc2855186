/**
 * Files beside the journal: in memory, in a directory that outlives its server, and in a store that several nodes
 * share.
 */
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { blobDirectory } from '../../src/journal/blobs/directory.ts'
import { memoryBlobs } from '../../src/journal/blobs/memory.ts'
import { openSharedBlobs, sharedBlobs } from '../../src/journal/blobs/shared.ts'
import { DataError } from '../../src/journal/data-error.ts'
import { MemoryBroker } from '../helpers/memory-broker.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { virtualClock } from '../helpers/virtual-clock.ts'
import { blobsContract, hashOf, inPieces } from './blobs-contract.ts'

blobsContract('memory', async () => memoryBlobs())
blobsContract('a directory', () => blobDirectory(join(temporaryFolder(), 'blobs')))
blobsContract('the object store of a log', async () =>
  sharedBlobs(new MemoryBroker(virtualClock()).connect('one').states, memoryBlobs()),
)

describe('files of several nodes', () => {
  async function nodes() {
    const broker = new MemoryBroker(virtualClock())
    const objects = broker.connect('one').states
    const incoming = memoryBlobs()
    return { objects, incoming, one: sharedBlobs(objects, incoming), two: sharedBlobs(objects, memoryBlobs()) }
  }
  const content = Buffer.from('日本語 🎉')
  const hash = hashOf(content)

  test('are on all of them, and stay on none that took them in', async () => {
    const { incoming, one, two } = await nodes()
    await one.put(inPieces(content), 100)
    expect(await two.get(hash)).toMatchObject({ size: content.length })
    expect(await incoming.get(hash)).toBeNull()
    await two.erase(hash)
    expect(await one.get(hash)).toBeNull()
  })

  test('of a server that was alone before are shared when it joins', async () => {
    const { objects, two } = await nodes()
    const own = memoryBlobs()
    for (const each of [content, Buffer.from('hello')]) await own.put(inPieces(each), 100)
    const joined = await openSharedBlobs(objects, own)
    expect(await own.list()).toEqual([])
    expect(await two.get(hash)).toMatchObject({ size: content.length })
    expect(await joined.list()).toHaveLength(2)
  })

  test.each([
    ['nothing', []],
    ['less than its size', [Buffer.alloc(7)]],
    ['another content', [Buffer.alloc(8), content.subarray(1)]],
  ])('are damaged if the object has %s [J4]', async (_, pieces) => {
    const { objects, one } = await nodes()
    await objects.put(hash, inPieces(...pieces))
    const reading = async (): Promise<void> => {
      for await (const piece of (await one.get(hash))?.pieces ?? []) void piece
    }
    await expect(reading()).rejects.toThrow(DataError)
  })
})

describe('a directory of files', () => {
  const HELLO = Buffer.from('hello')
  const files = (folder: string): readonly string[] =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(({ name }) => name)

  test('has them at the next start, and nothing that was not whole', async () => {
    const folder = temporaryFolder()
    const hash = hashOf(HELLO)
    await (await blobDirectory(folder)).put(inPieces(HELLO), 5)
    writeFileSync(join(folder, 'incoming', 'of the dead'), 'hel')
    const again = await blobDirectory(folder)
    expect(await again.get(hash)).toMatchObject({ size: 5 })
    expect(files(folder)).toEqual([hash])
    await again.erase(hash)
    expect(files(folder)).toEqual([])
  })

  test('leaves what comes in at another process of the server alone', async () => {
    const folder = temporaryFolder()
    const blobs = await blobDirectory(folder)
    const begun = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    async function* slow(): AsyncGenerator<Uint8Array> {
      yield HELLO
      begun.resolve()
      await goOn.promise
    }
    const putting = blobs.put(slow(), 5)
    await begun.promise
    const worker = await blobDirectory(folder, true)
    goOn.resolve()
    expect(await putting).toEqual({ hash: hashOf(HELLO), size: 5 })
    expect(await worker.get(hashOf(HELLO))).toMatchObject({ size: 5 })
  })

  test('keeps no file of what it refused or lost', async () => {
    const folder = temporaryFolder()
    const blobs = await blobDirectory(folder)
    await blobs.put(inPieces(HELLO, HELLO), 9)
    const broken = (async function* () {
      yield HELLO
      throw new Error('lost')
    })()
    await expect(blobs.put(broken, 9)).rejects.toThrow('lost')
    expect(files(folder)).toEqual([])
  })

  test('is for its user alone', async () => {
    const folder = join(temporaryFolder(), 'blobs')
    const blobs = await blobDirectory(folder)
    const hash = hashOf(HELLO)
    await blobs.put(inPieces(HELLO), 5)
    const modes = [folder, join(folder, hash.slice(0, 2)), join(folder, hash.slice(0, 2), hash)].map(
      path => statSync(path).mode & 0o777,
    )
    expect(modes).toEqual([0o700, 0o700, 0o600])
  })

  test('says that a file is damaged [J4]', async () => {
    const folder = temporaryFolder()
    const blobs = await blobDirectory(folder)
    const hash = hashOf(HELLO)
    await blobs.put(inPieces(HELLO), 5)
    writeFileSync(join(folder, hash.slice(0, 2), hash), 'hallo')
    const found = await blobs.get(hash)
    const reading = async (): Promise<void> => {
      for await (const _ of found?.pieces ?? []);
    }
    await expect(reading()).rejects.toThrow(DataError)
  })
})
