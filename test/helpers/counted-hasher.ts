/** A hasher of passwords that costs nothing, and counts its calls. */
import type { PasswordHasher } from '../../src/port/password-hasher.ts'

export type CountedHasher = PasswordHasher & {
  /** Passwords hashed, and compared, so far. */
  readonly hashed: string[]
  readonly compared: { readonly password: string; readonly hash: string }[]
  /** How many were at work at once, at most. */
  readonly most: () => number
  /** From now on each waits for `go`. */
  readonly hold: () => void
  readonly go: () => void
}

/** `cheap`: hashes that were made at a lower cost. */
export function countedHasher(cheap: ReadonlySet<string> = new Set()): CountedHasher {
  const hashed: string[] = []
  const compared: { readonly password: string; readonly hash: string }[] = []
  let [busy, most] = [0, 0]
  let held: (() => void)[] | null = null
  const work = async <T>(done: () => T): Promise<T> => {
    most = Math.max(most, ++busy)
    await new Promise<void>(resolve => (held ? held.push(resolve) : resolve()))
    busy--
    return done()
  }
  return {
    hashed,
    compared,
    most: () => most,
    hold() {
      held ??= []
    },
    go() {
      const waiting = held ?? []
      held = null
      for (const resolve of waiting) resolve()
    },
    hash(password) {
      hashed.push(password)
      return work(() => `hash of ${digest(password)}`)
    },
    matches(password, hash) {
      compared.push({ password, hash })
      return work(() => hash === `hash of ${digest(password)}`)
    },
    isCheap: hash => cheap.has(hash),
    nobody: 'hash of nobody',
  }
}

/** The stored hash doesn't contain the password, so that a test can look for it in a journal. */
const digest = (password: string): string => Buffer.from(password.normalize('NFC')).toString('hex')
