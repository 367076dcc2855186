// Files over HTTP: uploads, responses with their headers, and that nothing hurts.
import { randomBytes } from 'node:crypto'
import { request as httpRequest } from 'node:http'
import { BehaviorSubject, filter, firstValueFrom } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { memoryBlobs } from '../../../src/journal/blobs/memory.ts'
import type { Blobs } from '../../../src/port/blobs.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dial } from '../../helpers/sockets.ts'
import { HOSTILE } from '../../pictures/hostile.ts'
import * as make from '../../pictures/makers.ts'
import { PLANTED, SECRET } from '../../pictures/planted.ts'

type Body = NonNullable<RequestInit['body']>
type Hosted = Awaited<ReturnType<typeof openHosting>>

/** A server whose store says how many uploads come in. */
async function openSite(options: Parameters<typeof openHosting>[0] = {}) {
  const blobs = memoryBlobs()
  const coming$ = new BehaviorSubject(0)
  const watched: Blobs = {
    ...blobs,
    async put(content, most) {
      coming$.next(coming$.value + 1)
      try {
        return await blobs.put(content, most)
      } finally {
        coming$.next(coming$.value - 1)
      }
    },
  }
  const hosted = await openHosting(options, { blobs: watched })
  const has = (count: number): Promise<number> => firstValueFrom(coming$.pipe(filter(coming => coming === count)))
  return { ...hosted, blobs, has }
}
type Sent = {
  readonly id: string
  readonly url: string
  readonly name: string
  readonly kind: string
  readonly size: number
  readonly width?: number
  readonly thumb?: { readonly url: string }
}

/** A member that is here, and its requests over HTTP. */
async function member({ port, host }: Hosted, name = 'Spider-Man') {
  const { heard, send } = await dial(port)
  send(`${JSON.stringify({ type: 'hello', name })}\n`)
  await heard.has('"type":"room"')
  const token = /"token":"([^"]+)"/.exec(heard.text)?.[1] ?? ''
  const headers = { authorization: `Session ${token}` }
  async function upload(body: Body, query = '?name=shot.png') {
    const answer = await fetch(`http://${host}/files${query}`, { method: 'POST', body, headers })
    return {
      status: answer.status,
      body: (await answer.json()) as Sent & { readonly code: string; readonly message: string },
    }
  }
  const say = async (files: readonly { readonly id: string; readonly name: string }[], text = '') => {
    send(`${JSON.stringify({ type: 'say', n: ++n, text, files })}\n`)
    await heard.has(`"type":"done","n":${n}`)
  }
  let n = 0
  return { heard, send, token, headers, upload, say }
}

const get = (host: string, url: string, init: RequestInit = {}) => fetch(`http://${host}${url}`, init)

describe('an upload', () => {
  test('is served as it came, with headers that let nothing run', async () => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    const { status, body } = await upload(make.png())
    expect([status, body]).toMatchObject([
      201,
      { name: 'shot.png', kind: 'image/png', size: make.png().length, width: 6, height: 4 },
    ])
    expect(body.url).toBe(`/files/${body.id}/shot.png`)
    const answer = await get(hosted.host, body.url)
    expect(Buffer.from(await answer.arrayBuffer()).equals(make.png())).toBe(true)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': `${make.png().length}`,
      'content-disposition': 'inline; filename="shot.png"',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'private, no-cache',
    })
    const etag = answer.headers.get('etag') ?? ''
    expect((await get(hosted.host, body.url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    const head = await get(hosted.host, body.url, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-type'), await head.text()]).toEqual([200, 'image/png', ''])
  })

  test('twice the same is two files', async () => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    const [one, other] = [await upload('hello'), await upload('hello')]
    expect(one.body.id).not.toBe(other.body.id)
    const [first, second] = await Promise.all([one, other].map(({ body }) => get(hosted.host, body.url)))
    expect(first?.headers.get('etag')).not.toBe(second?.headers.get('etag'))
    expect(await second?.text()).toBe('hello')
  })

  test.each(Object.entries(PLANTED))('loses what it says of people and places: %s', async (_, content) => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    const { status, body } = await upload(content as Body)
    expect(status).toBe(201)
    expect(Buffer.from(await (await get(hosted.host, body.url)).arrayBuffer()).includes(SECRET)).toBe(false)
  })

  test('of anything else is an attachment, to the byte', async () => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    for (const content of [Buffer.from('<html><script>alert(1)</script>'), randomBytes(300_000), Buffer.of()]) {
      const { body } = await upload(content, '?name=page.html')
      expect(body).toMatchObject({ kind: 'application/octet-stream', size: content.length })
      const answer = await get(hosted.host, body.url)
      expect(answer.headers.get('content-type')).toBe('application/octet-stream')
      expect(answer.headers.get('content-disposition')).toBe('attachment; filename="page.html"')
      expect(Buffer.from(await answer.arrayBuffer()).equals(content)).toBe(true)
    }
  })

  test.each(Object.entries(HOSTILE))('that was made to hurt runs nowhere: %s', async (_, content) => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    const { status, body } = await upload(content as Body)
    if (status !== 201) return expect([status, body.code]).toEqual([422, 'picture-damaged'])
    const answer = await get(hosted.host, body.url)
    await answer.arrayBuffer()
    expect(answer.headers.get('content-type')).toMatch(
      /^(image\/(png|jpeg|webp|gif|avif|heic)|application\/octet-stream)$/,
    )
    expect(answer.headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test.each([
    ['../../etc/passwd', 'passwd', 'filename="passwd"'],
    ['C:\\temp\\a.txt', 'a.txt', 'filename="a.txt"'],
    ['..', 'file', 'filename="file"'],
    ['', 'file', 'filename="file"'],
    ['a\r\nSet-Cookie: x=1', 'a Set-Cookie: x=1', /^filename="a Set-Cookie_ x=1"; filename\*=/],
    ['a"b;c\\', 'file', 'filename="file"'],
    ['田中.png', '田中.png', 'filename="__.png"; filename*=UTF-8\'\'%E7%94%B0%E4%B8%AD.png'],
    ["it's (1)*.txt", "it's (1)*.txt", "filename=\"it's (1)_.txt\"; filename*=UTF-8''it%27s%20%281%29%2A.txt"],
    ['gpj.\u202eexe', null, /^filename="/],
    ['🦊'.repeat(100), null, /^filename="/],
    ['x'.repeat(1000), null, /^filename="x{255}"$/],
  ])('called %j has a harmless name', async (given, called, parameters) => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    const { status, body } = await upload('text', `?name=${encodeURIComponent(given)}`)
    expect(status).toBe(201)
    if (called !== null) expect(body.name).toBe(called)
    expect(body.name).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069/]/u)
    expect(Buffer.byteLength(body.name)).toBeLessThanOrEqual(255)
    const answer = await get(hosted.host, body.url)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('set-cookie')).toBeNull()
    const disposition = (answer.headers.get('content-disposition') ?? '').replace('attachment; ', '')
    if (typeof parameters === 'string') expect(disposition).toBe(parameters)
    else expect(disposition).toMatch(parameters)
  })

  test('brings a small picture in a form, behind its file', async () => {
    const hosted = await openSite()
    const { upload } = await member(hosted)
    const form = new FormData()
    form.append('file', new Blob([make.png(make.chunk('tEXt', SECRET))]), 'thumb')
    form.append('thumb', new Blob([make.jpeg(make.segment(0xfe, SECRET))]), 'small.jpg')
    const { status, body } = await upload(form, '')
    expect([status, body.kind, body.name]).toEqual([201, 'image/png', 'thumb'])
    const small = await get(hosted.host, body.thumb?.url ?? '')
    expect(small.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await small.arrayBuffer()).equals(make.JPEG)).toBe(true)
    expect(Buffer.from(await (await get(hosted.host, body.url)).arrayBuffer()).equals(make.png())).toBe(true)
  })
})

describe('an upload is refused', () => {
  const big = make.png(make.chunk('IDAT', randomBytes(60_000)))

  test('with the reason, and nothing of it stays', async () => {
    const hosted = await openSite({ files: { most: 50_000, quota: 100_000 } })
    const { upload, headers } = await member(hosted)
    const form = (...parts: readonly (readonly [string, Uint8Array | string])[]): FormData => {
      const made = new FormData()
      for (const [field, content] of parts) made.append(field, new Blob([content as Uint8Array<ArrayBuffer>]), 'x.png')
      return made
    }
    const wide = Buffer.concat([
      make.PNG_SIGNATURE,
      make.header(641, 1),
      make.chunk('IDAT', make.PIXELS),
      make.chunk('IEND'),
    ])
    for (const [body, status, code] of [
      [randomBytes(50_001), 413, 'file-too-large'],
      [make.png().subarray(0, 60), 422, 'picture-damaged'],
      [form(['file', big]), 413, 'file-too-large'],
      [form(['file', make.png()], ['thumb', 'no picture']), 400, 'thumb-unfit'],
      [form(['file', make.png()], ['thumb', wide]), 400, 'thumb-unfit'],
      [form(['thumb', make.png()]), 400, 'request'],
      [form(), 400, 'request'],
    ] as const) {
      const answer = await upload(body as Body)
      expect([answer.status, answer.body.code]).toEqual([status, code])
      expect(answer.body.message).toMatch(/\.$/)
    }
    const broken = {
      method: 'POST',
      headers: { ...headers, 'content-type': 'multipart/form-data; boundary=x' },
      body: '--x\r\nno',
    }
    expect((await get(hosted.host, '/files', broken)).status).toBe(400)
    const without = { method: 'POST', headers: { ...headers, 'content-type': 'multipart/form-data' }, body: 'no' }
    expect((await get(hosted.host, '/files', without)).status).toBe(400)
    expect(await hosted.blobs.list()).toEqual([])
  })

  test('over the quota, also by two at once', async () => {
    const hosted = await openSite({ files: { most: 60_000, quota: 100_000 } })
    const [spider, li] = [await member(hosted), await member(hosted, '李')]
    const sent = await Promise.all([spider, li].map(({ upload }) => upload(randomBytes(55_000))))
    expect(sent.map(({ status }) => status).toSorted()).toEqual([201, 507])
    const { upload } = await member(hosted, 'Mr.Blue')
    expect((await upload(randomBytes(50_000))).body.code).toBe('files-full')
    expect((await upload(randomBytes(45_000))).status).toBe(201)
    expect(await hosted.blobs.list()).toHaveLength(2)
  })

  test('without a session, or where there are no files', async () => {
    const hosted = await openSite()
    for (const headers of [{}, { authorization: 'Session guess' }, { authorization: 'Bearer x' }] as Record<
      string,
      string
    >[]) {
      const answer = await get(hosted.host, '/files?name=x', { method: 'POST', body: 'x', headers })
      expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([401, 'session-needed'])
    }
    const off = await openSite({ files: null })
    const { upload } = await member(off)
    expect((await upload('x')).body.code).toBe('files-off')
  })

  test('if too many come in at once, and those that do go on', async () => {
    const hosted = await openSite()
    const { upload, headers } = await member(hosted)
    const slow = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const request = httpRequest(`http://${hosted.host}/files`, {
          method: 'POST',
          headers: { ...headers, 'content-length': 2 },
        })
        const answered = new Promise<number>(resolve =>
          request.once('response', answer => resolve(answer.resume().statusCode ?? 0)),
        )
        await new Promise<void>(resolve => request.write('x', () => resolve()))
        return { request, answered }
      }),
    )
    await hosted.has(8)
    expect((await upload('x')).body.code).toBe('uploads-busy')
    for (const { request } of slow) request.end('y')
    expect(await Promise.all(slow.map(({ answered }) => answered))).toEqual(Array(8).fill(201))
    expect((await upload('x')).status).toBe(201)
  })

  test('that is cut off leaves nothing, and frees its place', async () => {
    const hosted = await openSite()
    const { headers, upload } = await member(hosted)
    for (const type of ['application/octet-stream', 'multipart/form-data; boundary=x']) {
      const request = httpRequest(`http://${hosted.host}/files`, {
        method: 'POST',
        headers: { ...headers, 'content-type': type, 'content-length': 100_000 },
      })
      request.on('error', () => {})
      const begin = type.startsWith('multi')
        ? '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n'
        : ''
      await new Promise<void>(resolve => request.write(`${begin}${'x'.repeat(1000)}`, () => resolve()))
      await hosted.has(1)
      request.destroy()
      await hosted.has(0)
    }
    expect(await hosted.blobs.list()).toEqual([])
    expect((await upload('x')).status).toBe(201)
  })
})
