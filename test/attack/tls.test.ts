/** First packets inside of TLS, and handshakes that are none, over real sockets: no crash, no hang, and nothing is left. */
import { connect as connectTcp } from 'node:net'
import { connect, type TLSSocket } from 'node:tls'
import { expect, test } from 'vitest'
import { seedOf } from '../helpers/seeds.ts'
import { dial, emptied, frugally, type Host, host } from './helpers.ts'
import { packet, type Random, random } from './packets.ts'

const PACKETS = 1000
const BATCH = 50
const MEBIBYTE = 1_048_576

async function settled(server: Host): Promise<number> {
  await emptied(server)
  return server.memory() / MEBIBYTE
}

async function shaken(port: number): Promise<TLSSocket> {
  const how = { port, host: '127.0.0.1', rejectUnauthorized: false, allowHalfOpen: true }
  const socket = connect(how)
  socket.on('error', () => {})
  await new Promise<void>((resolve, reject) => socket.once('secureConnect', resolve).once('close', reject))
  return socket
}

/** Each half-closes, resets or goes, at the latest when it has been answered. */
async function inside(port: number, draw: Random): Promise<void> {
  const socket = await shaken(port)
  const over = new Promise(resolve => socket.once('data', resolve).once('end', resolve).once('close', resolve))
  socket.write(packet(draw))
  if (draw.below(3) === 0) socket.write(packet(draw))
  draw.of([() => socket.end(), () => socket.destroy(), () => socket.destroySoon()])()
  await over
  socket.destroy()
}

/** A client's first bytes, changed in one to eight places, and its next ones. */
async function instead(port: number, hello: Uint8Array, draw: Random): Promise<void> {
  const bent = Buffer.from(hello)
  for (let changes = 1 + draw.below(8); changes > 0; changes--) bent[1 + draw.below(bent.length - 1)] = draw.below(256)
  using wire = await dial(port)
  wire.send(draw.of([bent, bent.subarray(0, draw.below(bent.length)), Buffer.concat([bent, packet(draw)])]))
  draw.of([() => wire.socket.end(), () => wire.socket.resetAndDestroy(), () => wire.socket.end(packet(draw))])()
  await wire.over
}

/** The bytes of a ClientHello. */
async function clientHello(): Promise<Uint8Array> {
  const { createServer } = await import('node:net')
  const said = Promise.withResolvers<Uint8Array>()
  const server = createServer(socket => socket.on('error', () => {}).once('data', said.resolve))
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  const socket = connect({ socket: connectTcp(port, '127.0.0.1'), servername: 'chat' }).on('error', () => {})
  const bytes = await said.promise
  socket.destroy()
  server.close()
  return bytes
}

async function bombard(count: number, one: (k: number) => Promise<void>): Promise<void> {
  for (let sent = 0; sent < count; sent += BATCH) {
    await Promise.all(Array.from({ length: Math.min(BATCH, count - sent) }, (_, k) => one(sent + k)))
  }
}

test(`${PACKETS} packets inside of TLS, and as many broken handshakes, leave a server as it was [W3]`, async () => {
  await using server = await host(['--tls', '--grace', '0', '--per-address', 'off'], frugally)
  const hello = await clientHello()
  const draw = random(seedOf(4))
  const round = async (count: number): Promise<number> => {
    await bombard(count, () => inside(server.port, draw))
    await bombard(count, () => instead(server.port, hello, draw))
    return settled(server)
  }
  const before = await round(PACKETS / 2)
  const after = await round(PACKETS)
  console.info(`memory before ${before.toFixed(1)} MiB, after ${after.toFixed(1)} MiB`)
  expect(after - before).toBeLessThan(16)
  const newcomer = await shaken(server.port)
  newcomer.write('{"type":"hello","name":"newcomer"}\n')
  await new Promise(resolve => newcomer.once('data', resolve))
  newcomer.destroy()
  expect(server.complaints.text).toBe('')
})
