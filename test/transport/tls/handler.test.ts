/** TLS on the port of all others: every protocol inside, every form of the first record, and the certificate. */
import { type AddressInfo, connect, createServer } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { WRITE_BYTES } from '../../../src/model/limits.ts'
import { makeCertificate } from '../../../src/transport/tls/certificate.ts'
import { fingerprintOf } from '../../../src/transport/tls/fingerprint.ts'
import { tlsHandler } from '../../../src/transport/tls/handler.ts'
import { type Hosting, openHosting } from '../../helpers/hosting.ts'
import { eventually, isEmpty } from '../../helpers/patience.ts'
import { secure, selfSigned } from '../../helpers/secure.ts'
import { dial } from '../../helpers/sockets.ts'
import { handshake } from '../../helpers/websocket.ts'

const hello = (name: string): string => `${JSON.stringify({ type: 'hello', name })}\n`
const guarded = (): Promise<Hosting> => openHosting({}, { tls: tlsHandler(selfSigned) })
const closing = (): Promise<Hosting> => openHosting({ tlsOnly: true }, { tls: tlsHandler(selfSigned) })

test('[S1] native, line and classic are spoken inside as outside, on the same port', async () => {
  const { port } = await guarded()
  const [alice, bob, carol, dave] = [await secure(port), await secure(port), await secure(port), await dial(port)]
  alice.send(hello('alice'))
  await alice.heard.has('"type":"room"')
  bob.send('bob\n')
  await bob.heard.has('In #lobby')
  carol.send('carol')
  await carol.heard.has('&Host')
  dave.send(hello('dave'))
  await dave.heard.has('"type":"room"')
  alice.send('{"type":"say","text":"to all of you"}\n')
  for (const { heard } of [alice, bob, carol, dave]) await heard.has('to all of you')
})

test('[S1] a client that says nothing inside is asked for a name there', async () => {
  const { port } = await guarded()
  const person = await secure(port)
  await person.heard.has('Your name? ')
})

test('[S1] a client that ends its half at once is answered first', async () => {
  const { port } = await guarded()
  const pipe = await secure(port)
  pipe.socket.end('pipe\nhi there\n')
  await pipe.heard.has('Welcome, pipe')
})

test('[S1] HTTP inside keeps its connection, and is what ALPN says', async () => {
  const { port } = await guarded()
  const browser = await secure(port, { ALPNProtocols: ['h2', 'http/1.1'] })
  expect(browser.socket.alpnProtocol).toBe('http/1.1')
  const times = (): number => browser.heard.text.split('HTTP/1.1 200 OK').length - 1
  for (let k = 1; k <= 3; k++) {
    browser.send('GET / HTTP/1.1\r\nHost: chat:1\r\n\r\n')
    await browser.heard.until(() => times() === k || undefined)
  }
  expect(browser.heard.text).toContain('https://chat:1/')
  expect(browser.heard.text).toContain('rxchat tls://chat:1')
})

test('[S1] a WebSocket inside is one', async () => {
  const { port } = await guarded()
  const page = await secure(port)
  page.send(handshake(`127.0.0.1:${port}`, { Origin: `https://127.0.0.1:${port}` }))
  await page.heard.has('101 Switching Protocols')
})

test('[S1] a protocol offered by ALPN and not spoken here is refused', async () => {
  const { port } = await guarded()
  await expect(secure(port, { ALPNProtocols: ['h2'] })).rejects.toThrow(/alert/i)
})

test('[S1] TLS in TLS is not served', async () => {
  const { port } = await guarded()
  const { socket, heard } = await secure(port)
  socket.write(Buffer.of(0x16, 3, 1, 0, 200))
  await new Promise(resolve => socket.once('end', resolve))
  expect(heard.text.charCodeAt(0), 'an alert').toBe(0x15)
})

/** Keys against quantum computers make a record four times as long, of which then only some places are tried. */
test.each([
  ['at every byte', { ecdhCurve: 'X25519' }, 1],
  ['wherever a network cuts it', {}, 97],
])('[S2] the first record may come in two, %s', async (_, hello, step) => {
  const { port } = await guarded()
  const record = await firstRecord(port, hello)
  for (let at = 1; at < record; at += step) {
    const { socket } = await secure(await splitting(port, at), hello)
    socket.destroy()
  }
})

/** How long the first thing is that a client says. */
async function firstRecord(port: number, hello: ConnectionOptions): Promise<number> {
  const first = Promise.withResolvers<number>()
  const through = await between(port, (bytes, pass) => {
    first.resolve(bytes.length)
    pass(bytes)
  })
  const { socket } = await secure(through, hello)
  socket.destroy()
  return first.promise
}

/** The first bytes pass in two parts, the second when the first has arrived. */
const splitting = (port: number, at: number): Promise<number> =>
  between(port, (bytes, pass) => pass(bytes.subarray(0, at), () => pass(bytes.subarray(at))))

type Pass = (bytes: Uint8Array, then?: () => void) => void

async function between(port: number, first: (bytes: Uint8Array, pass: Pass) => void): Promise<number> {
  const server = createServer(socket => {
    const beyond = connect(port, '127.0.0.1').setNoDelay(true)
    const pass: Pass = (bytes, then) => void beyond.write(bytes, () => then && setImmediate(then))
    socket.once('data', bytes => {
      first(bytes, pass)
      socket.on('data', more => void beyond.write(more))
    })
    beyond.pipe(socket)
    for (const [one, other] of [
      [socket, beyond],
      [beyond, socket],
    ] as const) {
      one.on('error', () => {}).on('close', () => other.destroy())
    }
  })
  onTestFinished(() => void server.close())
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

test('[S3] a renewed certificate is shown to new clients; present ones notice nothing', async () => {
  const tls = tlsHandler(selfSigned)
  const { port } = await openHosting({}, { tls })
  const alice = await secure(port)
  alice.send(hello('alice'))
  await alice.heard.has('"type":"room"')
  const next = makeCertificate('next', ['localhost'], Date.now())
  for (let k = 0; k < 20; k++) {
    alice.send(`{"type":"say","text":"message ${k}."}\n`)
    if (k === 10) tls.renew(next)
    const shown = fingerprintOf((await secure(port)).socket.getPeerCertificate().raw)
    expect(shown).toBe(fingerprintOf((k < 10 ? selfSigned : next).cert))
  }
  await alice.heard.has('message 19.')
  expect(() => tls.renew({ cert: next.cert, key: selfSigned.key })).toThrow(/mismatch/)
  expect(() => tls.renew({ cert: 'no certificate', key: next.key })).toThrow()
  expect(tls.fingerprint()).toBe(fingerprintOf(next.cert))
  const { socket } = await secure(port)
  expect(fingerprintOf(socket.getPeerCertificate().raw)).toBe(fingerprintOf(next.cert))
})

test.each<[string, string, RegExp]>([
  ['native', hello('alice'), /^\{"type":"closed",.*"code":"tls-only".*This server accepts TLS only/],
  ['line', 'alice\n', /^\[[\d:]+\] server > This server accepts TLS only/],
  ['classic', 'alice', /^NOT_UNIQUE/],
  ['IRC', 'NICK alice\r\nUSER a 0 * :a\r\n', /^ERROR :This server accepts TLS only/],
  [
    'a request',
    'GET /x?y HTTP/1.1\r\nHost: chat:1\r\n\r\n',
    /^HTTP\/1\.1 308 .*\r\nLocation: https:\/\/chat:1\/x\?y\r\n/s,
  ],
  [
    'an order',
    'POST / HTTP/1.1\r\nHost: chat\r\nContent-Length: 0\r\n\r\n',
    /^HTTP\/1\.1 426 .*Upgrade: TLS.*This server accepts TLS/s,
  ],
  ['WebSocket', handshake('chat:1'), /^HTTP\/1\.1 426 .*This server accepts TLS only/s],
])('[S4] where only TLS is taken, %s in plain text is told so in its own words, and ends', async (_, words, answer) => {
  const { port } = await closing()
  const wired = await dial(port)
  wired.send(words)
  await new Promise(resolve => wired.socket.once('close', resolve))
  expect(wired.heard.text).toMatch(answer)
})

test('[S4] and inside of TLS everything is as ever', async () => {
  const { port } = await closing()
  const [alice, browser] = [await secure(port), await secure(port)]
  alice.send('alice\n')
  await alice.heard.has('In #lobby')
  browser.send('GET / HTTP/1.1\r\nHost: chat:1\r\n\r\n')
  await browser.heard.has('HTTP/1.1 200 OK')
})

test('[S1] a handshake that is broken off, or never ends, leaves nothing behind', async () => {
  const { port, server } = await guarded()
  for (const bytes of [Buffer.of(0x16), Buffer.of(0x16, 3, 1, 0, 1, 0), Buffer.from('\u0016 no handshake at all')]) {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {})
    socket.end(bytes)
    await new Promise(resolve =>
      socket
        .resume()
        .once('close', resolve)
        .once('end', () => socket.destroy()),
    )
  }
  await eventually('no connection', () => server.connections(), isEmpty)
})

test('[F3] a client that reads nothing inside of TLS holds no more than its bound, and is let go', async () => {
  const { port, server } = await openHosting({ rate: null }, { tls: tlsHandler(selfSigned) })
  const [talker, stopped] = [await dial(port), await secure(port)]
  talker.send(hello('talker'))
  await talker.heard.has('"type":"room"')
  stopped.send('{"type":"hello","name":"stopped","history":0}\n')
  await stopped.heard.has('"type":"room"')
  stopped.socket.pause()
  const letGo = new Promise(resolve => {
    server.noted$.subscribe(note => {
      if (note.type !== 'gave-up' || note.code !== 'too-slow') return
      // At once: for the reason it has no longer than any farewell takes.
      stopped.socket.resume()
      resolve(note)
    })
  })
  const text = 'x'.repeat(8000)
  const most: number[] = []
  for (let round = 0; round < 30; round++) {
    for (let k = 0; k < 50; k++) talker.send(`${JSON.stringify({ type: 'say', text })}\n`)
    talker.send(`{"type":"ping","id":"round ${round}"}\n`)
    await talker.heard.has(`"round ${round}"`)
    most.push(...server.connections().map(({ outstanding }) => outstanding))
  }
  await letGo
  expect(Math.max(...most)).toBeLessThanOrEqual(2 * WRITE_BYTES)
  await stopped.heard.has('"code":"too-slow"')
})

test('[S1] without a certificate TLS is refused with an alert', async () => {
  const { port } = await openHosting()
  const refused = new Promise(resolve => connectTls({ port, host: '127.0.0.1' }).once('error', resolve))
  expect(String(await refused)).toMatch(/handshake failure/)
})
