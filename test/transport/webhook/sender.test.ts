// Webhooks against receivers that take, fail, stall, redirect, and against addresses that are nobody's business.
import { createHmac } from 'node:crypto'
import type { lookup } from 'node:dns'
import { createServer, IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { HOOK_MS } from '../../../src/model/limits.ts'
import type { WebhookDelivery } from '../../../src/port/webhook-sender.ts'
import { isPrivate } from '../../../src/transport/webhook/private-address.ts'
import { httpWebhookSender } from '../../../src/transport/webhook/sender.ts'

const key = () => Buffer.alloc(32, 7)
const body = '{"type":"said","text":"héllo"}'
const deliveryTo = (url: string): WebhookDelivery => ({
  ...{ url, secrets: [{ salt: 'salt' }], id: 'epoch-6', delivery: '4-6', at: 1_700_000_000_123 },
  ...{ type: 'application/json', body },
})

type Got = { readonly request: IncomingMessage; readonly body: string }

/** Answers as `answer` does; `got` has the requests. */
async function receiver(answer: (response: ServerResponse, request: IncomingMessage) => void) {
  const got: Got[] = []
  let heard = (): void => {}
  const first = new Promise<void>(resolve => (heard = resolve))
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    got.push({ request, body: Buffer.concat(parts).toString('utf8') })
    heard()
    answer(response, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { got, first, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/in` }
}

afterEach(() => void vi.useRealTimers())

describe('[A8] a delivery', () => {
  const webhooks = httpWebhookSender({ key, allowPrivate: true })

  test('[A8] is a POST, signed over its time and its body with the secret that the host was shown', async () => {
    const { url, got } = await receiver(response => response.writeHead(204).end())
    expect(await webhooks.send(deliveryTo(url))).toBeNull()
    const [{ request, body: came }] = got as [Got]
    expect([request.method, request.url, came]).toEqual(['POST', '/in', body])
    const { headers } = request
    expect(headers).toMatchObject({
      'content-type': 'application/json; charset=utf-8',
      'rxchat-delivery': '4-6',
      'rxchat-timestamp': '1700000000',
    })
    const signed = createHmac('sha256', webhooks.secret({ salt: 'salt' }))
      .update(`1700000000.${came}`)
      .digest('hex')
    expect(headers['rxchat-signature']).toBe(`sha256=${signed}`)
    expect(httpWebhookSender({ key, allowPrivate: true }).secret({ salt: 'salt' })).toBe(
      webhooks.secret({ salt: 'salt' }),
    )
    expect(webhooks.secret({ salt: 'pepper' })).not.toBe(webhooks.secret({ salt: 'salt' }))
  })

  test('[A8] that fails, is gone or finds nobody says why', async () => {
    const failing = await receiver(response => response.writeHead(500).end('<html>'))
    expect(await webhooks.send(deliveryTo(failing.url))).toEqual({ why: 'it answered 500', final: false })
    const gone = await receiver(response => response.writeHead(410).end())
    expect(await webhooks.send(deliveryTo(gone.url))).toEqual({ why: 'it answered 410', final: true })
    const cut = await receiver(response => response.destroy())
    expect(await webhooks.send(deliveryTo(cut.url))).toMatchObject({ final: false })
    expect(await webhooks.send(deliveryTo('http://127.0.0.1:1/'))).toMatchObject({ final: false })
  })

  test('[A8] that is redirected goes nowhere', async () => {
    const target = await receiver(response => response.writeHead(200).end())
    const { url } = await receiver(response => response.writeHead(307, { Location: target.url }).end())
    expect(await webhooks.send(deliveryTo(url))).toEqual({ why: 'it answered 307', final: false })
    expect(target.got).toEqual([])
  })

  test('[A8] to one that stalls ends in time', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { url, first } = await receiver(() => {})
    const sent = webhooks.send(deliveryTo(url))
    await first
    vi.advanceTimersByTime(HOOK_MS)
    expect(await sent).toEqual({ why: 'no answer within 10 s', final: false })
  })

  test('[A8] to one that answers without an end counts by its status, when its time is over', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    for (const [status, verdict] of [
      [200, null],
      [503, { why: 'it answered 503', final: false }],
    ] as const) {
      const { url } = await receiver(response => void response.writeHead(status).write('x'))
      const listened = Promise.withResolvers<void>()
      const { on } = IncomingMessage.prototype
      const spy = vi.spyOn(IncomingMessage.prototype, 'on').mockImplementation(function (
        this: IncomingMessage,
        ...heard
      ) {
        if ((heard as readonly unknown[])[0] === 'data') listened.resolve()
        return on.apply(this, heard)
      })
      const sent = webhooks.send(deliveryTo(url))
      await listened.promise
      spy.mockRestore()
      vi.advanceTimersByTime(HOOK_MS)
      expect(await sent).toEqual(verdict)
    }
  })

  test('[A8] reads an answer to its end, so that the receiver is not cut while it speaks', async () => {
    const ended = Promise.withResolvers<string>()
    const { url } = await receiver((response, request) => {
      request.socket.on('error', error => ended.resolve(`cut: ${error.message}`))
      response.on('close', () => ended.resolve(response.writableFinished ? 'whole' : 'cut'))
      response.writeHead(200)
      // More than a socket takes at once, in pieces.
      for (let k = 0; k < 15; k++) response.write('x'.repeat(4096))
      setImmediate(() => response.end('and the end'))
    })
    expect(await webhooks.send(deliveryTo(url))).toBeNull()
    expect(await ended.promise).toBe('whole')
  })

  test('[A8] reads no more of an answer than fits', async () => {
    // Far more than sockets hold: one that is read to its end is seen.
    let left = 2000
    const { url } = await receiver(response => {
      response.writeHead(201)
      const more = (): void => {
        if (response.destroyed) return
        if (left-- > 0) response.write('x'.repeat(65_536), more)
        else response.end()
      }
      more()
    })
    expect(await webhooks.send(deliveryTo(url))).toBeNull()
    expect(left).toBeGreaterThan(0)
  })

  test('[H1] ends with the server', async () => {
    const own = httpWebhookSender({ key, allowPrivate: true })
    const { url, first } = await receiver(() => {})
    const sent = own.send(deliveryTo(url))
    await first
    own.close()
    expect(await sent).toEqual({ why: 'the server stops', final: false })
  })
})

describe('[A8] private addresses', () => {
  const resolving = (...answers: readonly string[][]) => {
    const left = [...answers]
    const names: string[] = []
    const resolve = ((name: string, _: unknown, done: (error: null, found: unknown) => void) => {
      names.push(name)
      done(
        null,
        (left.shift() ?? []).map(address => ({ address, family: address.includes(':') ? 6 : 4 })),
      )
    }) as unknown as typeof lookup
    return { names, webhooks: httpWebhookSender({ key, allowPrivate: false, resolve }) }
  }

  test('[A8] are known beforehand: at once as they are written, or by what a name leads to', async () => {
    const { webhooks, names } = resolving(['10.0.0.1'], ['93.184.215.14'], [])
    const said: (string | null)[] = []
    const ask = (url: string): void => webhooks.forbids(url, why => said.push(why?.why ?? null))
    for (const host of ['127.0.0.1', '2130706433', '[::1]', '[::ffff:10.0.0.1]', '8.8.8.8']) ask(`http://${host}/in`)
    expect(said.splice(0).map(why => why !== null)).toEqual([true, true, true, true, false])
    for (const host of ['inside.example', 'outside.example', 'nowhere.example']) ask(`https://${host}/`)
    expect([said.map(why => why !== null), names.length]).toEqual([[true, false, false], 3])
    httpWebhookSender({ key, allowPrivate: true }).forbids('http://127.0.0.1/', why => said.push(`${why}`))
    expect(said.at(-1)).toBe('null')
  })

  test('[A8] are not connected to, however they are written', async () => {
    const { got, url } = await receiver(response => response.writeHead(200).end())
    const { port } = new URL(url)
    const { webhooks } = resolving()
    for (const host of [
      '127.0.0.1',
      '2130706433',
      '0x7f.1',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '169.254.169.254',
      '0.0.0.0',
    ]) {
      expect(await webhooks.send(deliveryTo(`http://${host}:${port}/in`)), host).toMatchObject({ final: true })
    }
    expect(got).toEqual([])
  })

  test('[A8] are looked for in what a name leads to at the moment of connecting, in each of its addresses', async () => {
    const { got, url } = await receiver(response => response.writeHead(200).end())
    const { port } = new URL(url)
    const { webhooks, names } = resolving(['127.0.0.1'], ['93.184.215.14', '10.0.0.1'], ['fd00::1'])
    for (let k = 0; k < 3; k++) {
      expect(await webhooks.send(deliveryTo(`http://rebinding.example:${port}/in`))).toMatchObject({
        why: expect.stringContaining('--allow-private-hooks'),
        final: true,
      })
    }
    expect(names).toEqual(['rebinding.example', 'rebinding.example', 'rebinding.example'])
    expect(got).toEqual([])
  })

  test('[A8] are all that lead to no host in the internet', () => {
    const none = ['10.1.2.3', '172.31.0.1', '192.168.1.1', '100.64.0.1', '224.0.0.1', '255.255.255.255', '198.19.0.1']
    const six = [
      '::',
      '::1',
      'fe80::1%eth0',
      'fc00::1',
      'ff02::1',
      '::ffff:8.8.8.8',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
    ]
    expect([...none, ...six, 'localhost', ''].filter(address => !isPrivate(address))).toEqual([])
    const hosts = [
      '8.8.8.8',
      '172.32.0.1',
      '100.128.0.1',
      '198.20.0.1',
      '2606:4700::1111',
      '2a00:1450:4001::1',
      '2606:4700::1%eth0',
    ]
    expect(hosts.filter(isPrivate)).toEqual([])
  })
})
