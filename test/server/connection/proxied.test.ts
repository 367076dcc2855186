/** Clients behind a proxy: trusted proxies, and the address that counts then. */
import { expect, test } from 'vitest'
import { PASSWORD_FREE_TRIES, SNIFF_PATIENCE_MS } from '../../../src/model/limits.ts'
import { readTrusted } from '../../../src/transport/trust.ts'
import { object } from '../../helpers/actors.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { openWorld } from '../../helpers/open-world.ts'
import { healthCheck, onBehalfOf, proxyHeader } from '../../helpers/proxy-header.ts'
import { call, handshake, text } from '../../helpers/websocket.ts'

const PROXY = '10.0.0.1'
const trusts = readTrusted([PROXY, '127.0.0.1']) ?? (() => false)
const HELLO = Buffer.from('{"type":"hello","name":"alice"}\n')

test('[S5] the address that a trusted proxy names is the one that is seen and counted, however it comes', async () => {
  const header = onBehalfOf('203.0.113.7')
  const all = Buffer.concat([header, HELLO])
  for (let at = 1; at < all.length; at++) {
    const world = await openWorld({ trusts, perAddress: 1 })
    const wire = world.dial(PROXY)
    await wire.send(all.subarray(0, at))
    await wire.send(all.subarray(at))
    expect(world.server.connections(), `cut at ${at}`).toMatchObject([{ name: 'alice', address: '203.0.113.7' }])
    const second = world.dial(PROXY)
    await second.send(Buffer.concat([header, Buffer.from('bob\n')]))
    expect(second.text()).toContain('Too many connections from your address')
    const other = world.dial(PROXY)
    await other.send(Buffer.concat([onBehalfOf('203.0.113.8'), Buffer.from('carol\n')]))
    expect(other.text()).toContain('Welcome, carol')
    await world.close()
  }
})

test('[S5] from anybody else the signature ends the connection, and the host reads why', async () => {
  const world = await openWorld({ trusts })
  const notes: unknown[] = []
  world.server.noted$.subscribe(note => notes.push(note))
  const wire = world.dial('198.51.100.1')
  await wire.send(Buffer.concat([onBehalfOf('203.0.113.7'), HELLO]))
  expect(wire.closed()).toBe(true)
  expect(wire.text()).toBe('')
  expect(notes).toContainEqual({ type: 'gave-up', address: '198.51.100.1', protocol: null, code: 'proxy-refused' })
  expect(world.state().members.size).toBe(0)
})

test('[S5] one header is enough: a second one is somebody else, who is not trusted', async () => {
  const world = await openWorld({ trusts })
  const wire = world.dial(PROXY)
  await wire.send(Buffer.concat([onBehalfOf('203.0.113.7'), onBehalfOf('203.0.113.8'), HELLO]))
  expect(wire.closed()).toBe(true)
})

test('[S5] a header that is broken, or never whole, ends the connection', async () => {
  const world = await openWorld({ trusts })
  const broken = world.dial(PROXY)
  await broken.send(proxyHeader([1, 2, 3]))
  expect(broken.closed()).toBe(true)
  const partial = world.dial(PROXY)
  await partial.send(onBehalfOf('203.0.113.7').subarray(0, 20))
  await world.clock.advance(SNIFF_PATIENCE_MS - 1)
  expect(partial.closed()).toBe(false)
  await world.clock.advance(1)
  expect(partial.closed()).toBe(true)
})

test('[S5] a health check comes as the proxy itself; a trusted one need not say anything', async () => {
  const world = await openWorld({ trusts })
  const [check, plain] = [world.dial(PROXY), world.dial(PROXY)]
  await check.send(Buffer.concat([healthCheck, HELLO]))
  await plain.send('bob\n')
  expect(world.server.connections()).toMatchObject([
    { name: 'alice', address: PROXY },
    { name: 'bob', address: PROXY },
  ])
})

test('[S5] [S8] wrong passwords through a trusted proxy slow their own origin, and nobody else behind it', async () => {
  const password = 'open sesame'
  const world = await openWorld({ trusts, password })
  const answered = async (origin: string, given: string): Promise<unknown> => {
    const wire = world.dial(PROXY)
    const hello = object({ type: 'hello', name: `from-${origin}`, password: given })
    await wire.send(Buffer.concat([onBehalfOf(origin), Buffer.from(hello)]))
    const [first] = wire.objects()
    wire.peer.vanish()
    return first?.['code'] ?? first?.['type']
  }
  for (let k = 0; k < PASSWORD_FREE_TRIES; k++) {
    expect(await answered('203.0.113.7', 'sesame')).toBe('password-wrong')
  }
  expect(await answered('203.0.113.7', password)).toBe('password-wait')
  expect(await answered('203.0.113.8', password)).toBe('welcome')
})

test('[S6] X-Forwarded-For of a trusted proxy names the address of a WebSocket', async () => {
  const { port, server } = await openHosting({ trusts })
  const caller = await call(port)
  caller.send(handshake(`127.0.0.1:${port}`, { 'X-Forwarded-For': '6.6.6.6, 203.0.113.7' }))
  await caller.head
  caller.send(text({ type: 'hello', name: 'alice' }))
  await caller.until(({ objects }) => objects().some(({ type }) => type === 'room'))
  expect(server.connections()).toMatchObject([{ name: 'alice', address: '203.0.113.7' }])
})

test('[S6] X-Forwarded-For of anybody else is only words', async () => {
  const { port, server } = await openHosting()
  const caller = await call(port)
  caller.send(handshake(`127.0.0.1:${port}`, { 'X-Forwarded-For': '203.0.113.7' }))
  await caller.head
  expect(server.connections()).toMatchObject([{ address: '127.0.0.1' }])
})
