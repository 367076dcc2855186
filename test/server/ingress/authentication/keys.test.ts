import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type Login, loginText, PLAIN } from '../../../../src/model/proof.ts'
import { isProved, readKey } from '../../../../src/server/ingress/authentication/keys.ts'

/** The key of the first test of RFC 8032 (7.1). */
const privateKey = createPrivateKey({
  key: {
    kty: 'OKP',
    crv: 'Ed25519',
    d: Buffer.from('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60', 'hex').toString('base64url'),
    x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  },
  format: 'jwk',
})

const login: Login = {
  epoch: '9a7c06cfa27624f599889014',
  name: '田中',
  key: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
  nonce: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8',
  seen: PLAIN,
}

const signed = (one: Login): string => sign(null, Buffer.from(loginText(one)), privateKey).toString('base64url')

describe('[I5] the proof of a key', () => {
  test('is the signature of one text, as docs/protocol.md writes it to the byte', () => {
    const docs = readFileSync(new URL('../../../../docs/protocol.md', import.meta.url), 'utf8')
    const [, text = ''] = /text of the example, of 140 bytes:\n\n((?: {4}.*\n)+)/.exec(docs) ?? []
    const [, signature = ''] = /the signature is\n\n {4}([\w-]+)\n/i.exec(docs) ?? []
    expect(text.trimEnd().replaceAll(/^ {4}/gm, '')).toBe(loginText(login))
    expect(Buffer.byteLength(loginText(login))).toBe(140)
    expect(signature).toBe(signed(login))
    expect(docs, 'in the example, too').toContain(`"signature":"${signature}","seen":"plain"`)
    expect(isProved(login, signature)).toBe(true)
  })

  test('holds for this server, name, key, nonce and way alone', () => {
    const signature = signed(login)
    for (const other of [
      { epoch: 'another server' },
      { name: '李' },
      { key: readKey('A'.repeat(43)) ?? 'AQ' },
      { nonce: 'another' },
      { seen: 'ab'.repeat(32) },
    ]) {
      expect(isProved({ ...login, ...other }, signature), JSON.stringify(other)).toBe(false)
    }
  })

  test('a text that is no signature is wrong, and no error', () => {
    for (const text of ['', 'x', '!'.repeat(86), 'A'.repeat(86), 'A'.repeat(500), '田中']) {
      expect(isProved(login, text)).toBe(false)
    }
  })

  test('a key has one form, with padding or without', () => {
    expect(readKey(login.key)).toBe(login.key)
    expect(readKey(`${login.key}=`)).toBe(login.key)
    for (const text of ['', 'x', `${login.key}A`, login.key.slice(1), `${login.key}\n`, `${login.key} `]) {
      expect(readKey(text)).toBeNull()
    }
  })
})
