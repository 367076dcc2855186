/**
 * `npm run test:fresh`: all tests that draw from a seed, with seed after seed, until the time is over or something
 * fails. Each seed is printed before it is used, and a failure with the command that repeats it.
 */
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FreshOptions, readOptions } from './options.ts'

const root = join(import.meta.dirname, '..', '..')
const SEEDS_BELOW = 2 ** 31

/** Files with properties, or with generators of their own, that need no process. */
const drawing = (): readonly string[] =>
  globSync('test/**/*.test.ts', { cwd: root, exclude: ['test/{attack,e2e}/**'] }).filter(file =>
    /\bfc\.(assert|sample)\(|\bseedOf\(/.test(readFileSync(join(root, file), 'utf8')),
  )

function holds(seed: number, { times, only }: FreshOptions): boolean {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const files = only.length > 0 ? only : drawing()
  const ran = spawnSync(process.execPath, [vitest, 'run', '--reporter', 'dot', ...files], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TEST_SEED: `${seed}`, TEST_TIMES: `${times}` },
  })
  return ran.status === 0
}

const options = readOptions(process.argv.slice(2))
const began = performance.now()
const isOver = (): boolean => options.seed !== null || performance.now() - began > options.minutes * 60_000
let seeds = 0
do {
  const seed = options.seed ?? randomInt(SEEDS_BELOW)
  seeds += 1
  console.log(`seed ${seed}, ${options.times} times the runs of npm test`)
  if (!holds(seed, options)) {
    const again = ['--seed', seed, '--times', options.times, ...options.only].join(' ')
    console.log(`Failed with seed ${seed}. To do it again: npm run test:fresh -- ${again}`)
    process.exit(1)
  }
} while (!isOver())
console.log(`${seeds} seeds in ${((performance.now() - began) / 60_000).toFixed(1)} minutes: every property held.`)
