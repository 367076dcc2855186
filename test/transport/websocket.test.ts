/** A WebSocket, byte by byte, over real sockets: the messages, and the refusals with their close codes (RFC 6455). */
import { describe, expect, test } from 'vitest'
import { CLOSINGS, type CloseCode } from '../../src/model/closing.ts'
import { NATIVE_LINE_MAX_BYTES, WEBSOCKET_PIECES_MAX } from '../../src/model/limits.ts'
import { openHosting } from '../helpers/hosting.ts'
import { type Caller, call, closeOf, entered, frame, handshake, OPCODE, text, upgraded } from '../helpers/websocket.ts'

const say = (words: string, n?: number): object => ({ type: 'say', text: words, ...(n === undefined ? {} : { n }) })
const saidBy = (caller: Caller): readonly unknown[] =>
  caller.objects().flatMap(({ type, text }) => (type === 'said' ? [text] : []))
const hears = (caller: Caller, words: string): Promise<void> => caller.until(() => saidBy(caller).includes(words))

describe('messages', () => {
  test('are the objects of the native protocol, one a text frame, both ways [W2]', async () => {
    const { port } = await openHosting()
    const alice = await entered(port, 'alice')
    alice.send(text(say('hi', 1)))
    await alice.until(({ objects }) => objects().some(({ type }) => type === 'ok'))
    expect(alice.objects().map(({ type }) => type)).toEqual(['welcome', 'room', 'conversations', 'said', 'ok'])
    alice.send(text({ type: 'bye' }))
    await alice.over
    expect(alice.objects().at(-1)).toMatchObject({ type: 'closed', code: 'bye' })
    expect(closeOf(alice.frames())).toEqual({ code: 1000, reason: 'bye' })
  })

  test('may come in fragments, with control frames between them [W2]', async () => {
    const { port } = await openHosting()
    const alice = await entered(port, 'alice')
    const bytes = Buffer.from(JSON.stringify(say('日本語')))
    alice.send(frame(OPCODE.text, bytes.subarray(0, 25), { fin: false }))
    alice.send(frame(OPCODE.ping, 'between'))
    for (const byte of bytes.subarray(25, -1)) alice.send(frame(OPCODE.more, Uint8Array.of(byte), { fin: false }))
    alice.send(frame(OPCODE.more, bytes.subarray(-1)))
    await hears(alice, '日本語')
    const pong = alice.frames().find(({ opcode }) => opcode === OPCODE.pong)
    expect(pong?.payload.toString()).toBe('between')
  })

  test('mean the same byte by byte, and all in one packet with the handshake [W1] [W2]', async () => {
    const { port, host } = await openHosting()
    const conversation = Buffer.concat([
      Buffer.from(handshake(host)),
      text({ type: 'hello', name: 'alice' }),
      text(say('one', 1)),
      text(say('two', 2)),
      text({ type: 'bye' }),
    ])
    for (const step of [conversation.length, 1]) {
      const caller = await call(port)
      for (let at = 0; at < conversation.length; at += step) {
        caller.send(conversation.subarray(at, at + step))
        if (step === 1) await new Promise(setImmediate)
      }
      await caller.over
      const types = caller.objects().map(({ type }) => type)
      expect(types.filter(type => type !== 'history')).toEqual([
        'welcome',
        'room',
        'conversations',
        'said',
        'ok',
        'said',
        'ok',
        'closed',
      ])
    }
  })

  test('are told from HTTP wherever the first packet is cut [W1]', async () => {
    const { port, host } = await openHosting()
    const first = Buffer.concat([Buffer.from(handshake(host)), text({ type: 'ping', id: 'cut' })])
    const cuts = Array.from({ length: first.length - 1 }, (_, k) => k + 1)
    const answered = cuts.map(async cut => {
      const caller = await call(port)
      caller.send(first.subarray(0, cut))
      await new Promise(setImmediate)
      caller.send(first.subarray(cut))
      await caller.until(({ objects }) => objects().length > 0)
      expect(caller.objects(), `cut at ${cut}`).toMatchObject([{ type: 'pong', id: 'cut' }])
      caller.socket.destroy()
    })
    // Fewer at a time than an address may have without a name.
    while (answered.length > 0) await Promise.all(answered.splice(0, 20))
  })

  test('of the greatest length are heard, and line breaks in one end nothing', async () => {
    const { port } = await openHosting()
    const alice = await entered(port, 'alice')
    const pretty = JSON.stringify(say('pretty'), null, 2).replaceAll('\n', '\r\n')
    alice.send(frame(OPCODE.text, pretty.padEnd(NATIVE_LINE_MAX_BYTES)))
    await hears(alice, 'pretty')
  })

  test('that are no object of the protocol are rejected, and the connection goes on [W3]', async () => {
    const { port } = await openHosting()
    const alice = await entered(port, 'alice')
    for (const nonsense of ['hello', '', '[]', '{"type":"fly","n":7}']) alice.send(frame(OPCODE.text, nonsense))
    alice.send(text(say('still here')))
    await hears(alice, 'still here')
    expect(alice.objects().filter(({ type }) => type === 'rejected')).toMatchObject([
      { code: 'malformed' },
      { code: 'malformed' },
      { code: 'malformed', n: 7 },
    ])
  })
})

const CONTROL_TOO_LONG = 'x'.repeat(126)

describe('a peer that breaks the rules gets its close code, and ends [W5]', () => {
  const whole = JSON.stringify(say('x'))
  test.each<[string, readonly Buffer[], CloseCode]>([
    ['a frame that is not masked', [frame(OPCODE.text, whole, { masked: false })], 'bad-frame'],
    ['a binary message', [frame(OPCODE.binary, whole)], 'binary-frame'],
    ['a text that is not UTF-8', [frame(OPCODE.text, Uint8Array.of(0x22, 0xc0, 0xaf, 0x22))], 'frame-not-utf8'],
    ['a text that ends inside a character', [frame(OPCODE.text, Uint8Array.of(0xe2, 0x82))], 'frame-not-utf8'],
    ['a message that is too long', [frame(OPCODE.text, 'x'.repeat(NATIVE_LINE_MAX_BYTES + 1))], 'frame-too-long'],
    ['a length of gigabytes', [frame(OPCODE.text, 'x', { length: 0xffff_ffff })], 'frame-too-long'],
    [
      'fragments that are too long together',
      [frame(OPCODE.text, 'x'.repeat(NATIVE_LINE_MAX_BYTES), { fin: false }), frame(OPCODE.more, 'x')],
      'frame-too-long',
    ],
    [
      'a message of too many fragments',
      [
        frame(OPCODE.text, '', { fin: false }),
        ...Array.from({ length: WEBSOCKET_PIECES_MAX }, () => frame(OPCODE.more, '', { fin: false })),
      ],
      'frame-too-long',
    ],
    ['a ping that is too long', [frame(OPCODE.ping, CONTROL_TOO_LONG)], 'bad-frame'],
    ['a close that is too long', [frame(OPCODE.close, CONTROL_TOO_LONG)], 'bad-frame'],
    ['a ping in fragments', [frame(OPCODE.ping, '', { fin: false })], 'bad-frame'],
    ['a reserved bit, as of compression', [frame(OPCODE.text, whole, { reserved: 4 })], 'bad-frame'],
    ['another reserved bit', [frame(OPCODE.text, whole, { reserved: 1 })], 'bad-frame'],
    ['an opcode that there is not', [frame(3, whole)], 'bad-frame'],
    ['a fragment of nothing', [frame(OPCODE.more, whole)], 'bad-frame'],
    ['a text within a message', [frame(OPCODE.text, 'x', { fin: false }), frame(OPCODE.text, whole)], 'bad-frame'],
    ['a close code that there is not', [frame(OPCODE.close, Uint8Array.of(0, 7))], 'bad-frame'],
  ])('%s', async (_, frames, code) => {
    const { port, server } = await openHosting({ grace: 0 })
    const bob = await entered(port, 'bob')
    const alice = await entered(port, 'alice')
    alice.send(Buffer.concat([text(say('before')), ...frames, text(say('after'))]))
    await alice.over
    expect(alice.objects().at(-1)).toMatchObject({ type: 'closed', code })
    expect(closeOf(alice.frames())).toEqual({ code: CLOSINGS[code].websocket, reason: code })
    alice.socket.end()
    // Others hear the messages before it, and nothing after.
    await bob.until(({ objects }) => objects().some(({ type }) => type === 'quit'))
    expect(saidBy(bob)).toEqual(['before'])
    expect(server.connections()).toHaveLength(1)
  })
})

test.each<[string, Buffer, number]>([
  ['a binary message', frame(OPCODE.binary, 'x'), 1003],
  ['a frame that is none', frame(3, 'x'), 1002],
  ['a close', frame(OPCODE.close, ''), 1000],
])('%s right behind the handshake, in one packet, has its close code too [W1] [W5]', async (_, bytes, code) => {
  const { port, host } = await openHosting()
  const caller = await call(port)
  caller.send(Buffer.concat([Buffer.from(handshake(host)), bytes]))
  await caller.over
  expect(closeOf(caller.frames())?.code).toBe(code)
})

describe('the end', () => {
  test.each<[string, Buffer, number]>([
    ['with a code', frame(OPCODE.close, Uint8Array.of(0x03, 0xe9)), 1001],
    ['without one', frame(OPCODE.close, ''), 1000],
  ])('that the peer begins is answered %s, and only detaches [D4] [W5]', async (_, close, code) => {
    const { port, server } = await openHosting()
    const alice = await entered(port, 'alice')
    alice.send(close)
    await alice.over
    expect(closeOf(alice.frames())?.code).toBe(code)
    alice.socket.end()
    const bob = await entered(port, 'bob')
    expect(bob.objects()[1]).toMatchObject({ members: [{ name: 'alice' }, { name: 'bob' }] })
    expect(server.connections().map(({ name, state }) => `${name} ${state}`)).toContain('alice away')
  })

  test('that the server makes says why: a kick, a stop [H1]', async () => {
    const { port, server } = await openHosting()
    const [alice, bob] = [await entered(port, 'alice'), await entered(port, 'bob')]
    server.host({ type: 'kick', name: 'alice', reason: null })
    await alice.over
    expect(closeOf(alice.frames())).toEqual({ code: 4000, reason: 'kicked' })
    await server.close()
    await bob.over
    expect(bob.objects().at(-1)).toMatchObject({ type: 'closed', code: 'shutdown', reconnect: true })
    expect(closeOf(bob.frames())).toEqual({ code: 1001, reason: 'shutdown' })
  })

  test('of one who goes without a word leaves nothing [H1]', async () => {
    const { port, server } = await openHosting({ grace: 0 })
    const bob = await entered(port, 'bob')
    const alice = await entered(port, 'alice')
    alice.socket.resetAndDestroy()
    await bob.until(({ objects }) => objects().some(({ type }) => type === 'quit'))
    expect(server.connections().map(({ name }) => name)).toEqual(['bob'])
  })

  test('comes to a socket that never gives a name, and pings are answered before that', async () => {
    const { port, server } = await openHosting()
    const stranger = await upgraded(port)
    stranger.send(frame(OPCODE.ping, 'who'))
    await stranger.until(({ frames }) => frames().some(({ opcode }) => opcode === OPCODE.pong))
    expect(server.connections()).toMatchObject([{ protocol: 'websocket', state: 'arriving' }])
  })
})

test('a burst of pings from one who reads nothing is not answered one by one [L1]', async () => {
  const { port, server } = await openHosting()
  const [alice, bob] = [await entered(port, 'alice'), await entered(port, 'bob')]
  alice.socket.pause()
  const flood = Buffer.concat(Array.from({ length: 900 }, (_, k) => frame(OPCODE.ping, `${k}`.padEnd(125))))
  alice.send(flood)
  alice.send(text(say('after the flood')))
  await hears(bob, 'after the flood')
  alice.socket.resume()
  const lastPong = (): string =>
    alice
      .frames()
      .findLast(({ opcode }) => opcode === OPCODE.pong)
      ?.payload.toString() ?? ''
  await alice.until(() => lastPong().startsWith('899'))
  expect(alice.frames().length).toBeLessThan(450)
  expect(server.connections()).toHaveLength(2)
})
