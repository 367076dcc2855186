/** The test of the test: each bug, planted in a copy of the code, is found by one of the simulator's own checks. */
import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { temporaryFolder } from '../helpers/temporary-folder.ts'
import { PLANTED, type Planted } from './planted.ts'

const HOME = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
const SEEDS = 1000
/** A violation that only says that the code did not run does not count. */
const CRASHES = ['the server starts', 'nothing throws']

/** The code with this bug in it, in a folder of its own. */
function plant({ file, from, to }: Planted): string {
  const folder = temporaryFolder()
  for (const part of ['src', 'test/simulation', 'test/helpers'])
    cpSync(join(HOME, part), join(folder, part), { recursive: true })
  symlinkSync(join(HOME, 'node_modules'), join(folder, 'node_modules'))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  const text = readFileSync(join(folder, file), 'utf8')
  expect(text.split(from), `${file} has the text once`).toHaveLength(2)
  writeFileSync(
    join(folder, file),
    text.replace(from, () => to),
  )
  return folder
}

/** Runs the simulator in a copy of the code. */
const simulate = (folder: string, seeds: number, ...more: readonly string[]) =>
  spawnSync(process.execPath, ['test/simulation/main.ts', '--seeds', `${seeds}`, '--no-shrink', ...more], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })

/** Thousands of lost sessions would take too long. If two are remembered, the third is one too many. */
const FEW_LAPSED = { name: '', file: 'src/model/limits.ts', from: 'LAPSED_MAX = 4096', to: 'LAPSED_MAX = 2' }

describe('where two lapsed sessions are remembered', () => {
  test('every rule holds, and some are forgotten [D7]', () => {
    const ran = simulate(plant(FEW_LAPSED), 100)
    expect(ran.stdout).toContain('100 seeds in')
    expect(ran.stdout).toMatch(/\d {2}forgotten/)
  })

  test('one that forgets none is found', () => {
    const folder = plant(FEW_LAPSED)
    const file = join(folder, 'src/reducer/evolve-session.ts')
    const text = readFileSync(file, 'utf8')
    const bent = text.replace('k < surplus || oldest.until', 'oldest.until')
    expect(bent).not.toBe(text)
    writeFileSync(file, bent)
    expect(simulate(folder, SEEDS).stdout).toMatch(/broke a rule: what is kept of sessions is bounded/)
  })
})

describe('a planted bug is found', () => {
  test.each(PLANTED)('$name', planted => {
    const only = planted.file.includes('/replicated/') ? ['--replicated'] : []
    const ran = simulate(plant(planted), SEEDS, ...only)
    expect(ran.stderr).toBe('')
    const rule = /^seed \d+ broke a rule: (.*)$/m.exec(ran.stdout)?.[1]
    expect(rule, `a rule that was broken within ${SEEDS} seeds`).toBeDefined()
    expect(CRASHES).not.toContain(rule)
  })
})
