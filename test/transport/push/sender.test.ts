/** Pushes to services that take, refuse, are busy or gone, and to addresses that are nobody's business. */
import type { lookup } from 'node:dns'
import { describe, expect, test } from 'vitest'
import { PUSH_AFTER_MOST_MS, PUSH_TOKEN_MS } from '../../../src/model/limits.ts'
import type { Push, PushTarget } from '../../../src/port/push-sender.ts'
import { newPushKey, readPushKey } from '../../../src/transport/push/keys.ts'
import { httpPushSender } from '../../../src/transport/push/sender.ts'
import { pushService, subscription } from '../../helpers/push-service.ts'

const keys = readPushKey(newPushKey())
const NOW = 1_800_000_000_000
const sender = httpPushSender({ keys, allowPrivate: true, now: () => NOW })
const to = (target: PushTarget): Push => ({ target, payload: 'مريم 🦊', ttl: 60, urgency: 'high', topic: 'abc' })

describe('a push', () => {
  test('reaches its browser alone, and names its sender to the service', async () => {
    const service = await pushService()
    const target = service.device('/send/1', 'https://chat.example')
    expect(await sender.send(to(target))).toBeNull()
    const { text, headers, claims, key, body } = await service.nth(0)
    expect([text, key]).toEqual(['مريم 🦊', sender.key])
    expect(claims).toEqual({ aud: service.origin, exp: (NOW + PUSH_TOKEN_MS) / 1000, sub: 'https://chat.example' })
    expect(headers).toMatchObject({
      ...{ ttl: '60', urgency: 'high', topic: 'abc' },
      ...{ 'content-encoding': 'aes128gcm', 'content-length': `${body.length}` },
    })
    const other = subscription(target.endpoint)
    expect(() => other.read(body)).toThrow()
  })

  test('that fails says whether another attempt is worth it', async () => {
    const answers: readonly [number, Record<string, string>?][] = [
      [404],
      [410],
      [429, { 'Retry-After': '7' }],
      [503, { 'Retry-After': '99999' }],
      [503, { 'Retry-After': 'Wed, 21 Oct 2026 07:28:00 GMT' }],
      [307, { Location: 'http://127.0.0.1:1/' }],
    ]
    const left = [...answers]
    const service = await pushService(() => left.shift() ?? [500])
    const target = service.device('/x')
    const found = []
    for (const _ of answers) found.push(await sender.send(to(target)))
    expect(found).toEqual([
      { why: 'it answered 404', next: 'end', after: null },
      { why: 'it answered 410', next: 'end', after: null },
      { why: 'it answered 429', next: 'retry', after: 7000 },
      { why: 'it answered 503', next: 'retry', after: PUSH_AFTER_MOST_MS },
      { why: 'it answered 503', next: 'retry', after: null },
      { why: 'it answered 307', next: 'drop', after: null },
    ])
    expect(service.pushes).toHaveLength(answers.length)
    const nobody = { ...target, endpoint: 'http://127.0.0.1:1/' }
    expect(await sender.send(to(nobody))).toMatchObject({ next: 'retry' })
  })
})

describe('an endpoint', () => {
  const strict = httpPushSender({ keys, allowPrivate: false })

  test.each([
    'http://push.example/a',
    'https://push.example:8443/a',
    'https://me:secret@push.example/a',
    'https://10.0.0.1/a',
    'https://93.184.215.14/a',
    'https://[::1]/a',
    'ftp://push.example/a',
    'push.example/a',
    'javascript:alert(1)',
    '',
  ])('%s is no push service’s', async endpoint => {
    const { target } = subscription(endpoint)
    expect(strict.forbids(target)).toContain('endpoint')
    expect(await strict.send(to(target))).toMatchObject({ next: 'end' })
  })

  test('of a push service is fine, with keys that fit', () => {
    const { target } = subscription('https://updates.push.services.mozilla.com/wpush/v2/gAAAA')
    expect(strict.forbids(target)).toBeNull()
    expect(strict.forbids({ ...target, p256dh: target.auth })).toContain('key')
    expect(strict.forbids({ ...target, auth: `${target.auth}AA` })).toContain('secret')
  })

  test('with a name that leads into a private network is not connected to, and the subscription ends', async () => {
    const resolve = ((_: string, __: unknown, done: (error: null, found: unknown) => void) =>
      done(null, [{ address: '10.0.0.1', family: 4 }])) as unknown as typeof lookup
    const rebound = httpPushSender({ keys, allowPrivate: false, resolve })
    const { target } = subscription('https://push.example/a')
    expect(await rebound.send(to(target))).toMatchObject({ next: 'end', why: expect.stringContaining('private') })
  })
})
