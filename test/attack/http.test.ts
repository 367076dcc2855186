/**
 * Clients that speak HTTP slowly, or not to the end: answered or let go in time, in nobody's way meanwhile, and nothing
 * is left. The times are those of the limits, so this takes as long as the longest of them; all of it at once.
 */
import { expect, test } from 'vitest'
import { HANDSHAKES_PER_ADDRESS, VISITORS_PER_ADDRESS } from '../../src/model/limits.ts'
import type { Server } from '../../src/server/server.ts'
import { openHosting } from '../helpers/hosting.ts'
import { eventually } from '../helpers/patience.ts'
import { type Caller, call, entered, handshake, text, upgraded } from '../helpers/websocket.ts'

const HEAD = 'GET / HTTP/1.1\r\nHost: chat\r\n'
const POST = 'POST / HTTP/1.1\r\nHost: chat\r\nContent-Type: text/plain\r\n'
/** Milliseconds between two bytes of a client that sends one after another. */
const DRIP_MS = 200

/** Resolves when no more than `left` connections are there. There is no event for it. */
async function emptied(server: Server, left = 0): Promise<void> {
  await eventually(
    `${left} connections`,
    () => server.connections(),
    ({ length }) => length <= left,
  )
}

/** Sends `start`, and then `byte` again and again, for as long as the server listens. */
async function drip(port: number, start: string, byte: string | null): Promise<Caller> {
  const caller = await call(port)
  caller.send(start)
  if (byte === null) return caller
  const drops = setInterval(() => caller.send(byte), DRIP_MS)
  caller.socket.once('end', () => clearInterval(drops)).once('close', () => clearInterval(drops))
  return caller
}

const LORISES: readonly (readonly [string, string, string | null, RegExp])[] = [
  ['half a head', HEAD, null, /^HTTP\/1\.1 408 .*The request did not arrive in time\.\n$/s],
  ['a head that never ends', `${HEAD}X: `, 'x', /^HTTP\/1\.1 408 /],
  ['headers that never end', `${HEAD}X: `, 'x\r\nX: ', /^HTTP\/1\.1 408 /],
  ['half a handshake', handshake('chat').slice(0, -2), null, /^HTTP\/1\.1 408 /],
  ['a body that never ends', `${POST}Content-Length: 60000\r\n\r\n`, 'x', /^HTTP\/1\.1 4/],
  ['no second request', `${HEAD}\r\n`, null, /^HTTP\/1\.1 200 /],
]

test('a slow loris is let go, whichever part it holds back [L1]', async () => {
  const { port, server } = await openHosting()
  const gone = LORISES.map(async ([what, start, byte, answer]) => {
    const caller = await drip(port, start, byte)
    await caller.over
    expect(caller.received().toString(), what).toMatch(answer)
    caller.socket.destroy()
  })
  await Promise.all(gone)
  await emptied(server)
})

test('too many connections from one address drop the oldest, and nobody who is in [L1]', async () => {
  const { port, server } = await openHosting()
  const alice = await entered(port, 'alice')
  const idle: Caller[] = []
  for (let k = 0; k <= VISITORS_PER_ADDRESS; k++) {
    const caller = await call(port)
    caller.send(`${HEAD}\r\n`)
    await caller.head
    idle.push(caller)
  }
  await idle[0]?.over
  const late = await entered(port, 'late')
  expect(late.objects()[1]).toMatchObject({ members: [{ name: 'alice' }, { name: 'late' }] })
  alice.send(text({ type: 'ping', id: 'still here' }))
  await alice.until(({ objects }) => objects().some(({ type }) => type === 'pong'))
  for (const { socket } of idle) socket.destroy()
  await emptied(server, 2)
})

test('handshakes that lead to no name are bounded as all others, and no place is kept for them [L1]', async () => {
  const { port, server } = await openHosting()
  const strangers: Caller[] = []
  for (let k = 0; k <= HANDSHAKES_PER_ADDRESS; k++) strangers.push(await upgraded(port))
  await strangers[0]?.over
  expect(server.connections()).toHaveLength(HANDSHAKES_PER_ADDRESS)
  await entered(port, 'newcomer')
  for (const { socket } of strangers) socket.destroy()
  await emptied(server, 1)
})

test('a server that stops lets go who is in the middle of a request [H1]', async () => {
  const { port, server } = await openHosting()
  const [half, idle] = [await call(port), await call(port)]
  half.send(HEAD)
  idle.send(`${HEAD}\r\n`)
  await idle.head
  await server.close()
  await Promise.all([half.over, idle.over])
})
