/** Scripts that ask, killed again and again, and the server too: each question has one outcome, and each process tells it. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { askLines, runAsks } from '../chaos/asks/run.ts'
import { killAll } from '../chaos/process.ts'
import { runs } from '../helpers/seeds.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const SEED = 'e2e'
const ASKS = runs(30)

test.skipIf(process.platform !== 'linux')(
  '[K9] [K10] whoever is killed, a question is asked once and answered once, and gives every process with its key the same exit code',
  async () => {
    onTestFinished(killAll)
    const directory = join(temporaryFolder(), 'data')
    const report = await runAsks({ directory, seed: SEED, asks: ASKS, scripts: 6, kills: 2, every: 8 }, () => {})
    console.log(askLines(SEED, report).join('\n'))
    expect(report.wrong).toEqual([])
    expect(report.askerKills).toBeGreaterThan(ASKS / 4)
    expect(report.serverKills).toBeGreaterThan(0)
    expect(report.processes).toBeGreaterThan(2 * ASKS)
    expect(report.ends.size).toBeGreaterThan(3)
  },
)
