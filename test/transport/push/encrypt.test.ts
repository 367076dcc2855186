/** Encryption and tokens of Web Push, by the examples of their RFCs. */
import { describe, expect, test } from 'vitest'
import { PUSH_TOKEN_MS } from '../../../src/model/limits.ts'
import { Authorization } from '../../../src/transport/push/authorization.ts'
import { encrypt } from '../../../src/transport/push/encrypt.ts'
import { authOf, newPushKey, pointOf, readPushKey } from '../../../src/transport/push/keys.ts'
import { subscription } from '../../helpers/push-service.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')

describe('a push', () => {
  test('is encrypted as RFC 8291 does it in its appendix', () => {
    const plain = Buffer.from('When I grow up, I want to be a watermelon')
    const to = pointOf('BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4')
    const auth = authOf('BTBZMqHH6r4Tts7J_aSIgg')
    if (!to || !auth) throw new Error('the keys of the RFC')
    const random = {
      salt: bytes('DGv6ra1nlYgDCS1FRnbzlw'),
      sender: bytes('yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw'),
    }
    expect(encrypt(plain, 0, { to, auth }, random).toString('base64url')).toBe(
      [
        'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml',
        'mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT',
        'pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
      ].join(''),
    )
  })

  test('has the same length with any content, and another one can’t be told from it', () => {
    const { target, read } = subscription('https://push.example/1')
    const [to, auth] = [pointOf(target.p256dh), authOf(target.auth)]
    if (!to || !auth) throw new Error('its keys')
    const texts = ['', 'short', `مريم 🦊 ${'long '.repeat(100)}`]
    const sealed = texts.map(text => encrypt(Buffer.from(text), 2048, { to, auth }))
    expect(sealed.map(read)).toEqual(texts)
    expect(new Set(sealed.map(({ length }) => length)).size).toBe(1)
    expect(sealed[0]?.length).toBeLessThanOrEqual(4096)
    expect(encrypt(Buffer.from('short'), 2048, { to, auth })).not.toEqual(sealed[1])
  })
})

describe('keys', () => {
  test.each([
    ['', 'nothing'],
    ['BCVxsr7N', 'too short'],
    [Buffer.alloc(65, 4).toString('base64url'), 'no point of the curve'],
    [Buffer.alloc(65).toString('base64url'), 'no point at all'],
    [`${subscription('https://push.example/').target.p256dh}A`, 'too long'],
    ['<script>alert(1)</script>', 'no base64url'],
  ])('of a browser are a point of the curve: %s is %s', p256dh => {
    expect(pointOf(p256dh)).toBeNull()
  })

  test('of a server are read as they were written, and anything else is not', () => {
    for (let run = 0; run < 50; run++) {
      const written = newPushKey()
      const { publicKey } = readPushKey(written)
      expect(publicKey).toHaveLength(65)
      expect(readPushKey(written).publicKey).toEqual(publicKey)
    }
    for (const wrong of ['', 'AA', newPushKey().slice(1), '?'.repeat(43), Buffer.alloc(32).toString('base64url')])
      expect(() => readPushKey(wrong)).toThrow()
  })
})

test('a token is used again for half of its time, and never for another service or site', () => {
  const authorization = new Authorization(readPushKey(newPushKey()))
  const [endpoint, now] = ['https://push.example/a', 1_800_000_000_000]
  const first = authorization.header(endpoint, 'https://chat.example', now)
  expect(authorization.header('https://push.example/b', 'https://chat.example', now + PUSH_TOKEN_MS / 2 - 1)).toBe(
    first,
  )
  expect(authorization.header(endpoint, 'https://chat.example', now + PUSH_TOKEN_MS / 2)).not.toBe(first)
  expect(authorization.header(endpoint, null, now)).not.toBe(first)
  expect(authorization.header('https://other.example/a', 'https://chat.example', now)).not.toBe(first)
})
