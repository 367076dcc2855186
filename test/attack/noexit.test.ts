/** No input from the network ends the process: everything nasty at once, and then the server is well and stops cleanly. */
import { expect, test } from 'vitest'
import { HANDSHAKES_PER_ADDRESS } from '../../src/model/limits.ts'
import { dial, emptied, enter, hello, host, newcomerIsAnswered, object, say, type Wire } from './helpers.ts'

const HELLO = hello('ghost')
const MEBIBYTE = 1_048_576

/** Bytes of a peer that goes in the middle of something. */
const STAGES: readonly (readonly [what: string, sent: string | Uint8Array])[] = [
  ['nothing', ''],
  ['half a hello', HELLO.slice(0, 20)],
  ['a hello', HELLO],
  ['a hello and all that follows', `${HELLO}${say('x').repeat(100)}${object({ type: 'who' }).repeat(20)}`],
  ['a hello of a name that is none', hello('no name').repeat(50)],
  ['a resume of nothing', object({ type: 'hello', token: 'x', epoch: 'y', cursor: Number.MAX_SAFE_INTEGER })],
  ['numbers out of order', `${HELLO}${[9, 3, 9, 1e15, 2].map(n => say('x', { n })).join('')}`],
  ['a name of line mode', 'ghost\n'],
  ['line mode, at length', `ghost\n${'x'.repeat(100_000)}\n/who\n/nick ghost2\n/quit bye`],
  ['a classic name', 'ghost'],
  ['half a method', 'OPTIO'],
  ['HTTP', 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n'],
  ['an upgrade', 'GET / HTTP/1.1\r\nUpgrade: websocket\r\nConnection: upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n'],
  ['IRC', 'CAP LS\r\nNICK ghost\r\nUSER g 0 * :g\r\n'],
  ['half of IRC', 'NICK ghost'],
  ['TLS', Uint8Array.of(0x16, 3, 1, 0xff, 0xff, 1)],
  ['PROXY', '\r\n\r\n\x00\r\nQUIT\n'],
  ['telnet that never ends', Uint8Array.of(0xff, 0xfa, 0xff, 0xff, 0xff)],
  ['no UTF-8', Uint8Array.of(0x7b, 0xc0, 0x80, 0xed, 0xa0, 0x80, 0x0a, 0xff, 0x0a)],
  ['a giant', `{"type":"${'x'.repeat(MEBIBYTE)}`],
  ['a prototype', `${HELLO}{"type":"say","__proto__":{"text":1},"constructor":{"prototype":{}}}\n`],
]

const PARTINGS: readonly (readonly [how: string, part: (wire: Wire) => unknown])[] = [
  ['resets', ({ socket }) => socket.resetAndDestroy()],
  ['resets behind what it sent', ({ socket }) => socket.write('', () => socket.resetAndDestroy())],
  ['half-closes, and waits', ({ socket, over }) => socket.end() && over.then(() => socket.destroy())],
  [
    'half-closes, and resets when it is answered',
    ({ socket }) => socket.once('data', () => socket.resetAndDestroy()).end(),
  ],
  ['goes', ({ socket }) => socket.destroy()],
  ['never reads, and goes', ({ socket }) => socket.pause().write('', () => socket.destroy())],
]

test('the server stays and stops cleanly, for all bytes and ends of peers [W3]', async () => {
  await using server = await host(['--grace', '0', '--per-address', 'off'])
  using alice = await enter(server.port, 'alice')
  for (let round = 0; round < 3; round++) {
    for (const [, part] of PARTINGS) {
      const wires = await Promise.all(STAGES.map(() => dial(server.port)))
      for (const [k, [, sent]] of STAGES.entries()) {
        const wire = wires[k] as Wire
        wire.send(sent)
        part(wire)
      }
      alice.send(say('busy'))
    }
    await newcomerIsAnswered(server.port)
  }
  alice.send(object({ type: 'bye' }))
  await alice.over
  server.child.stdin.write('EXIT\n')
  expect(await server.ended).toBe(0)
  expect(server.complaints.text).toBe('')
})

test('a storm of connections that are reset at once passes [W3]', async () => {
  await using server = await host(['--grace', '0'])
  for (let storm = 0; storm < 10; storm++) {
    const wires = await Promise.all(Array.from({ length: 200 }, () => dial(server.port)))
    for (const [k, { socket, send }] of wires.entries()) {
      if (k % 2 === 0) send(HELLO)
      socket.resetAndDestroy()
    }
  }
  await newcomerIsAnswered(server.port)
  await emptied(server)
  server.child.stdin.write('EXIT\n')
  expect(await server.ended).toBe(0)
  expect(server.complaints.text).toBe('')
})

test('one session that goes on from everywhere at once is one session [W3]', async () => {
  await using server = await host(['--grace', '1'])
  using first = await enter(server.port, 'alice')
  const [, token] = /"token":"(\w+)"/.exec(first.heard.text) ?? []
  const wires = await Promise.all(Array.from({ length: 60 }, () => dial(server.port)))
  const resume = object({ type: 'hello', token, epoch: 'x', cursor: 0 })
  for (const { send } of wires) send(resume + say('again'))
  await Promise.all(wires.map(({ until }) => until(/"resumed":true|"code":"replaced"/)))
  for (const [k, { socket }] of wires.entries()) if (k % 2 === 0) socket.resetAndDestroy()
  await newcomerIsAnswered(server.port)
  const alices = (await server.status()).filter(row => row.startsWith('alice '))
  expect(alices).toHaveLength(1)
  for (const { socket } of wires) socket.destroy()
  await server.said.match(/\[\*\] alice exited\.\n/)
  server.child.stdin.write('EXIT\n')
  expect(await server.ended).toBe(0)
  expect(server.complaints.text).toBe('')
})

test('more connections than the system has files for are turned away, and the server stays [W3]', async () => {
  const addresses = Array.from({ length: 6 }, (_, k) => `127.0.0.${k + 1}`)
  const few = 2 * HANDSHAKES_PER_ADDRESS
  await using server = await host(['--grace', '0'], ['sh', '-c', `ulimit -n ${few}; exec "$@"`, 'sh'])
  const wires: Wire[] = []
  for (const from of addresses) {
    const more = Array.from({ length: HANDSHAKES_PER_ADDRESS }, () => dial(server.port, { from, stubborn: true }))
    for (const wire of await Promise.all(more)) wires.push(wire)
  }
  // There is room again as soon as somebody goes.
  for (const { socket } of wires) socket.destroy()
  await emptied(server)
  await newcomerIsAnswered(server.port)
  server.child.stdin.write('EXIT\n')
  expect(await server.ended).toBe(0)
  expect(server.complaints.text).toMatch(
    /^\{"level":"warn",.*\bThe system allows this server only \d+ connections\b.*\}\n$/,
  )
})

test('a server that is being flooded stops all the same [W3]', async () => {
  await using server = await host(['--rate', 'off'])
  const wires = await Promise.all(Array.from({ length: 8 }, (_, k) => enter(server.port, `flooder${k}`)))
  for (const { socket, send } of wires) {
    socket.pause()
    send(say('x'.repeat(8000)).repeat(200))
  }
  await server.ask('STATS', /STATS: /)
  server.child.stdin.write('EXIT\n')
  expect(await server.ended).toBe(0)
  expect(server.complaints.text).toBe('')
  for (const { socket } of wires) socket.destroy()
})
