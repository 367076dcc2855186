// Signatures, judged by the verifier of Standard Webhooks itself; the text about a pause; and old receivers.
import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { describe, expect, onTestFinished, test } from 'vitest'
import { HOOK_RETRY_AFTER_MOST_MS } from '../../../src/model/limits.ts'
import type { HookSecret } from '../../../src/model/state/hook.ts'
import type { WebhookDelivery } from '../../../src/port/webhook-sender.ts'
import { httpWebhookSender } from '../../../src/transport/webhook/sender.ts'
import { secretText, signatures } from '../../../src/transport/webhook/signing.ts'

const key = Buffer.alloc(32, 7)
const body = '{"type":"said","text":"héllo <b>\\n"}'
const [NEW, NEXT, OLD]: readonly [HookSecret, HookSecret, HookSecret] = [
  { salt: 'new', standard: true },
  { salt: 'next', standard: true },
  { salt: 'old' },
]

const delivery = (secrets: WebhookDelivery['secrets'], more: Partial<WebhookDelivery> = {}): WebhookDelivery => ({
  ...{ url: 'https://a.example/', secrets, id: 'epoch-6', delivery: '4-6', at: Date.now() },
  ...{ type: 'application/json', body, ...more },
})

describe('[HO1] a delivery', () => {
  test('[HO1] is accepted by the verifier of Standard Webhooks, and no other body, id, time or secret is', () => {
    const headers = signatures(key, delivery([NEW]))
    const verifier = new Webhook(secretText(key, NEW))
    expect(verifier.verify(body, headers)).toEqual(JSON.parse(body))
    expect(verifier.sign('epoch-6', new Date(Number(headers['Webhook-Timestamp']) * 1000), body)).toBe(
      headers['Webhook-Signature'],
    )
    const refused = 'No matching signature found'
    expect(() => verifier.verify(`${body} `, headers)).toThrow(refused)
    expect(() => verifier.verify(body, { ...headers, 'Webhook-Id': 'epoch-7' })).toThrow(refused)
    const later = `${Number(headers['Webhook-Timestamp']) + 1}`
    expect(() => verifier.verify(body, { ...headers, 'Webhook-Timestamp': later })).toThrow(refused)
    expect(() => new Webhook(secretText(key, NEXT)).verify(body, headers)).toThrow(refused)
    expect(() => new Webhook(secretText(Buffer.alloc(32, 8), NEW)).verify(body, headers)).toThrow(refused)
    const old = signatures(key, delivery([NEW], { at: Date.now() - 10 * 60_000 }))
    expect(() => verifier.verify(body, old)).toThrow('Message timestamp too old')
  })

  test('[HO1] has secrets of whsec_ and 32 bytes in base64, the same at every start', () => {
    const secret = secretText(key, NEW)
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32)
    expect(secretText(key, NEW)).toBe(secret)
    expect(secretText(key, NEXT)).not.toBe(secret)
  })

  test('[HO2] is accepted under both secrets after a rotation, and under the new one alone when that is over', () => {
    const both = signatures(key, delivery([NEXT, NEW]))
    expect(both['Webhook-Signature']?.split(' ')).toHaveLength(2)
    for (const secret of [NEW, NEXT]) expect(new Webhook(secretText(key, secret)).verify(body, both)).toBeTruthy()
    const alone = signatures(key, delivery([NEXT]))
    expect(new Webhook(secretText(key, NEXT)).verify(body, alone)).toBeTruthy()
    expect(() => new Webhook(secretText(key, NEW)).verify(body, alone)).toThrow('No matching signature found')
  })

  test('[HO1] has the headers from before too, under the secret that a receiver from then has', () => {
    for (const [secrets, known] of [
      [[OLD], OLD],
      [[NEXT, OLD], OLD],
      [[NEXT], NEXT],
    ] as const) {
      const headers = signatures(key, delivery(secrets))
      const timestamp = headers['Rxchat-Timestamp'] ?? ''
      const signed = createHmac('sha256', secretText(key, known)).update(`${timestamp}.${body}`).digest('hex')
      expect(headers).toMatchObject({ 'Rxchat-Delivery': '4-6', 'Rxchat-Signature': `sha256=${signed}` })
      expect(timestamp).toBe(headers['Webhook-Timestamp'])
    }
  })

  test('[HO1] under a secret from before is verified with the same bytes in base64', () => {
    const shown = secretText(key, OLD)
    expect(shown).toMatch(/^rxhook_[0-9a-f]{64}$/)
    const standard = `whsec_${Buffer.from(shown.slice(7), 'hex').toString('base64')}`
    expect(new Webhook(standard).verify(body, signatures(key, delivery([OLD])))).toBeTruthy()
  })

  test('[HO1] over HTTP says what it is, and [HO5] hears for how long it is to pause', async () => {
    const at = Date.parse('2026-01-01T00:00:00Z')
    const answers = [
      [503, '120', 120_000],
      [429, 'Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
      [503, 'Thu, 01 Jan 2015 00:00:00 GMT', 0],
      [503, '99999999999999999999', HOOK_RETRY_AFTER_MOST_MS],
      [503, 'soon', undefined],
      [400, '-5', undefined],
    ] as const
    let next = 0
    const types: (string | undefined)[] = []
    const server = createServer((request, response) => {
      types.push(request.headers['content-type'])
      const [status, after] = answers[next++] ?? [204, '']
      response.writeHead(status, { 'Retry-After': after }).end()
    })
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    const webhooks = httpWebhookSender({ key: () => key, allowPrivate: true })
    for (const [status, after, ms] of answers) {
      const failure = await webhooks.send(delivery([NEW], { url, at }))
      expect([after, failure?.why, failure?.after]).toEqual([after, `it answered ${status}`, ms])
    }
    expect(await webhooks.send(delivery([NEW], { url, type: 'application/cloudevents+json' }))).toBe(null)
    expect(types.at(-1)).toBe('application/cloudevents+json; charset=utf-8')
  })
})
