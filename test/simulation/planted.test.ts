/** The test of the test: each bug, planted as the code is loaded, is found by one of the simulator's own checks. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, test } from 'vitest'
import { PLANTED, type Planted } from './planted.ts'
import { PLANTED_ASKING } from './planted-asking.ts'
import { PLANTED_CURSORS } from './planted-cursors.ts'
import { PLANTED_KEEPING } from './planted-keeping.ts'
import { PLANTED_LIVES } from './planted-lives.ts'
import { PLANTED_LIVING } from './planted-living.ts'

const HOME = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const SEEDS = 1000
/** A violation that only says that the code did not run does not count. */
const CRASHES = ['the server starts', 'nothing throws']
/** All runs load the same code, but for a file or two, so only the first one compiles it. */
const COMPILED = mkdtempSync(join(tmpdir(), 'rxchat-test-'))
afterAll(() => rmSync(COMPILED, { recursive: true, force: true }))

type Bug = Pick<Planted, 'file' | 'from' | 'to'>

/** Runs the simulator on the code with these bugs in it. */
function simulate(bugs: readonly Bug[], seeds: number, ...more: readonly string[]) {
  for (const { file, from } of bugs) {
    expect(readFileSync(join(HOME, file), 'utf8').split(from), `${file} has the text once`).toHaveLength(2)
  }
  const planting = pathToFileURL(join(HOME, 'test/simulation/planting.ts')).href
  const simulator = ['test/simulation/main.ts', '--seeds', `${seeds}`, '--no-shrink', ...more]
  return spawnSync(process.execPath, ['--import', planting, ...simulator], {
    cwd: HOME,
    env: { ...process.env, PLANTED: JSON.stringify(bugs), NODE_COMPILE_CACHE: COMPILED },
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
}

/** Thousands of lost sessions would take too long. If two are remembered, the third is one too many. */
const FEW_LAPSED = { file: 'src/model/limits.ts', from: 'LAPSED_MAX = 4096', to: 'LAPSED_MAX = 2' }

describe('where two lapsed sessions are remembered', () => {
  test('every rule holds, and some are forgotten [D7]', () => {
    const ran = simulate([FEW_LAPSED], 40)
    expect(ran.stdout).toContain('40 seeds in')
    expect(ran.stdout).toMatch(/\d {2}forgotten/)
  })

  test('one that forgets none is found', () => {
    const bug = {
      file: 'src/reducer/evolve-session.ts',
      from: 'k < surplus || oldest.until',
      to: 'oldest.until',
    }
    expect(simulate([FEW_LAPSED, bug], SEEDS, '--seed', '60').stdout).toMatch(
      /broke a rule: what is kept of sessions is bounded/,
    )
  })
})

/** If members have few files, their shares of the quota hide that it has a bound for all. */
const LITTLE_ROOM = { file: 'test/simulation/files.ts', from: 'quota: 9000', to: 'quota: 5000' }

test('where there is little room for files, uploads that go past the quota are found [FI1]', () => {
  expect(simulate([LITTLE_ROOM], 40).stdout).toContain('40 seeds in')
  const bug = {
    file: 'src/reducer/messages/files.ts',
    from: 'const [all, own] = [usage(state), usageBy(state, by)]',
    to: 'const [all, own] = [{ ...usage(state), bytes: 0 }, { ...usageBy(state, by), bytes: 0 }]',
  }
  const ran = simulate([LITTLE_ROOM, bug], SEEDS, '--seed', '780')
  expect(ran.stdout).toMatch(/broke a rule: files keep within their quota/)
})

describe('a planted bug is found', () => {
  test.each([
    ...PLANTED,
    ...PLANTED_KEEPING,
    ...PLANTED_LIVING,
    ...PLANTED_LIVES,
    ...PLANTED_CURSORS,
    ...PLANTED_ASKING,
  ])('$name', planted => {
    const { file, seed = 1, amongNodes = file.includes('/replicated/') } = planted
    const only = amongNodes ? ['--replicated'] : []
    const ran = simulate([planted], SEEDS, '--seed', `${seed}`, ...only)
    expect(ran.stderr).toBe('')
    const rule = /^seed \d+ broke a rule: (.*)$/m.exec(ran.stdout)?.[1]
    expect(rule, `a rule that was broken within ${SEEDS} seeds`).toBeDefined()
    expect(CRASHES).not.toContain(rule)
  })
})
