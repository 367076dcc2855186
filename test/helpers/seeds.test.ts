import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readOptions } from '../fresh/options.ts'
import { runs, SEED, seedOf } from './seeds.ts'

test('a seed of a test’s own is itself in `npm test`, and another one with each fresh seed', () => {
  expect(seedOf(7) - 7).toBe((SEED - 20_260_101) >>> 0)
  expect(runs(20) % 20).toBe(0)
})

test('no property has a seed or a number of runs that `npm run test:fresh` cannot change', () => {
  const folder = join(import.meta.dirname, '..')
  const texts = globSync('**/*.ts', { cwd: folder }).map(file => readFileSync(join(folder, file), 'utf8'))
  const own = texts
    .filter(text => /^import .*'fast-check'$/m.test(text))
    .flatMap(text => [...text.matchAll(/numRuns: (?!runs\().*|\bseed: [\d_]+/g)].map(([found]) => found))
  expect(own).toEqual([])
})

test('a failure of `npm run test:fresh` can be asked for again', () => {
  const again = ['--seed', '12', '--times', '10', 'test/codec/line.test.ts']
  expect(readOptions(again)).toEqual({ minutes: 5, seed: 12, times: 10, only: ['test/codec/line.test.ts'] })
  expect(readOptions(['--minutes', '30'])).toMatchObject({ minutes: 30, seed: null })
  expect(() => readOptions(['--seed', 'x'])).toThrow('--seed takes a whole number, not "x"')
})
