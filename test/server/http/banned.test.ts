/** Requests from banned networks: the API refuses them and says why, and the page stays, so that people read it. */
import { expect, test } from 'vitest'
import type { Command } from '../../../src/model/command.ts'
import { readTrusted } from '../../../src/transport/trust.ts'
import { apiAt, listenAt, tokenOf } from '../../helpers/api.ts'
import { openHosting } from '../../helpers/hosting.ts'
import { onBehalfOf6 } from '../../helpers/proxy-header.ts'
import { dial, dialNative } from '../../helpers/sockets.ts'
import { call, handshake, text } from '../../helpers/websocket.ts'

const BAD = '2001:db8:bad:1::7'
const BAD_TOO = '2001:db8:bad:1:ffff::1'
const GOOD = '2001:db8:bad:2::7'
/** 2001:db8:bad:NET::7. */
const sixteen = (net: number): readonly number[] => [
  0x20,
  1,
  0x0d,
  0xb8,
  0x0b,
  0xad,
  0,
  net,
  ...[0, 0, 0, 0, 0, 0, 0, 7],
]
const MESSAGES = '/api/rooms/lobby/messages'
const PASSWORD = 'ein langer Satz: 田中'
const from = (address: string, headers: Record<string, string> = {}) => ({
  headers: { 'X-Forwarded-For': address, ...headers },
})

/** A server behind a proxy, with a program that has a token. */
async function site() {
  const trusts = readTrusted(['127.0.0.1']) ?? (() => false)
  const hosting = await openHosting({ trusts }, { page: { 'index.html': '<title>rxchat</title>' } })
  const token = await tokenOf(hosting.server)
  async function order(command: Command): Promise<void> {
    expect(hosting.server.host(command)).toBe(null)
    await new Promise<void>(resolve => hosting.server.settled(resolve))
  }
  const { ask: askWithout } = await apiAt(hosting.host)
  return { ...hosting, order, askWithout, ...(await apiAt(hosting.host, token)) }
}

test('posting, reading, streams and unread counts are refused, and say for how long and why; the page is served', async () => {
  const { ask, askWithout, post, order, port } = await site()
  const wired = await dialNative(port, '田中')
  wired.send(`${JSON.stringify({ type: 'register', n: 1, password: PASSWORD })}\n`)
  await wired.heard.has('"type":"ok"')
  const basic = { authorization: `Basic ${Buffer.from(`田中:${PASSWORD}`).toString('base64')}` }
  await order({ type: 'ban', net: BAD, for: 600, reason: 'flooding' })
  const refused = [
    await post('lobby', { text: 'hello' }, from(BAD_TOO).headers),
    await ask(MESSAGES, from(BAD)),
    await ask('/api/rooms', from(BAD)),
    await ask('/api/rooms/lobby/events', from(BAD)),
    await askWithout(MESSAGES, from(BAD)),
    await askWithout('/api/unread', from(BAD, basic)),
  ]
  for (const { status, body } of refused) {
    expect([status, body['code']]).toEqual([403, 'banned'])
    expect(body['message']).toMatch(/banned with your network for 10 min more, by the host: flooding/)
  }
  expect((await ask('/', from(BAD, { accept: 'text/html' }))).text).toContain('<title>rxchat</title>')
  expect((await ask('/healthz', from(BAD))).status).toBe(200)
  expect((await ask(MESSAGES, from(GOOD))).status).toBe(200)
  expect((await askWithout('/api/unread', from(GOOD, basic))).status).toBe(200)
})

test('an exception of the token, or of the account, lets it in from there', async () => {
  const { ask, askWithout, order, port } = await site()
  const wired = await dialNative(port, 'Mr.Blue')
  wired.send(`${JSON.stringify({ type: 'register', n: 1, password: PASSWORD })}\n`)
  await wired.heard.has('"type":"ok"')
  await order({ type: 'ban', net: BAD, reason: null })
  await order({ type: 'except', who: 'ci', reason: null })
  expect((await ask(MESSAGES, from(BAD))).status).toBe(200)
  const basic = from(BAD, { authorization: `Basic ${Buffer.from(`Mr.Blue:${PASSWORD}`).toString('base64')}` })
  expect((await askWithout('/api/unread', basic)).status).toBe(403)
  await order({ type: 'except', who: 'Mr.Blue', reason: null })
  expect((await askWithout('/api/unread', basic)).status).toBe(200)
  await order({ type: 'unexcept', who: 'ci' })
  expect((await ask(MESSAGES, from(BAD))).status).toBe(403)
})

test('a stream ends when its network is banned, and says why; others go on', async () => {
  const { host, headers, order, post } = await site()
  const [bad, good] = await Promise.all(
    [BAD, GOOD].map(address => listenAt(host, 'lobby', { ...headers, ...from(address).headers })),
  )
  await order({ type: 'ban', net: BAD, for: 600, reason: 'flooding' })
  await bad?.end()
  expect(bad?.events().at(-1)).toMatchObject({
    type: 'closed',
    code: 'banned',
    reconnect: false,
    message: 'You have been banned with your network for 10 min more, by the host: flooding.',
  })
  await post('lobby', { text: 'still here' }, from(GOOD).headers)
  await good?.until(events => events.some(event => event['text'] === 'still here'))
  good?.leave()
})

test('over real sockets: native, line and WebSocket, by the address that the proxy reports', async () => {
  const { port, host, order } = await site()
  const hello = `${JSON.stringify({ type: 'hello', name: 'Spider-Man' })}\n`
  const native = await dial(port)
  native.socket.write(Buffer.concat([onBehalfOf6(sixteen(1)), Buffer.from(hello)]))
  await native.heard.has('"type":"room"')
  await order({ type: 'ban', net: BAD_TOO, for: 600, reason: 'flooding' })
  await native.heard.has('"code":"banned"')
  const line = await dial(port)
  line.socket.write(Buffer.concat([onBehalfOf6(sixteen(1)), Buffer.from('ЗОЯ\n')]))
  await line.heard.has('banned with your network for 10 min more, by the host: flooding')
  const page = await call(port)
  page.send(handshake(host, { 'X-Forwarded-For': BAD }))
  await page.until(({ received }) => received().includes('101 Switching'))
  page.send(text({ type: 'hello', name: 'a_b' }))
  await page.until(({ objects }) => objects().some(({ code }) => code === 'banned'))
  const good = await dial(port)
  good.socket.write(Buffer.concat([onBehalfOf6(sixteen(2)), Buffer.from(hello)]))
  await good.heard.has('"type":"welcome"')
})
