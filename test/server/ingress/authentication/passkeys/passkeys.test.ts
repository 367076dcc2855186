import { generateAuthenticationOptions, generateRegistrationOptions } from '@simplewebauthn/server'
import { afterAll, describe, expect, test } from 'vitest'
import {
  PASSKEY_ANSWER_MAX_CHARS,
  PASSKEY_CHALLENGE_MS,
  PASSKEYS_WAITING_MAX,
} from '../../../../../src/model/limits.ts'
import type { PasskeyVerdict } from '../../../../../src/port/passkeys.ts'
import { passkeySite } from '../../../../../src/server/ingress/authentication/page-origin.ts'
import { webAuthn } from '../../../../../src/server/ingress/authentication/passkeys/passkeys.ts'
import { authenticator } from '../../../../helpers/authenticator.ts'

const site = { host: 'chat.example', origin: 'https://chat.example:3001' }
const account = { id: 'Iekx386Km8BFgd6B', name: 'Mr.Blue' }
const challenge = Buffer.from('a challenge of enough bytes').toString('base64url')
const passkeys = webAuthn()
afterAll(() => passkeys.close())
const another = Buffer.from('another challenge').toString('base64url')

async function made() {
  const device = authenticator(site)
  const passkey = await passkeys.created(site, challenge, device.create({ challenge }))
  if (!passkey || passkey === 'busy') throw new Error('The passkey was refused.')
  return { device, passkey }
}

describe('[I5] a passkey', () => {
  test('is made and proves itself', async () => {
    const { device, passkey } = await made()
    expect(passkey.credential).toBe(device.id)
    expect(await passkeys.proved(site, another, device.get({ challenge: another }), passkey)).toEqual({
      ...passkey,
      counter: 2,
    })
  })

  test('is asked for in the words of the library, which is not loaded for that', async () => {
    const asked = passkeys.request(site, challenge)
    const options = { rpID: site.host, challenge: new Uint8Array(Buffer.from(challenge, 'base64url')) }
    const { timeout, userVerification } = { timeout: PASSKEY_CHALLENGE_MS, userVerification: 'required' as const }
    expect(asked).toEqual(await generateAuthenticationOptions({ ...options, timeout, userVerification }))
  })

  test('proves nothing with another challenge, for another page or host, or without its user', async () => {
    const { device, passkey } = await made()
    const proof = (how: object): Promise<PasskeyVerdict> =>
      passkeys.proved(site, challenge, device.get({ challenge }, how), passkey)
    expect(await passkeys.proved(site, another, device.get({ challenge }), passkey)).toBeNull()
    expect(await proof({ origin: 'https://chat.example' })).toBeNull()
    expect(await proof({ host: 'evil.example' })).toBeNull()
    expect(await proof({ verified: false })).toBeNull()
    expect(await proof({})).not.toBeNull()
  })

  test('of another device, or of a device that was copied, proves nothing', async () => {
    const { device, passkey } = await made()
    const copy = device.get({ challenge })
    expect(await passkeys.proved(site, challenge, copy, { ...passkey, counter: 7 }), 'its counter is behind').toBeNull()
    const other = authenticator(site)
    expect(await passkeys.proved(site, challenge, other.get({ challenge }), passkey)).toBeNull()
  })

  test('is not made by a response to another challenge, of another page, or of no form at all', async () => {
    const device = authenticator(site)
    const created = (response: unknown): Promise<unknown> => passkeys.created(site, challenge, response)
    expect(await created(device.create({ challenge: another }))).toBeNull()
    expect(await created(device.create({ challenge }, { origin: 'https://evil.example' }))).toBeNull()
    expect(await created(device.create({ challenge }, { verified: false }))).toBeNull()
    const long = { ...device.create({ challenge }), more: 'x'.repeat(PASSKEY_ANSWER_MAX_CHARS) }
    expect(await created(long)).toBeNull()
    for (const response of [null, 1, 'x', [], {}, { id: 'x', rawId: 'x', type: 'public-key' }]) {
      expect(await created(response)).toBeNull()
    }
  })

  test('options name the page, need a verified user, and tell nobody which passkeys there are', async () => {
    expect(passkeys.request(site, challenge)).toMatchObject({
      ...{ challenge, rpId: 'chat.example', userVerification: 'required' },
    })
    expect(passkeys.request(site, challenge)).not.toHaveProperty('allowCredentials.0')
    const creation = passkeys.creation(site, challenge, account, ['AAAA'])
    expect(creation).toMatchObject({
      ...{ challenge, rp: { id: 'chat.example' }, user: { name: 'Mr.Blue' }, excludeCredentials: [{ id: 'AAAA' }] },
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
    expect(creation).toEqual(
      await generateRegistrationOptions({
        ...{ rpName: 'rxchat', rpID: site.host, userName: account.name, userDisplayName: account.name },
        userID: new Uint8Array(Buffer.from(account.id)),
        challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
        timeout: PASSKEY_CHALLENGE_MS,
        attestationType: 'none',
        supportedAlgorithmIDs: [-8, -7, -257],
        excludeCredentials: [{ id: 'AAAA' }],
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
      }),
    )
    const { user } = creation as { user: { id: string } }
    expect(Buffer.from(user.id, 'base64url').toString()).toBe(account.id)
  })
})

describe('[I5] a passkey belongs to the host name of the page', () => {
  test.each([
    ['https://chat.example:3001', 'chat.example'],
    ['https://xn--fsq.example', 'xn--fsq.example'],
    ['http://localhost:3001', 'localhost'],
  ])('%s', (origin, host) => {
    expect(passkeySite(origin)).toEqual({ ok: true, host, origin })
  })

  test.each([
    [null, /browser/],
    ['null', /browser/],
    ['http://chat.example', /https/],
    ['https://192.0.2.1:3001', /domain name/],
    ['https://[2001:db8::1]', /domain name/],
    ['http://127.0.0.1:3001', /https/],
  ])('and cannot be used on %s', (origin, reason) => {
    expect(passkeySite(origin)).toEqual({ ok: false, reason: expect.stringMatching(reason) })
  })

  test('is not checked when too many answers wait, and is when they are through', async () => {
    const { device, passkey } = await made()
    const prove = () => passkeys.proved(site, challenge, device.get({ challenge }), passkey)
    const verdicts = await Promise.all(Array.from({ length: PASSKEYS_WAITING_MAX + 2 }, prove))
    expect(verdicts.map(verdict => verdict === 'busy').indexOf(true)).toBe(PASSKEYS_WAITING_MAX)
    expect(verdicts.filter(verdict => verdict === 'busy')).toHaveLength(2)
    expect(await prove()).toMatchObject({ credential: passkey.credential })
  })
})
