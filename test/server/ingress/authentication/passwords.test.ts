import { describe, expect, test } from 'vitest'
import {
  LOGIN_FREE_TRIES_PER_ADDRESS,
  PASSWORD_FREE_TRIES,
  PASSWORD_MAX_CHARS,
  PASSWORD_MIN_CHARS,
  PASSWORD_WAIT_MAX_MS,
} from '../../../../src/model/limits.ts'
import { type Guess, Passwords } from '../../../../src/server/ingress/authentication/passwords.ts'
import { countedHasher } from '../../../helpers/counted-hasher.ts'

const right = 'correct horse'

async function attempts() {
  const hasher = countedHasher()
  let now = 0
  const passwords = new Passwords(hasher, { elapsed: () => now })
  const stored = await hasher.hash(right)
  hasher.hashed.length = 0
  const guess = (password: string, more: Partial<Guess> = {}): Promise<string> =>
    passwords
      .check({ address: '192.0.2.1', isWanted: () => true, account: '田中', stored, password, ...more })
      .then(refused => refused?.code ?? 'right')
  return {
    hasher,
    passwords,
    guess,
    stored,
    pass(ms: number) {
      now += ms
    },
  }
}

describe('[I4] guessing the password of an account', () => {
  test('is slowed after some failures, before anything is hashed, and the right one has to wait too', async () => {
    const { guess, hasher, pass } = await attempts()
    for (let k = 0; k < PASSWORD_FREE_TRIES; k++) expect(await guess('x')).toBe('credential-wrong')
    expect(await guess(right)).toBe('credential-wait')
    expect(hasher.compared).toHaveLength(PASSWORD_FREE_TRIES)
    pass(1000)
    expect(await guess(right)).toBe('right')
    expect(await guess('x'), 'the owner begins anew').toBe('credential-wrong')
  })

  test('a password that is too long takes as long as a wrong one, and is not hashed itself', async () => {
    const { guess, hasher } = await attempts()
    expect(await guess(`a${'\u0323'.repeat(PASSWORD_MAX_CHARS)}`)).toBe('credential-wrong')
    expect(hasher.compared.map(({ password }) => password)).toEqual([''])
  })

  test('a stranger elsewhere does not lock the owner out, nor out of another account', async () => {
    const { guess } = await attempts()
    for (let k = 0; k < 20; k++) await guess('x', { address: '198.51.100.7' })
    expect(await guess('x', { address: '198.51.100.7' })).toBe('credential-wait')
    expect(await guess(right)).toBe('right')
    expect(await guess(right, { address: '198.51.100.7', account: '李' })).toBe('right')
  })

  test('one network that tries many accounts is slowed as such', async () => {
    const { guess, pass } = await attempts()
    const address = '2001:db8::1'
    for (let k = 0; k < LOGIN_FREE_TRIES_PER_ADDRESS; k++) {
      expect(await guess('x', { address, account: `account ${k}` })).toBe('credential-wrong')
    }
    expect(await guess(right, { address: '2001:db8::ffff' })).toBe('credential-wait')
    expect(await guess(right, { address: '2001:db8:0:1::1' })).toBe('right')
    pass(PASSWORD_WAIT_MAX_MS)
    expect(await guess(right, { address })).toBe('right')
  })

  test('all at once gains nothing: each is looked at again when its turn comes', async () => {
    const { guess, hasher } = await attempts()
    hasher.hold()
    const all = Array.from({ length: 30 }, () => guess('x'))
    hasher.go()
    const answers = await Promise.all(all)
    expect(answers.filter(code => code === 'credential-wrong')).toHaveLength(PASSWORD_FREE_TRIES)
    expect(hasher.compared).toHaveLength(PASSWORD_FREE_TRIES)
    expect(hasher.most()).toBe(1)
  })

  test('an unknown name answers and costs as a wrong password does', async () => {
    const { guess, hasher } = await attempts()
    const unknown = { account: 'nobody', stored: null }
    for (const more of [{}, unknown]) {
      hasher.compared.length = 0
      const answers: string[] = []
      for (let k = 0; k < PASSWORD_FREE_TRIES + 1; k++) answers.push(await guess('x', more))
      expect(answers.slice(-2)).toEqual(['credential-wrong', 'credential-wait'])
      expect(hasher.compared).toHaveLength(PASSWORD_FREE_TRIES)
    }
    expect(hasher.compared[0]?.hash).toBe(hasher.nobody)
  })

  test('no password is right for nobody', async () => {
    const { guess, hasher } = await attempts()
    hasher.compared.length = 0
    expect(await guess('', { stored: null, account: 'nobody' })).toBe('credential-wrong')
  })

  test('nobody waits for it any more: nothing is hashed', async () => {
    const { guess, hasher, passwords } = await attempts()
    expect(await guess(right, { isWanted: () => false })).toBe('busy')
    expect(await passwords.hash('long enough', { address: 'a', isWanted: () => false })).toMatchObject({ code: 'busy' })
    expect([...hasher.compared, ...hasher.hashed]).toEqual([])
  })
})

describe('[I4] a new password', () => {
  test('has at least so many characters, however many bytes they are', async () => {
    const { passwords } = await attempts()
    const asked = { address: 'a', isWanted: () => true }
    expect(await passwords.hash('李'.repeat(PASSWORD_MIN_CHARS - 1), asked)).toEqual({
      code: 'password-short',
      detail: `${PASSWORD_MIN_CHARS}`,
    })
    expect(await passwords.hash('😀'.repeat(PASSWORD_MIN_CHARS), asked)).toHaveProperty('hash')
    expect(await passwords.hash('x'.repeat(PASSWORD_MAX_CHARS), asked)).toHaveProperty('hash')
    expect(await passwords.hash('x'.repeat(PASSWORD_MAX_CHARS + 1), asked)).toMatchObject({ code: 'malformed' })
  })

  test('a hash that was cheaper is made anew; any other stays', async () => {
    const { stored } = await attempts()
    const passwords = new Passwords(countedHasher(new Set([stored])), { elapsed: () => 0 })
    expect(await passwords.hashAgain(right, stored, { address: 'a' })).toBe(stored)
    expect(await passwords.hashAgain(right, 'another', { address: 'a' })).toBeNull()
  })
})
