// A stall of this process is not the silence of an HTTP client: bytes that have arrived meanwhile are read before it is
// judged.
import { expect, test } from 'vitest'
import { METRICS_COST } from '../../../src/model/limits.ts'
import { tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { dial, dialNative, type Wired } from '../../helpers/sockets.ts'

/** Less than the stall, far more than a turn of the loop. */
const SHORT_MS = 1000
const STALL_MS = 1500
const LONG = { head: 60_000, request: 60_000, keepAlive: 60_000, idle: 60_000, look: 20 }

/** Nothing of this process runs meanwhile; bytes written to its sockets wait in the kernel. */
const standStill = (ms: number): unknown => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)

/** The server, which runs in this process, has read the written bytes. */
async function turns(): Promise<void> {
  for (let count = 0; count < 10; count++) await new Promise(setImmediate)
}

/** All that it got, when the server has ended it. */
const ended = ({ socket, heard }: Wired): Promise<string> =>
  new Promise(resolve => socket.once('close', () => resolve(heard.text)))

const HEAD = 'GET /healthz HTTP/1.1\r\nHost: x\r\n'

test('[V3] the rest of a head that came during a stall is read, and answered', async () => {
  const { port } = await openHosting({}, { patience: { ...LONG, head: SHORT_MS } })
  const one = await dial(port)
  one.send(`${HEAD}\r\n`)
  await one.heard.has('200 OK')
  one.send(HEAD)
  await turns()
  one.send('Connection: close\r\n\r\n')
  standStill(STALL_MS)
  expect((await ended(one)).split('200 OK')).toHaveLength(3)
})

test('[V3] a head that does not come in time is refused with 408', async () => {
  const { port } = await openHosting({}, { patience: { ...LONG, head: SHORT_MS } })
  const one = await dial(port)
  one.send(HEAD)
  expect(await ended(one)).toMatch(/^HTTP\/1\.1 408 /)
})

test('[V3] a request that came during a stall is answered, though its connection was idle for too long', async () => {
  const { port } = await openHosting({}, { patience: { ...LONG, idle: SHORT_MS } })
  const one = await dial(port)
  one.send(HEAD)
  await turns()
  one.send('Connection: close\r\n\r\n')
  standStill(STALL_MS)
  expect(await ended(one)).toContain('200 OK')
})

test('[V3] a connection on which nothing comes is ended', async () => {
  const { port } = await openHosting({}, { patience: { ...LONG, keepAlive: SHORT_MS, idle: SHORT_MS } })
  const one = await dial(port)
  one.send(`${HEAD}\r\n`)
  expect(await ended(one)).toMatch(/^HTTP\/1\.1 200 /)
})

test('[L6] looks at /metrics count for many, and a flood of them is refused with 429', async () => {
  const { host } = await openHosting({ rate: { perSecond: 1, burst: 2 } })
  // An address may ask for a hundred at once: for four looks, or twenty of anything else.
  const looks = (path: string) =>
    Promise.all(Array.from({ length: 20 }, async () => (await fetch(`http://${host}${path}`)).status))
  expect(await looks('/healthz')).not.toContain(429)
  expect(20 * METRICS_COST).toBeGreaterThan(400)
  const statuses = await looks('/metrics')
  expect(statuses).toContain(200)
  expect(statuses.filter(status => status === 429).length).toBeGreaterThan(5)
})

test('[V3] an upload may take longer than another request, which is refused with 408', async () => {
  const { server, port } = await openHosting({}, { patience: { ...LONG, request: SHORT_MS } })
  const { heard } = await dialNative(port, 'Ünal')
  const session = /"token":"([^"]+)"/.exec(heard.text)?.[1]
  const body = 'Host: x\r\nContent-Length: 2\r\n'
  const upload = await dial(port)
  upload.send(`POST /files?name=a HTTP/1.1\r\nAuthorization: Session ${session}\r\n${body}\r\na`)
  const other = await dial(port)
  const token = await tokenOf(server)
  other.send(`POST /api/rooms/lobby/messages HTTP/1.1\r\nAuthorization: Bearer ${token}\r\n${body}\r\na`)
  expect(await ended(other)).toMatch(/^HTTP\/1\.1 408 /)
  upload.send('b')
  await upload.heard.has('HTTP/1.1 201 Created')
})
