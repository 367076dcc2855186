/** The promises of delivery hold through cuts, kills, full disks, slow peers and sleep (docs/simulation.md). */
import { describe, expect, test } from 'vitest'
import { actsOf, castOf, REPLICATED_KINDS } from './acts.ts'
import { readOptions } from './options.ts'
import { add } from './report.ts'
import { run } from './run.ts'
import { shrink } from './shrink.ts'
import type { Story } from './story.ts'

const STEPS = 60

const tell = (seed: number): Promise<Story> => run(`${seed}`, actsOf(`${seed}`, STEPS))

const HUNDREDS = [0, 1, 2, 3, 4]

/** So many seeds, the first ones. */
function seedsWhere(isWanted: (seed: string) => boolean, count: number): readonly number[] {
  const seeds: number[] = []
  for (let seed = 1; seeds.length < count; seed++) if (isWanted(`${seed}`)) seeds.push(seed)
  return seeds
}

/** Runs the hundred with this number, once. Resolves with the counts of events. */
function hundreds(isWanted: (seed: string) => boolean): (hundred: number) => Promise<ReadonlyMap<string, number>> {
  const seeds = seedsWhere(isWanted, 100 * HUNDREDS.length)
  const counts = HUNDREDS.map(() => null as Promise<ReadonlyMap<string, number>> | null)
  const runAll = async (some: readonly number[]): Promise<ReadonlyMap<string, number>> => {
    const total = new Map<string, number>()
    for (const seed of some) {
      const story = await tell(seed)
      expect(story.violations[0], `npm run sim -- --seed ${seed} --steps ${STEPS}`).toBeUndefined()
      add(total, story.counts)
    }
    return total
  }
  return hundred => (counts[hundred] ??= runAll(seeds.slice(100 * hundred, 100 * hundred + 100)))
}

describe('five hundred seeds with one machine', () => {
  const ran = hundreds(seed => !castOf(seed).isReplicated)

  test.each(HUNDREDS)(
    'break no rule, the hundred %i [D1] [D2] [D3] [D4] [D5] [D6] [J2] [J3] [J7] [R3] [R4] [R5] [R14] [A8]',
    async hundred => void (await ran(hundred)),
  )
})

describe('[R14] five hundred seeds with nodes of a replicated log', () => {
  const ran = hundreds(seed => castOf(seed).isReplicated)

  test.each(HUNDREDS)(
    'break no rule, the hundred %i [D1] [D2] [D3] [D4] [D5] [D6] [J2] [J3] [J7] [R3] [R4] [R5] [R9] [Y5] [A8]',
    async hundred => void (await ran(hundred)),
  )

  test('reach every kind of act, and what is promised something about', async () => {
    const total = new Map<string, number>()
    for (const hundred of HUNDREDS) add(total, await ran(hundred))
    const wanted = [
      ...REPLICATED_KINDS.map(kind => `act: ${kind}`),
      'append: unknown',
      'append: refused',
      'append: failed',
      'batches given up',
      'clocks set right',
      'digests compared with those of other nodes',
      'disks emptied',
      'nodes that begin with a shared state',
      'nodes that find out that they differ',
      'outdated',
      'purges',
      'sent to a hook: no message',
      'signed twice for a hook',
      'stored after a crash',
    ]
    expect(wanted.filter(what => (total.get(what) ?? 0) === 0)).toEqual([])
  })
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
