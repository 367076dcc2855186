import { describe, expect, test } from 'vitest'
import { HASHES_AT_ONCE, HASHES_WAITING_MAX, HASHES_WAITING_PER_ADDRESS } from '../../../../src/model/limits.ts'
import { HashQueue } from '../../../../src/server/ingress/authentication/hash-queue.ts'

/** Jobs that end when the test says so. */
function jobs() {
  const queue = new HashQueue()
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  return {
    begun,
    add: (network: string, name: string): Promise<string> | null =>
      queue.run(network, async () => {
        begun.push(name)
        await new Promise<void>(resolve => ends.set(name, resolve))
        return name
      }),
    async end(name: string) {
      ends.get(name)?.()
      for (let round = 0; round < 8; round++) await null
    },
    queue,
  }
}

describe('[I4] passwords are hashed a few at a time', () => {
  test('two of different networks at once, and of one network one after another', async () => {
    const { add, begun, end } = jobs()
    for (const name of ['a1', 'a2', 'a3']) add('a', name)
    for (const name of ['b1', 'b2']) add('b', name)
    add('c', 'c1')
    expect(begun).toHaveLength(HASHES_AT_ONCE)
    expect(begun).toEqual(['a1', 'b1'])
    await end('a1')
    expect(begun, 'the networks take turns').toEqual(['a1', 'b1', 'a2'])
    await end('b1')
    await end('a2')
    expect(begun).toEqual(['a1', 'b1', 'a2', 'b2', 'c1'])
    await end('c1')
    expect(begun.at(-1)).toBe('a3')
  })

  test('more than the bound of a network, or of all, are refused at once', async () => {
    const { add } = jobs()
    const network = Array.from({ length: HASHES_WAITING_PER_ADDRESS + 1 }, (_, k) => add('a', `a${k}`))
    expect(
      network.every(job => job !== null),
      'one is at work',
    ).toBe(true)
    expect(add('a', 'one more')).toBeNull()
    expect(add('b', 'of another network')).not.toBeNull()
    let [count, all] = [0, 0]
    for (; count < 2 * HASHES_WAITING_MAX; count++) if (add(`${count}`, `n${count}`) !== null) all++
    expect(all).toBe(HASHES_WAITING_MAX - HASHES_WAITING_PER_ADDRESS)
  })

  test('one that fails gives its place to the next', async () => {
    const queue = new HashQueue()
    const failed = queue.run('a', async () => {
      throw new Error('out of memory')
    })
    const next = queue.run('a', async () => 'done')
    await expect(failed).rejects.toThrow('out of memory')
    await expect(next).resolves.toBe('done')
  })
})
