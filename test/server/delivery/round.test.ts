/** The order in which the readers of a ring are written to, a share a turn. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Round } from '../../../src/server/delivery/round.ts'
import { runs } from '../../helpers/seeds.ts'

function roundOf(...names: readonly string[]): {
  readonly round: Round<string>
  readonly take: (most: number) => string
} {
  const round = new Round<string>()
  for (const name of names) round.add(name)
  const take = (most: number): string => {
    const taken: string[] = []
    round.advance(most, name => taken.push(name))
    return taken.join('')
  }
  return { round, take }
}

test('all come up once, so many at a time', () => {
  const { round, take } = roundOf('a', 'b', 'c')
  expect([round.isOver, take(5)]).toEqual([true, ''])
  round.begin()
  expect([take(2), round.isOver, take(2), round.isOver, take(2)]).toEqual(['ab', false, 'c', true, ''])
})

test('a reader that stands for several waits until a share has room for all of them', () => {
  const round = new Round<number>(size => size)
  const taken: number[] = []
  for (const size of [1, 3, 2]) round.add(size)
  round.begin()
  expect([round.advance(3, size => taken.push(size)), round.advance(3, size => taken.push(size))]).toEqual([1, 3])
  expect([round.advance(3, size => taken.push(size)), round.isOver, taken]).toEqual([2, true, [1, 3, 2]])
})

test('when something new comes in between, those that have waited longest are still first', () => {
  const { round, take } = roundOf('a', 'b', 'c', 'd', 'e')
  round.begin()
  const taken = [take(2)]
  for (let n = 0; n < 4; n++) {
    round.begin()
    taken.push(take(2))
  }
  expect(taken).toEqual(['ab', 'cd', 'ea', 'bc', 'de'])
  expect([take(9), take(9)]).toEqual(['abc', ''])
})

test('a reader may leave while it is written to', () => {
  const { round } = roundOf('a', 'b', 'c')
  const taken: string[] = []
  round.begin()
  round.advance(9, name => {
    taken.push(name)
    round.delete(name)
  })
  expect([taken.join(''), round.isOver, round.size]).toEqual(['abc', true, 0])
})

const name = fc.constantFrom(...'abcdefgh')
const acts = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('add' as const), name }),
    fc.record({ do: fc.constant('delete' as const), name }),
    { weight: 2, arbitrary: fc.record({ do: fc.constant('begin' as const) }) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('advance' as const), most: fc.integer({ min: 1, max: 5 }) }) },
  ),
  { maxLength: 60 },
)

test('no reader that is owed something is passed over, and a round ends, though others come and go [F3]', () => {
  fc.assert(
    fc.property(acts, list => {
      const round = new Round<string>()
      const here = new Set<string>()
      const owed = new Set<string>()
      const pay = (one: string): boolean => owed.delete(one)
      for (const act of list) {
        switch (act.do) {
          case 'add':
            round.add(act.name)
            here.add(act.name)
            break
          case 'delete':
            round.delete(act.name)
            here.delete(act.name)
            owed.delete(act.name)
            break
          case 'begin':
            round.begin()
            for (const one of here) owed.add(one)
            break
          case 'advance':
            expect(round.advance(act.most, pay)).toBeLessThanOrEqual(act.most)
        }
        if (round.isOver) expect([...owed]).toEqual([])
      }
      // With all that have come meanwhile, a round is as long as there are readers.
      round.advance(round.size, pay)
      expect([[...owed], round.isOver]).toEqual([[], true])
    }),
    { numRuns: runs(500) },
  )
})
