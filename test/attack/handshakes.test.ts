/** Peers that never finish their handshake: let go in time, and in nobody's way meanwhile. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { HANDSHAKE_MS, HANDSHAKES_PER_ADDRESS, SNIFF_CLASSIC_MS, SNIFF_PATIENCE_MS } from '../../src/model/limits.ts'
import { newObjects, object, typesOf } from '../helpers/actors.ts'
import { openWorld } from '../helpers/open-world.ts'
import { dial, host, newcomerIsAnswered, type Wire } from './helpers.ts'

describe('a handshake that is never finished', () => {
  const hurried = SNIFF_CLASSIC_MS - 1
  const patient = SNIFF_PATIENCE_MS - 1
  test.each([
    ['a name, byte by byte', '', 'a', hurried],
    ['a hello of the native protocol', '{"type":"hello","name":"', 'a', hurried],
    ['native lines that are no hello', '', '{}\n', hurried],
    ['blank lines', '', '\r\n', hurried],
    ['names that are none', '\n', ' a b\n', patient],
    ["telnet's negotiation", '', '\xff\xfd\x01', hurried],
    ['blank lines that may become the signature of PROXY', '', '\r\n', patient],
  ])('ends at the deadline, however slowly it goes on: %s [L1]', async (_, start, again, pause) => {
    const world = await openWorld()
    const slow = world.dial()
    const bytes = Buffer.from(start + again.repeat(200), 'latin1')
    let left = HANDSHAKE_MS
    for (let at = 0; left > pause; at++) {
      await slow.send(bytes.subarray(at, at + 1))
      await world.clock.advance(pause)
      left -= pause
    }
    await slow.send('a')
    await world.clock.advance(left - 1)
    expect(slow.closed()).toBe(false)
    await world.clock.advance(1)
    expect(slow.closed()).toBe(true)
    expect(world.server.connections()).toEqual([])
    expect(world.clock.pending(), 'alarms').toBe(0)
  })
})

describe('members who are away', () => {
  const bounds = { maxClients: 4, perAddress: 2 }

  test('are at most as many as may be here, from one address and in all [L1]', async () => {
    const world = await openWorld(bounds)
    for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.3', '192.0.2.4']) {
      for (let k = 0; k < 10; k++) {
        const ghost = world.dial(address)
        await ghost.send(object({ type: 'hello', name: `ghost${address}_${k}` }))
        ghost.peer.vanish()
        await world.clock.settle()
      }
      const here = [...world.state().members.values()].filter(({ name }) => name.text.includes(address))
      expect(here.length).toBeLessThanOrEqual(2 * bounds.perAddress)
    }
    expect(world.state().members.size).toBe(2 * bounds.maxClients)
    const late = world.dial('192.0.2.5')
    await late.send(object({ type: 'hello', name: 'late' }))
    expect(newObjects(late)).toMatchObject([{ type: 'rejected', code: 'server-full' }])
    await world.clock.advance(60_000)
    expect(world.state().members.size).toBe(0)
    const next = world.dial('192.0.2.5')
    await next.send(object({ type: 'hello', name: 'next' }))
    expect(typesOf(newObjects(next))).toEqual(['welcome', 'room'])
  })

  test('come back although others took their places: they are members already', async () => {
    const world = await openWorld(bounds)
    const alice = world.dial()
    await alice.send(object({ type: 'hello', name: 'alice' }))
    const [{ token } = {}] = alice.objects()
    alice.peer.vanish()
    await world.clock.settle()
    await world.dial().send(object({ type: 'hello', name: 'bob' }))
    const again = world.dial()
    await again.send(object({ type: 'hello', token }))
    expect(newObjects(again)).toMatchObject([{ type: 'welcome', name: 'alice', resumed: true }, { type: 'room' }])
    // Two are here now, and nobody is away any more.
    const more = world.dial()
    await more.send(object({ type: 'hello', name: 'carol' }))
    expect(newObjects(more)).toMatchObject([{ type: 'rejected', code: 'too-many-from-address' }])
  })
})

/** Connections at once that the system lets a process have, less some for all else. */
const mostFiles = Number(/Max open files\s+(\d+)/.exec(readFileSync('/proc/self/limits', 'utf8'))?.[1]) - 500
/** The last two are no handshakes: a peer that sends one gets an error, and is let go. */
const UNFINISHED = ['', '{"type":"hello","name":"a', 'OPTIONS', '\r\n', 'GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01']

/** Half-finished handshakes from 127.0.0.1 that keep their end open, even if the server closes. */
async function flood(port: number, count: number, wires: Wire[]): Promise<void> {
  while (wires.length < count) {
    const batch = Array.from({ length: Math.min(250, count - wires.length) }, () => dial(port, { stubborn: true }))
    for (const wire of await Promise.all(batch)) {
      wire.send(UNFINISHED[wires.push(wire) % UNFINISHED.length] as string)
    }
  }
}

test('a flood of half-finished handshakes is in the way of no newcomer, wherever from [L1]', async () => {
  const count = Math.min(10_000, mostFiles)
  console.info(`${count} half-finished handshakes`)
  await using server = await host()
  const { port } = server
  const files = server.files()
  using stack = new DisposableStack()
  const wires: Wire[] = []
  stack.defer(() => {
    for (const { socket } of wires) socket.destroy()
  })
  await flood(port, count / 2, wires)
  await newcomerIsAnswered(port, '127.0.0.2')
  await flood(port, count, wires)
  await newcomerIsAnswered(port, '127.0.0.2')
  await newcomerIsAnswered(port)
  // Some of the latest take no place, as they are no handshakes.
  const dropped = wires.slice(0, count - 2 * HANDSHAKES_PER_ADDRESS)
  await Promise.all(dropped.map(({ over }) => over))
  expect((await server.status()).length).toBeLessThanOrEqual(HANDSHAKES_PER_ADDRESS)
  expect(server.files()).toBeLessThanOrEqual(files + HANDSHAKES_PER_ADDRESS)
})

test('nor where the system allows the server few files [L1]', async () => {
  const few = HANDSHAKES_PER_ADDRESS + 64
  await using server = await host([], ['sh', '-c', `ulimit -n ${few}; exec "$@"`, 'sh'])
  const wires: Wire[] = []
  using stack = new DisposableStack()
  stack.defer(() => {
    for (const { socket } of wires) socket.destroy()
  })
  await flood(server.port, 10 * few, wires)
  await newcomerIsAnswered(server.port, '127.0.0.2')
  await newcomerIsAnswered(server.port)
})
