/** The promises of delivery hold, whatever is cut, killed, full, slow or asleep (docs/simulation.md). */
import { describe, expect, test } from 'vitest'
import { actsOf } from './acts.ts'
import { readOptions } from './options.ts'
import { run } from './run.ts'
import { shrink } from './shrink.ts'
import type { Story } from './story.ts'

const STEPS = 60

const tell = (seed: number): Promise<Story> => run(`${seed}`, actsOf(`${seed}`, STEPS))

describe('five hundred seeds', () => {
  test.each([1, 2, 3, 4, 5])(
    'of the hundred %i break no rule [D1] [D2] [D3] [D4] [D5] [D6] [J2] [J3] [J7] [R3] [R4] [R5] [R14] [A8]',
    async hundred => {
      for (let seed = (hundred - 1) * 100 + 1; seed <= hundred * 100; seed++) {
        const { violations } = await tell(seed)
        expect(violations[0], `npm run sim -- --seed ${seed} --steps ${STEPS}`).toBeUndefined()
      }
    },
  )
})

describe('a seed', () => {
  test('tells the same story each time, to the letter', async () => {
    for (const seed of [7, 8, 9]) {
      const [first, second] = [await tell(seed), await tell(seed)]
      expect(first.lines.length).toBeGreaterThan(STEPS)
      expect(second.lines).toEqual(first.lines)
      expect([...second.counts]).toEqual([...first.counts])
    }
  })

  test('tells another one than any other seed', async () => {
    expect((await tell(8)).lines).not.toEqual((await tell(7)).lines)
  })

  test('has acts that mean the same whatever is left out', () => {
    const acts = actsOf('7', STEPS)
    expect(acts.map(({ i }) => i)).toEqual(acts.map((_, at) => at))
    expect(actsOf('7', STEPS / 2)).toEqual(acts.slice(0, STEPS / 2))
  })

  test('reaches all that is promised something about', async () => {
    const counts = new Map<string, number>()
    for (let seed = 1; seed <= 40; seed++) {
      for (const [what, count] of (await tell(seed)).counts) counts.set(what, (counts.get(what) ?? 0) + count)
    }
    const rare = [
      'gaps stated',
      'returned late',
      'forgotten',
      'resumed',
      'resumed with a gap',
      'outcome: unknown',
      'outcome: refused',
    ]
    expect(rare.filter(what => (counts.get(what) ?? 0) === 0)).toEqual([])
  })
})

describe('a story that ends badly', () => {
  test('is made as short as it can be', async () => {
    let tries = 0
    const fails = async (some: readonly number[]): Promise<boolean> => {
      tries++
      return [13, 14, 77].every(one => some.includes(one))
    }
    expect(
      await shrink(
        Array.from({ length: 100 }, (_, at) => at),
        fails,
      ),
    ).toEqual([13, 14, 77])
    expect(tries).toBeLessThan(150)
  })

  test('can be asked for by the numbers of its acts', () => {
    expect(readOptions(['--seed', '7', '--acts', '1,5'])).toMatchObject({ seed: 7, steps: 60, acts: [1, 5] })
    expect(() => readOptions(['--seed', 'x'])).toThrow('--seed takes a whole number, not "x"')
  })
})
