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
/** What says that the code did not run at all is no finding. */
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

describe('a planted bug is found', () => {
  test.each(PLANTED)('$name', planted => {
    const args = ['test/simulation/main.ts', '--seeds', `${SEEDS}`, '--no-shrink']
    const ran = spawnSync(process.execPath, args, { cwd: plant(planted), encoding: 'utf8', maxBuffer: 2 ** 28 })
    expect(ran.stderr).toBe('')
    const rule = /^seed \d+ broke a rule: (.*)$/m.exec(ran.stdout)?.[1]
    expect(rule, `a rule that was broken within ${SEEDS} seeds`).toBeDefined()
    expect(CRASHES).not.toContain(rule)
  })
})
