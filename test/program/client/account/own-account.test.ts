/** The keys of a machine: the servers that each is offered to, its signatures, and the updates of its file. */
import { createPublicKey, verify } from 'node:crypto'
import { readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Subject } from 'rxjs'
import { describe, expect, test } from 'vitest'
import type { Incoming } from '../../../../src/client/session/incoming.ts'
import { loginText } from '../../../../src/model/proof.ts'
import { entranceFor } from '../../../../src/program/client/account/entrance.ts'
import { ownAccount } from '../../../../src/program/client/account/own-account.ts'
import { readKeys } from '../../../../src/program/client/account/own-keys.ts'
import { temporaryFolder } from '../../../helpers/temporary-folder.ts'

function machine(folder = join(temporaryFolder(), 'keys')) {
  const told: string[] = []
  const at = (address: string, seen = 'plain') =>
    ownAccount({ folder, address, seen: () => seen, tell: text => void told.push(text) })
  return { folder, told, at }
}

const welcome = (name: string, more: object = {}): Incoming => ({
  reply: {
    ...{ type: 'welcome', seq: 1, at: 0, name, id: 'm1', session: 's', epoch: 'E' },
    ...{ resumed: false, gap: false, grace: 1, rate: null, account: true },
    ...more,
  },
  replayed: false,
})

const CERTIFICATE = 'f'.repeat(64)
const guest = { accountPassword: null, register: false, invite: null }

/** Registers `name` at `a:1`, whose epoch is E. */
function registered(name = 'Mr.Blue') {
  const here = machine()
  const own = here.at('a:1')
  const { register } = entranceFor({ ...guest, name, register: true }, own) ?? {}
  const incoming$ = new Subject<Incoming>()
  own.follow({ incoming$ })
  incoming$.next(welcome(name))
  return { ...here, own, incoming$, key: register?.key ?? '' }
}

describe('[I17] a key of the machine', () => {
  test('is on the disk for its owner alone before the server hears of it', () => {
    const { folder, at } = machine()
    const draft = at('a:1').draft('Mr.Blue', '')
    const [file = ''] = readdirSync(folder)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600)
    expect(readKeys(folder)).toMatchObject([{ key: draft?.key, server: '', unsure: ['Mr.Blue'], accounts: [] }])
    expect(at('a:1').draft('Mr.Blue', '')?.key).toBe(draft?.key)
  })

  test('is offered by itself for its name at its address, however that is written, and for no other', () => {
    const { at, key } = registered()
    expect(entranceFor({ ...guest, name: 'mr.BLUE' }, at('a:1'))).toMatchObject({ account: { key }, isGuest: false })
    expect(entranceFor({ ...guest, name: 'Zed' }, at('a:1'))).toMatchObject({ otherwise: [], isGuest: true })
    expect(entranceFor({ ...guest, name: 'Zed' }, at('a:1'))).not.toHaveProperty('account')
  })

  test('is tried at another address, and after a lost answer, only once the name is said to be an account', () => {
    const { at, key } = registered()
    const elsewhere = entranceFor({ ...guest, name: 'Mr.Blue' }, at('b:1', CERTIFICATE))
    expect(elsewhere).toMatchObject({ otherwise: [{ key }], isGuest: true })
    const lost = machine()
    const draft = lost.at('a:1').draft('Mr.Blue', '')
    expect(entranceFor({ ...guest, name: 'Mr.Blue' }, lost.at('a:1'))).toMatchObject({
      otherwise: [{ key: draft?.key }],
    })
  })

  test('signs what the server and the client see, for its own server', async () => {
    const { at, key } = registered()
    const own = at('a:1', 'f'.repeat(64))
    const challenge = { type: 'challenge', nonce: 'N', server: 'E' } as const
    const proof = (await own.prove(challenge, ' Mr.Blue ', { key })) as { signature: string; seen: string }
    const text = loginText({ epoch: 'E', name: 'Mr.Blue', key, nonce: 'N', seen: 'f'.repeat(64) })
    const jwk = { key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' as const }
    expect(proof.seen).toBe('f'.repeat(64))
    expect(verify(null, Buffer.from(text), createPublicKey(jwk), Buffer.from(proof.signature, 'base64url'))).toBe(true)
  })

  test('without TLS, is for the addresses where its server was met: another server may pass on its challenges', async () => {
    const { folder, at, key } = registered()
    const evil = at('evil:1')
    const challenge = { type: 'challenge', nonce: 'N', server: 'E' } as const
    expect(entranceFor({ ...guest, name: 'Mr.Blue' }, evil)).toMatchObject({ otherwise: [], isGuest: true })
    await expect(evil.prove(challenge, 'Mr.Blue', { key })).rejects.toThrow('nothing was signed')
    const draft = evil.draft('Mr.Blue', 'E')
    expect(draft?.key).not.toBe(key)
    expect(readKeys(folder).find(one => one.key === key)?.addresses).toEqual(['a:1'])
    await expect(at('evil:1', CERTIFICATE).prove(challenge, 'Mr.Blue', { key })).resolves.toMatchObject({
      seen: CERTIFICATE,
    })
  })

  test('says where it was made, and what to do at an address where it can’t be used', () => {
    const { at } = registered()
    const b = at('b:1')
    expect(b.elsewhere('mr.blue')).toBe(
      'The key for mr.blue was made at a:1, and without TLS it is used only there. If this is the same server: connect to a:1, or sign in with the password once, and rxchat makes a key for b:1 too.',
    )
    expect(b.elsewhere('Mr.Blue', 'E')).toContain('This server says that it is the same: connect to a:1')
    expect([b.elsewhere('Mr.Blue', 'another'), b.elsewhere('Zed')]).toEqual([null, null])
    for (const usable of [at('a:1'), at('b:1', CERTIFICATE)]) expect(usable.elsewhere('Mr.Blue')).toBeNull()
    // Over TLS the key itself can be used.
    const secure = at('b:1', CERTIFICATE)
    expect(secure.keyPerhaps('Mr.Blue', 'E')).not.toBeNull()
    expect(secure.keyPerhaps('Mr.Blue', 'another')).toBeNull()
  })

  test('signs nothing for another server, says so, and is not offered there again', async () => {
    const { at, key, told } = registered()
    const challenge = { type: 'challenge', nonce: 'N', server: 'another' } as const
    await expect(at('a:1').prove(challenge, 'Mr.Blue', { key })).rejects.toThrow('nothing was signed')
    expect(told).toHaveLength(1)
    expect(at('a:1').keyFor('Mr.Blue')).toBeNull()
    expect(at('a:1').keyPerhaps('Mr.Blue')).toBe(key)
  })

  test('follows a new name of the account, and keeps the former one', () => {
    const { at, key, incoming$ } = registered()
    const renamed = { type: 'renamed', seq: 2, at: 0, from: 'Mr.Blue', to: 'José', id: 'm1' } as const
    incoming$.next({ reply: renamed, replayed: false })
    incoming$.next({ reply: { ...renamed, id: 'm2', from: 'a|b', to: 'Zed' }, replayed: false })
    for (const name of ['Mr.Blue', 'José']) expect(at('a:1').keyFor(name)).toBe(key)
    expect(at('a:1').keyFor('Zed')).toBeNull()
  })

  test('that the server has refused is forgotten, and one that it has taken is not', () => {
    const { folder, at } = machine()
    const own = at('a:1')
    const refused = own.draft('Mr.Blue', '')
    own.settle('Mr.Blue', refused?.key ?? '', false)
    expect(readKeys(folder)).toEqual([])
    const taken = own.draft('Mr.Blue', 'E')
    own.settle('Mr.Blue', taken?.key ?? '', true)
    expect(own.keyFor('Mr.Blue')).toBe(taken?.key)
    expect(own.draft('Zed', 'E')?.key, 'one key for each server').toBe(taken?.key)
  })

  test('in a damaged file is none; without a home there are none', () => {
    const { folder, at } = registered()
    for (const text of ['', '{', '[]', '{"key":1}', 'null']) writeFileSync(join(folder, `${text.length}x.json`), text)
    expect(readKeys(folder)).toHaveLength(1)
    expect(at('a:1').keyFor('Mr.Blue')).not.toBeNull()
    const homeless = ownAccount({ folder: null, address: 'a:1', seen: () => 'plain', tell: () => {} })
    expect(homeless.draft('Mr.Blue', '')).toBeNull()
    expect(entranceFor({ ...guest, name: 'Mr.Blue', register: true }, homeless)).toBeNull()
    const password = entranceFor({ ...guest, name: 'Mr.Blue', register: true, accountPassword: 'p' }, homeless)
    expect(password).toMatchObject({ register: { password: 'p' } })
  })
})

test('[I17] a password that was given goes before a key, and nothing is tried after it', () => {
  const { at } = registered()
  const entrance = entranceFor({ ...guest, name: 'Mr.Blue', accountPassword: 'p', invite: 'i' }, at('a:1'))
  expect(entrance).toEqual({ account: { password: 'p' }, invite: 'i', isGuest: false })
})
