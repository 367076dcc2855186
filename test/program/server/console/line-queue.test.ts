/** The lines of a script at the console: each is run when the one before is answered. */
import { expect, test } from 'vitest'
import { oneByOne } from '../../../../src/program/server/console/line-queue.ts'

function queued() {
  const ran: string[] = []
  const pending: (() => void)[] = []
  const take = oneByOne(
    line => ran.push(line),
    done => (ran.at(-1)?.startsWith('slow') ? void pending.push(done) : done()),
  )
  return { take, ran, answer: () => pending.shift()?.() }
}

test('a line waits for what the line before has asked for, and lines keep their order', () => {
  const { take, ran, answer } = queued()
  for (const line of ['a', 'slow b', 'c', 'slow d', 'e']) take(line)
  expect(ran).toEqual(['a', 'slow b'])
  answer()
  expect(ran).toEqual(['a', 'slow b', 'c', 'slow d'])
  take('f')
  answer()
  expect(ran).toEqual(['a', 'slow b', 'c', 'slow d', 'e', 'f'])
  take('g')
  expect(ran.at(-1)).toBe('g')
})

test('a script of any length runs, though every answer comes at once', () => {
  const lines = Array.from({ length: 100_000 }, (_, k) => `${k}`)
  const { take, ran, answer } = queued()
  take('slow')
  for (const line of lines) take(line)
  answer()
  expect(ran).toEqual(['slow', ...lines])
})
