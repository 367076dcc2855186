/** Attacks on the room for files: by one member, and by requests that don't say how much they send. */
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { memoryBlobs } from '../../src/journal/blobs/memory.ts'
import { FILES_MAX, FILES_SHARES } from '../../src/model/limits.ts'
import type { StoredFile } from '../../src/model/state/files.ts'
import type { State } from '../../src/model/state.ts'
import type { Blobs } from '../../src/port/blobs.ts'
import { uploadFault } from '../../src/reducer/messages/files.ts'
import { openHosting } from '../helpers/hosting.ts'
import { openWorld } from '../helpers/open-world.ts'
import { dial } from '../helpers/sockets.ts'
import { person } from '../server/messages/living.ts'

const MOST = 60_000
const QUOTA = 200_000

/** `peak`: the most bytes that the store had at once. */
async function openSite() {
  const store = { bytes: 0, peak: 0 }
  const inner = memoryBlobs()
  const sizes = new Map<string, number>()
  const blobs: Blobs = {
    ...inner,
    async put(content, most) {
      let size = 0
      async function* counted() {
        for await (const piece of content) {
          size += piece.length
          store.bytes += piece.length
          store.peak = Math.max(store.peak, store.bytes)
          yield piece
        }
      }
      try {
        const stored = await inner.put(counted(), most)
        if (stored) sizes.set(stored.hash, size)
        return stored
      } catch (error) {
        store.bytes -= size
        throw error
      }
    },
    async erase(hash) {
      store.bytes -= sizes.get(hash) ?? 0
      sizes.delete(hash)
      await inner.erase(hash)
    },
  }
  const hosted = await openHosting({ files: { most: MOST, quota: QUOTA } }, { blobs })
  return { ...hosted, blobs, store }
}

type Site = Awaited<ReturnType<typeof openSite>>

async function guest({ port, host }: Site, name: string) {
  const { heard, send } = await dial(port)
  send(`${JSON.stringify({ type: 'hello', name })}\n`)
  await heard.has('"type":"room"')
  const token = /"token":"([^"]+)"/.exec(heard.text)?.[1] ?? ''
  const authorization = `Session ${token}`
  const post = async (body: NonNullable<RequestInit['body']>, more: RequestInit = {}) => {
    const headers = { authorization, ...more.headers }
    const answer = await fetch(`http://${host}/files?name=x`, { ...more, method: 'POST', body, headers })
    return { status: answer.status, code: ((await answer.json()) as { code?: string }).code }
  }
  return { post }
}

const form = (files: number, size: number): FormData => {
  const all = new FormData()
  for (let k = 0; k < files; k++) all.append('file', new Blob([randomBytes(size)]), `${k}`)
  return all
}

/** Sent in pieces, without a length. */
function inPieces(body: FormData) {
  const request = new Request('http://x/', { method: 'POST', body })
  const type = request.headers.get('content-type') ?? ''
  return [request.body ?? '', { duplex: 'half', headers: { 'content-type': type } } as RequestInit] as const
}

describe('one member', () => {
  test('[FI1] has at most a quarter of the bytes, and others still have place', async () => {
    const site = await openSite()
    const [mallory, spider] = [await guest(site, 'mallory'), await guest(site, 'Spider-Man')]
    expect(await mallory.post(randomBytes(30_000))).toMatchObject({ status: 201 })
    expect(await mallory.post(randomBytes(30_000))).toEqual({ status: 507, code: 'own-files-full' })
    expect(await mallory.post(randomBytes(19_000))).toMatchObject({ status: 201 })
    expect(await spider.post(randomBytes(MOST))).toMatchObject({ status: 201 })
  })

  test('[FI1] has at most a quarter of the places', async () => {
    const world = await openWorld({ rate: null })
    await person(world, 'mallory')
    await person(world, 'Spider-Man')
    const [mallory, spider] = [...world.state().sessions.keys()]
    const by = world.state().sessions.get(mallory ?? '')?.member ?? ''
    const files = world.state().files.withMutations(all => {
      for (let k = 0; k < FILES_MAX / FILES_SHARES; k++) all.set(`${k}`, fileOf(`${k}`, by, k))
    })
    const state: State = { ...world.state(), files }
    expect(uploadFault(state, mallory ?? '', 1, QUOTA)).toMatchObject({ code: 'own-files-full' })
    expect(uploadFault(state, spider ?? '', 1, QUOTA)).toBeNull()
  })

  test('[FI1] does not fill the disk beyond the quota with forms that come in pieces', async () => {
    const site = await openSite()
    const mallory = await guest(site, 'mallory')
    const answers = await Promise.all(Array.from({ length: 8 }, () => mallory.post(...inPieces(form(10, 50_000)))))
    expect(new Set(answers.map(({ code }) => code))).toEqual(new Set(['own-files-full']))
    expect(site.store.peak).toBeLessThanOrEqual(QUOTA)
    expect(await site.blobs.list()).toEqual([])
  })
})

const fileOf = (file: string, by: string, message: number): StoredFile => ({
  ...{ file, by, message, hash: file, size: 1, kind: 'application/octet-stream', at: 0 },
})
