/** Real clients, pipes among them, over a bad network, while their server is killed again and again; then all is checked. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { killAll } from '../chaos/process.ts'
import { chaosLines } from '../chaos/report.ts'
import { chaos } from '../chaos/run.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const SEED = 'e2e'
const KILLS = 20

test.skipIf(process.platform !== 'linux')(
  '[D1] [D2] [D3] [D5] [K1] [K2] [K4] whatever is cut, stalled, stopped or killed, nothing is lost, doubled or out of order',
  async () => {
    onTestFinished(killAll)
    const directory = join(temporaryFolder(), 'data')
    const options = { directory, seed: SEED, kills: KILLS, pause: 2000, actors: 4, bots: 14, pipes: 6 }
    const report = await chaos(options, () => {})
    console.log(chaosLines(SEED, report).join('\n'))
    expect(report.wrong).toEqual([])
    // A pipe that finds no server says so at once; everybody else gets through.
    const ends = [...report.ends.keys()].filter(end => end !== 'pipe 3')
    expect(ends).toEqual(['actor 0', 'bot 0', 'pipe 0'])
    const { messages, deliveries, members } = report.checked
    expect(messages).toBeGreaterThan(10 * KILLS)
    expect(deliveries).toBeGreaterThan(10 * messages)
    expect(members).toBeGreaterThan(0)
    expect(report.comings.get('back to a gap')).toBeGreaterThan(KILLS)
    expect(report.comings.get('new')).toBe(19)
    for (const trouble of ['cut', 'stall', 'half-open'] as const)
      expect(report.troubles.get(trouble)).toBeGreaterThan(0)
  },
)
