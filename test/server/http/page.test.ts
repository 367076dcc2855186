/** Answers over HTTP: the page as it was built, or a sentence. */
import { brotliCompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { HTTP_PIPELINED_MAX } from '../../../src/model/limits.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { call } from '../../helpers/websocket.ts'

const INDEX = '<!doctype html><title>rxchat</title>'
const SCRIPT = 'console.log("hello")'
const page = {
  'index.html': INDEX,
  'favicon.svg': '<svg/>',
  '.secret': 'secret',
  'assets/index-abc.js': SCRIPT,
  'assets/index-abc.js.br': brotliCompressSync(SCRIPT),
  'assets/index-abc.js.gz': gzipSync(SCRIPT),
}
const BROWSER = { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' }

async function site(files: Readonly<Record<string, string | Uint8Array>> = page) {
  const { host, port } = await openHosting({}, { page: files })
  return { host, port, get: (path: string, init: RequestInit = {}) => fetch(`http://${host}${path}`, init) }
}

/** A request as it is written, and all of the answer. */
async function raw(port: number, request: string): Promise<string> {
  const caller = await call(port)
  caller.send(request)
  await caller.over
  return caller.received().toString('latin1')
}

describe('the page', () => {
  test('is served to browsers under a strict policy, and looked at anew each time [B1]', async () => {
    const { get, host } = await site()
    const answer = await get('/?x=1#lobby', { headers: BROWSER })
    expect(await answer.text()).toBe(INDEX)
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    })
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:")
    expect(policy).toContain(`connect-src 'self' ws://${host} wss://${host}`)
    expect(policy).toContain("manifest-src 'self'; worker-src 'self'")
    expect(policy).toContain("base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
    expect(policy).not.toContain('unsafe')
  })

  test('is not sent again to a browser that has it', async () => {
    const { get } = await site()
    const etag = (await get('/', { headers: BROWSER })).headers.get('etag') ?? ''
    const again = await get('/', { headers: { ...BROWSER, 'if-none-match': `"other", W/${etag}` } })
    expect(again.status).toBe(304)
    expect(await again.text()).toBe('')
    expect((await get('/', { headers: { ...BROWSER, 'if-none-match': '"other"' } })).status).toBe(200)
  })

  test('has assets that never change, compressed as the browser takes them', async () => {
    const { port, host } = await site()
    const ask = (accept: string): Promise<string> =>
      raw(
        port,
        `GET /assets/index-abc.js HTTP/1.1\r\nHost: ${host}\r\nAccept-Encoding: ${accept}\r\nConnection: close\r\n\r\n`,
      )
    const [br, gzip, refused, plain] = [
      await ask('gzip, deflate, br'),
      await ask('gzip'),
      await ask('br;q=0, gzip;q=0.0'),
      await ask(''),
    ]
    expect(br).toMatch(/\r\nContent-Encoding: br\r\n/i)
    expect(gzip).toMatch(/\r\nContent-Encoding: gzip\r\n/i)
    expect(gunzipSync(Buffer.from(gzip.split('\r\n\r\n')[1] ?? '', 'latin1')).toString()).toBe(SCRIPT)
    for (const bare of [refused, plain]) {
      expect(bare).not.toMatch(/content-encoding/i)
      expect(bare.endsWith(`\r\n\r\n${SCRIPT}`)).toBe(true)
    }
    for (const answer of [br, gzip, plain]) {
      expect(answer).toMatch(/cache-control: public, max-age=31536000, immutable\r\n/i)
      expect(answer).toMatch(/vary: Accept, Accept-Encoding\r\n/i)
      expect(answer).toMatch(/content-type: text\/javascript; charset=utf-8\r\n/i)
    }
    const etags = [br, gzip, plain].map(answer => /etag: (\S+)/i.exec(answer)?.[1])
    expect(new Set(etags).size).toBe(3)
  })

  test('answers HEAD with the head alone', async () => {
    const { get } = await site()
    const answer = await get('/', { method: 'HEAD', headers: BROWSER })
    expect(answer.headers.get('content-length')).toBe(`${INDEX.length}`)
    expect(await answer.text()).toBe('')
  })

  test.each([
    '/.secret',
    '/nothing',
    '/../package.json',
    '/assets/../../package.json',
    '/%2e%2e/package.json',
    '/..%2fpackage.json',
    '/assets/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '//etc/passwd',
    '/assets',
    '/assets/',
    '/assets/index-abc.js.br',
    '/assets/index-abc.js%00.html',
    '/__proto__',
    '/..\\package.json',
  ])('is all that is there: %s is not [B1]', async path => {
    const { port, host } = await site()
    const answer = await raw(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 40[04] /)
    expect(answer).toMatch(/\r\n\r\n[A-Z][^\n]*\.\n$/)
  })
})

describe('a sentence', () => {
  test('says how to join, to a client that is no browser [B2]', async () => {
    const { get, host } = await site()
    const answer = await get('/')
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    const text = await answer.text()
    for (const way of [`http://${host}/`, `rxchat ${host}`, `nc ${host.replace(':', ' ')}`]) expect(text).toContain(way)
  })

  test('says that the page is not built, if it is not [B2]', async () => {
    const { get } = await site({})
    const answer = await get('/', { headers: BROWSER })
    expect(answer.status).toBe(200)
    expect(await answer.text()).toMatch(/^The page is not built: run `npm run build`/)
  })

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])(
    'says what to use instead of %s [B2]',
    async method => {
      const { port, host } = await site()
      const answer = await raw(port, `${method} / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      expect(answer).toMatch(/^HTTP\/1\.1 405 /)
      expect(answer).toMatch(/\r\nallow: GET, HEAD\r\n/i)
    },
  )

  test.each([
    ['a head that is none', 'GET / HTTP/1.1\r\nno colon\r\n\r\n', 400],
    ['a version that is none', 'GET / HTTP/9\r\n\r\n', 400],
    ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a client of old, which names no host', 'GET / HTTP/1.0\r\n\r\n', 200],
    ['two hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n', 400],
    ['a host that would end the policy', 'GET / HTTP/1.1\r\nHost: a; script-src *\r\nConnection: close\r\n\r\n', 400],
    ['a head that is too long', `GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'a request smuggled in two lengths',
      'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a tunnel', 'CONNECT evil:80 HTTP/1.1\r\nHost: evil:80\r\n\r\n', 405],
  ])('answers %s [W3]', async (_, request, status) => {
    const { port } = await site()
    const answer = await raw(port, request)
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} .*\\r\\n\\r\\n[A-Z].*\\n$`, 's'))
  })
})

test.each([
  ['the page', '/', INDEX],
  ['the page with a query', '/?x=1', INDEX],
  ['the page, and not even a path', '', INDEX],
  ['a query alone', '?x=1', INDEX],
  ['a file', '/favicon.svg', '<svg/>'],
  ['the API', '/healthz', '{"status":"ok"}'],
])(
  '[B1] a request may have the whole address in its first line, as RFC 9112, 3.2.2, has it: %s',
  async (_, path, body) => {
    const { port, host } = await site()
    const answer = await raw(
      port,
      `GET http://${host}${path} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/html\r\nConnection: close\r\n\r\n`,
    )
    expect(answer).toMatch(/^HTTP\/1\.1 200 /)
    expect(answer.split('\r\n\r\n')[1]).toBe(body)
  },
)

test('requests may follow one another, also in one packet', async () => {
  const { port, host } = await site()
  const get = (path: string, more = ''): string => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`
  const answer = await raw(port, get('/favicon.svg') + get('/nothing') + get('/favicon.svg', 'Connection: close\r\n'))
  expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '404', '200'])
})

test('[B2] a client that asks on and on without reading is cut, and the answers do not pile up', async () => {
  const { port, host, get } = await site()
  const one = `GET /nothing HTTP/1.1\r\nHost: ${host}\r\n`
  const ask = (count: number): Promise<string> =>
    raw(port, `${`${one}\r\n`.repeat(count - 1)}${one}Connection: close\r\n\r\n`)
  const answers = async (count: number): Promise<number> => [...(await ask(count)).matchAll(/HTTP\/1\.1 404/g)].length
  expect(await answers(HTTP_PIPELINED_MAX)).toBe(HTTP_PIPELINED_MAX)
  expect(await answers(HTTP_PIPELINED_MAX + 1)).toBe(0)
  expect((await get('/nothing')).status).toBe(404)
})

test('a client that ends its side still gets its answer', async () => {
  const { port, host } = await site()
  const caller = await call(port)
  caller.socket.end(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  await caller.over
  expect(caller.received().toString()).toMatch(/This is rxchat/)
})
