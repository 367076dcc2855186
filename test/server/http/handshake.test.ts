/** The opening handshake: clients that may open a WebSocket, and the answer to all others. */
import { describe, expect, test } from 'vitest'
import { mayConnect, readOrigin } from '../../../src/server/http/origins.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { call, handshake } from '../../helpers/websocket.ts'

test('is accepted with the key of RFC 6455, 1.3', async () => {
  const { port, host } = await openHosting()
  const caller = await call(port)
  caller.send(handshake(host))
  expect(await caller.head).toMatch(/^HTTP\/1\.1 101 .*Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=$/s)
  // Nothing is compressed, even if compression was offered.
  expect(await caller.head).not.toMatch(/extensions/i)
})

test('[B3] is accepted also under the whole address, as RFC 6455, 4.2.1, has it', async () => {
  const { port, host } = await openHosting()
  const caller = await call(port)
  caller.send(handshake(host, {}, `http://${host}/ws`))
  expect(await caller.head).toMatch(/^HTTP\/1\.1 101 /)
})

test('[B3] no WebSocket is opened while an answer is outstanding, which would come between its frames', async () => {
  const { port, host, server } = await openHosting()
  const caller = await call(port)
  caller.send(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n${handshake(host)}`)
  await caller.over
  expect(caller.received().toString('latin1')).not.toContain('101 Switching')
  expect(server.connections()).toEqual([])
  const after = await call(port)
  after.send(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
  expect(await after.head).toMatch(/^HTTP\/1\.1 200 /)
  after.send(handshake(host))
  await after.until(({ received }) => received().includes('101 Switching'))
})

describe('is refused with a status and a sentence, and nothing is left [B3]', () => {
  test.each<[string, Readonly<Record<string, string | null>>, string, number]>([
    ['another path', {}, '/socket', 404],
    ['the path of the page', {}, '/', 404],
    ['another version', { 'Sec-WebSocket-Version': '8' }, '/ws', 426],
    ['no version', { 'Sec-WebSocket-Version': null }, '/ws', 426],
    ['no key', { 'Sec-WebSocket-Key': null }, '/ws', 400],
    ['a key that is none', { 'Sec-WebSocket-Key': 'c2hvcnQ=' }, '/ws', 400],
    ['no upgrade', { Upgrade: null, Connection: 'close' }, '/ws', 426],
    ['an upgrade to something else', { Upgrade: 'h2c', Connection: 'Upgrade, close' }, '/ws', 426],
    ['a host that is none', { Host: 'a b' }, '/ws', 400],
    ['a host with more than a host', { Host: 'chat/@evil' }, '/ws', 400],
    ['no host', { Host: null }, '/ws', 400],
    ['two hosts', { Host: null, host: '127.0.0.1', HOST: 'evil.example' }, '/ws', 400],
    ['the page of another host', { Origin: 'http://evil.example' }, '/ws', 403],
    ['the page of another port', { Origin: 'http://127.0.0.1:1' }, '/ws', 403],
    ['the page of no host', { Origin: 'null' }, '/ws', 403],
    ['a page with a host at its beginning', { Origin: 'http://127.0.0.1.evil.example' }, '/ws', 403],
    ['an empty origin', { Origin: '' }, '/ws', 403],
  ])('%s', async (_, headers, path, status) => {
    const { port, host, server } = await openHosting()
    const caller = await call(port)
    caller.send(handshake(host, headers, path))
    expect(await caller.head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
    await caller.over
    const [, body] = caller.received().toString('latin1').split('\r\n\r\n')
    expect(body).toMatch(/^[A-Z].*\.\n/)
    caller.socket.end()
    await new Promise(resolve => caller.socket.once('close', resolve))
    expect(server.connections()).toEqual([])
  })
})

describe('origins', () => {
  test.each<[string | undefined, string, boolean]>([
    [undefined, 'chat.example:3001', true],
    ['http://chat.example:3001', 'chat.example:3001', true],
    ['http://CHAT.example:3001', 'chat.EXAMPLE:3001', true],
    ['https://chat.example', 'chat.example', true],
    ['https://chat.example', 'chat.example:443', true],
    ['http://chat.example', 'chat.example:80', true],
    ['http://[::1]:3001', '[::1]:3001', true],
    ['https://friend.example', 'chat.example', true],
    ['http://friend.example', 'chat.example', false],
    ['https://chat.example', 'chat.example:3001', false],
    ['https://chat.example.evil', 'chat.example', false],
    ['https://evil/chat.example', 'chat.example', false],
    ['file://', 'chat.example', false],
    ['nonsense', 'chat.example', false],
  ])('%s at %s: %s', (origin, host, may) => {
    expect(mayConnect(origin, host, ['https://friend.example'])).toBe(may)
  })

  test.each([
    ['https://chat.example', 'https://chat.example'],
    ['https://Chat.Example:443/', 'https://chat.example'],
    ['http://localhost:5173', 'http://localhost:5173'],
    ['https://chat.example/path', null],
    ['chat.example', null],
    ['https://user@chat.example', null],
    ['ws://chat.example', null],
  ])('%s is read as %s', (written, origin) => expect(readOrigin(written)).toBe(origin))

  test('that the host allows may connect', async () => {
    const { port, host } = await openHosting({}, { allowOrigins: ['http://friend.example'] })
    for (const Origin of ['http://friend.example', `http://${host}`]) {
      const caller = await call(port)
      caller.send(handshake(host, { Origin }))
      expect(await caller.head).toMatch(/^HTTP\/1\.1 101 /)
    }
  })
})
