/** A peer that reads nothing: costs a bounded amount, delays nobody else, and is let go in the end. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { filter, firstValueFrom, map } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { RING_BYTES, TEXT_MAX_BYTES, WRITE_BYTES } from '../../src/model/limits.ts'
import type { Connection, Transport } from '../../src/port/transport.ts'
import { Reader } from '../../src/server/delivery/reading/reader.ts'
import { Ring } from '../../src/server/delivery/reading/ring.ts'
import { HttpHandler } from '../../src/server/http/handler.ts'
import { createServer, type Server } from '../../src/server/server.ts'
import { systemClock } from '../../src/transport/clock.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import { tcpTransport } from '../../src/transport/tcp.ts'
import { answer, frame } from '../helpers/frames.ts'
import { handshake, text } from '../helpers/websocket.ts'
import { utcDay, utcTime } from '../helpers/world.ts'
import { enter, hello, object, say } from './helpers.ts'

/** The most that one message takes in any encoding: a write ends with the frame that reaches its bound. */
const FRAME_BYTES = TEXT_MAX_BYTES + 256
const BATCH = 24
const BATCHES_MAX = 200

type Served = AsyncDisposable & {
  readonly server: Server
  readonly port: number
  /** The most that was ever outstanding on any connection right after a write. */
  readonly mostOutstanding: () => number
}

/** A server in this process, over real sockets, whose connections are watched. */
async function serve(): Promise<Served> {
  let most = 0
  const listening = Promise.withResolvers<number>()
  const http = new HttpHandler({ files: new Map(), allowOrigins: [], api: () => server.api, report: listening.reject })
  const tcp = tcpTransport('127.0.0.1', 0, ({ port }) => listening.resolve(port), new Map([['http', http]]))
  const watched = (connection: Connection): Connection => {
    const write = (bytes: Uint8Array): boolean => {
      const taken = connection.write(bytes)
      most = Math.max(most, connection.outstanding)
      return taken
    }
    // Methods of a connection need the connection itself.
    const get = (_: Connection, key: string | symbol): unknown => {
      const value: unknown = key === 'write' ? write : Reflect.get(connection, key)
      return typeof value === 'function' ? value.bind(connection) : value
    }
    return new Proxy(connection, { get })
  }
  const transport: Transport = { connections$: tcp.connections$.pipe(map(watched)) }
  const journal = memoryJournal('epoch')
  const history = memoryHistory(journal.textOf)
  const ports = { transport, journal, history, clock: systemClock, entropy: systemEntropy }
  const server = await createServer({ ...ports, timeOfDay: utcTime, day: utcDay }, { rate: null })
  return {
    server,
    port: await listening.promise,
    mostOutstanding: () => most,
    [Symbol.asyncDispose]: () => server.close(),
  }
}

/** The numbers of the messages that a connection hears, in order. */
class Numbers {
  readonly heard: number[] = []
  #rest = ''
  #waits: (() => void)[] = []

  constructor(socket: Socket) {
    socket.setEncoding('utf8').on('data', (text: string) => {
      // Frames have no newline: there an object ends where the next one begins.
      const lines = (this.#rest + text).split(/\n|(?=\{"type":)/)
      this.#rest = lines.pop() as string
      for (const line of lines) {
        const [, number] = /message (\d+) /.exec(line) ?? []
        if (number !== undefined) this.heard.push(Number(number))
      }
      for (const look of this.#waits) look()
    })
  }

  async upTo(number: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const look = (): void => {
      if ((this.heard.at(-1) ?? -1) >= number) resolve()
    }
    this.#waits = [look]
    look()
    await promise
  }
}

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, k) => k)
const message = (number: number): string => `message ${number} `.padEnd(TEXT_MAX_BYTES, 'x')

/** Says hello and never reads. */
async function stuckAt(port: number, greeting: string | Uint8Array): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1' })
  socket.pause()
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(greeting)
  return socket
}

const joined = (server: Server, name: string): Promise<unknown> =>
  firstValueFrom(server.state$.pipe(filter(({ members }) => members.some(member => member.name.text === name))))

/** Resolves when the connection of the only one who is stuck is gone: its session is detached, or over. */
const cut = (server: Server): Promise<unknown> =>
  firstValueFrom(
    server.outbound$.pipe(
      filter(({ events }) => events.some(({ event }) => event.type === 'detached' || event.type === 'ended')),
    ),
  )

describe('a reader that never reads, in a busy room', () => {
  test.each([
    ['native', hello('stuck')],
    ['websocket', Buffer.concat([Buffer.from(handshake('127.0.0.1')), text({ type: 'hello', name: 'stuck' })])],
    ['line mode', 'stuck\n'],
    ['classic', 'stuck'],
  ] as const)(
    "is bounded, in nobody's way, and cut when it falls off the ring: %s [F3]",
    async (protocol, greeting) => {
      await using served = await serve()
      const { server, port, mostOutstanding } = served
      using alice = await enter(port, 'alice')
      using bob = await enter(port, 'bob')
      const liner = connect({ port, host: '127.0.0.1' })
      using _ = { [Symbol.dispose]: () => void liner.destroy() }
      const readers = [alice.socket, bob.socket, liner].map(socket => new Numbers(socket))
      liner.write('liner\n')
      const stuck = await stuckAt(port, greeting)
      await Promise.all([joined(server, 'stuck'), joined(server, 'liner')])
      let gone = false
      void cut(server).then(() => {
        gone = true
      })

      let said = 0
      for (let batch = 0; batch < BATCHES_MAX && !gone; batch++) {
        for (const end = said + BATCH; said < end; said++) alice.send(say(message(said)))
        await Promise.all(readers.map(reader => reader.upTo(said - 1)))
      }
      expect(gone, `cut within ${said} messages`).toBe(true)
      // If several frames are one chunk, their bytes are there twice.
      expect(2 * said * TEXT_MAX_BYTES).toBeGreaterThan(RING_BYTES)
      for (const end = said + BATCH; said < end; said++) alice.send(say(message(said)))
      await Promise.all(readers.map(reader => reader.upTo(said - 1)))

      for (const { heard } of readers) expect(heard).toEqual(upTo(said))
      expect(mostOutstanding()).toBeLessThan(WRITE_BYTES + FRAME_BYTES)
      const { rings, bytes } = server.held()
      expect(bytes).toBeLessThan(rings * (RING_BYTES + BATCH * FRAME_BYTES))
      expect(server.connections().filter(({ state }) => state !== 'away')).toHaveLength(3)

      // The frames that it got, it got whole and in order; then comes the end.
      const late = new Numbers(stuck)
      stuck.resume()
      await once(stuck, 'close')
      expect(late.heard).toEqual(upTo(late.heard.length))
      expect(late.heard.length).toBeLessThan(said)
      if (protocol === 'native' || protocol === 'websocket')
        expect(server.connections().map(({ state }) => state)).toContain('away')
      else expect(bob.heard.text).toContain('"name":"stuck","cause":"lost"')
    },
  )

  test('goes on later where it can, and is told that there is a gap', async () => {
    await using served = await serve()
    const { server, port } = served
    using alice = await enter(port, 'alice')
    const reader = new Numbers(alice.socket)
    const first = await enter(port, 'stuck')
    const [, token] = /"token":"(\w+)"/.exec(first.heard.text) ?? []
    first.socket.pause()
    let gone = false
    void cut(server).then(() => {
      gone = true
    })
    let said = 0
    for (let batch = 0; batch < BATCHES_MAX && !gone; batch++) {
      for (const end = said + BATCH; said < end; said++) alice.send(say(message(said)))
      await reader.upTo(said - 1)
    }
    expect(gone, `cut within ${said} messages`).toBe(true)
    first.socket.destroy()
    const socket = connect({ port, host: '127.0.0.1' })
    using _ = { [Symbol.dispose]: () => void socket.destroy() }
    socket.write(object({ type: 'hello', token, epoch: 'epoch', cursor: 3 }))
    const [bytes] = (await once(socket, 'data')) as [Buffer]
    expect(JSON.parse(bytes.toString().split('\n')[0] as string)).toMatchObject({ resumed: true, gap: true })
  })
})

describe('a reader that is far behind', () => {
  // To look for each frame from the latest on takes a minute for these.
  test('costs little for each of its frames, however many there are [F3]', () => {
    const count = 150_000
    const ring = new Ring(Number.POSITIVE_INFINITY)
    const reader = new Reader()
    reader.enter('lobby', ring, 0)
    for (let seq = 1; seq <= count; seq++) {
      ring.append(frame(seq, 'x'))
      ring.seal()
    }
    let bytes = 0
    for (let batch = reader.take(WRITE_BYTES); batch !== null; batch = reader.take(WRITE_BYTES)) {
      expect(batch).not.toBe('overrun')
      bytes += batch.length
    }
    expect(bytes).toBe(2 * count)
  })

  test('does not keep what it has had, even if it never catches up [F3]', async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const ring = new Ring(RING_BYTES)
    const reader = new Reader()
    reader.enter('lobby', ring, 0)
    const had: WeakRef<object>[] = []
    for (let seq = 1; seq <= 100; seq++) {
      ring.append(frame(seq, 'said', { size: 100 }))
      ring.seal()
      const alone = answer(seq, 'answer')
      had.push(new WeakRef(alone))
      reader.lane.put(alone)
      // Always two rounds behind, so that the lane is never empty.
      if (seq > 2) reader.take(100)
    }
    await new Promise(resolve => setImmediate(resolve))
    collect()
    const kept = had.filter(one => one.deref() !== undefined).length
    expect(kept).toBeLessThan(10)
  })
})
