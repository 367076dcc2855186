/** "Keep me signed in" in the storage of the origin: the stored data, and the result of a damaged storage. */
import { beforeEach, expect, test, vi } from 'vitest'
import { hasLeft, keepSignIn, keptSignIn, newSecret, setLeft } from '../../../src/web/browser/kept-sign-in.ts'

const stored = new Map<string, string>()

beforeEach(() => {
  stored.clear()
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  }
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('sessionStorage', storage)
})

test('[G17] a kept sign-in is there until it is forgotten', () => {
  expect(keptSignIn()).toBeNull()
  keepSignIn({ name: '田中', secret: 's'.repeat(43) })
  expect(keptSignIn()).toEqual({ name: '田中', secret: 's'.repeat(43) })
  keepSignIn(null)
  expect(keptSignIn()).toBeNull()
  expect(stored.size).toBe(0)
})

test('[G17] a damaged storage keeps nobody signed in', () => {
  for (const text of ['{', '7', '[]', '{"name":"田中"}', '{"name":7,"secret":"s"}', '""']) {
    stored.set('rxchat.kept', text)
    expect(keptSignIn(), text).toBeNull()
  }
})

test('[G17] a secret is 32 random bytes in base64url', () => {
  const secrets = Array.from({ length: 100 }, newSecret)
  for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43}$/)
  expect(new Set(secrets).size).toBe(100)
})

test('[G17] a user who has left is not taken in again by a reload', () => {
  expect(hasLeft()).toBe(false)
  setLeft(true)
  expect(hasLeft()).toBe(true)
  setLeft(false)
  expect(hasLeft()).toBe(false)
})
