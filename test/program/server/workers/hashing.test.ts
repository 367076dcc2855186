/** Passwords of workers, hashed by their parent: as many at once as one server hashes, for all workers together. */
import { describe, expect, test } from 'vitest'
import { HASHES_AT_ONCE } from '../../../../src/model/limits.ts'
import { parentsHasher, SharedHasher } from '../../../../src/program/server/workers/hashing.ts'
import type { FromWorker } from '../../../../src/program/server/workers/messages.ts'
import { countedHasher } from '../../../helpers/counted-hasher.ts'

/** Workers that ask one parent. Messages arrive at once. */
function workersOf(count: number) {
  const hasher = countedHasher()
  const shared = new SharedHasher(hasher)
  const workers = Array.from({ length: count }, () => {
    const worker = parentsHasher((message: FromWorker) => {
      if (message.type !== 'hash' && message.type !== 'matches') return
      shared.ask(message, answer => answer.type === 'hashed' && worker.hashed(answer))
    })
    return worker.hasher
  })
  return { hasher, workers }
}

describe('[I4] passwords of several workers', () => {
  test('are hashed at most so many at once, in the order in which they come', async () => {
    const { hasher, workers } = workersOf(3)
    hasher.hold()
    const names = ['Spider-Man', '李', 'a|b', 'Mr.Blue', '🦜', 'José', '田中', '[x]_^', 'O’Neil']
    const answers = names.map((name, k) => workers[k % workers.length]?.hash(name))
    await new Promise(setImmediate)
    expect(hasher.hashed).toEqual(names.slice(0, HASHES_AT_ONCE))
    hasher.go()
    expect(new Set(await Promise.all(answers)).size).toBe(names.length)
    expect(hasher.hashed).toEqual(names)
    expect(hasher.most()).toBe(HASHES_AT_ONCE)
  })

  test('get the answer to their own question', async () => {
    const { workers } = workersOf(2)
    const [one, other] = workers
    const hash = (await one?.hash('秘密')) ?? ''
    expect(
      await Promise.all([one?.matches('秘密', hash), other?.matches('秘密', hash), other?.matches('a|b', hash)]),
    ).toEqual([true, true, false])
  })
})

test('a hash that fails is an error for the one who asked, and the next one is made', async () => {
  let isBroken = true
  const shared = new SharedHasher({
    async hash() {
      if (isBroken) throw new Error('no memory')
      return 'a hash'
    },
    matches: async () => false,
  })
  const worker = parentsHasher(message => {
    if (message.type === 'hash') shared.ask(message, answer => answer.type === 'hashed' && worker.hashed(answer))
  })
  const failures = await Promise.allSettled(Array.from({ length: HASHES_AT_ONCE + 1 }, () => worker.hasher.hash('李')))
  expect(failures.map(({ status }) => status)).toEqual(failures.map(() => 'rejected'))
  isBroken = false
  expect(await worker.hasher.hash('李')).toBe('a hash')
})
