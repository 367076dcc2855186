/** The randomness of the machine comes in pieces: no part of one is given twice. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { systemEntropy } from '../../src/transport/entropy.ts'

test('ids and secrets are all different, and share no bytes', () => {
  const ids = Array.from({ length: 2000 }, () => systemEntropy.id())
  const secrets = Array.from({ length: 2000 }, () => systemEntropy.secret())
  for (const id of ids) expect(id).toMatch(/^[\w-]{16}$/)
  for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{48}$/)
  const parts = [
    ...ids.map(id => Buffer.from(id, 'base64url').toString('hex')),
    ...secrets.flatMap(secret => [secret.slice(0, 24), secret.slice(24)]),
  ]
  expect(new Set(parts).size).toBe(parts.length)
})

test('a digest is the SHA-256 of the text', () => {
  for (const text of ['', 'abc', '李 a|b', '🦊']) {
    expect(systemEntropy.digest(text)).toBe(createHash('sha256').update(text).digest('hex'))
  }
})
