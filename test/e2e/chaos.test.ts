/** Real clients, pipes among them, over a bad network, while their server is killed again and again; then all is checked. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { fillDisk } from '../chaos/full.ts'
import { killAll } from '../chaos/process.ts'
import { chaosLines, fillLines } from '../chaos/report.ts'
import { chaos } from '../chaos/run.ts'
import { runs } from '../helpers/seeds.ts'
import { mountSmallDisk } from '../helpers/small-disk.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const SEED = 'e2e'
const KILLS = runs(10)

test.skipIf(process.platform !== 'linux')(
  '[D1] [D2] [D3] [D5] [K1] [K2] [K4] whatever is cut, stalled, stopped or killed, nothing is lost, doubled or out of order',
  async () => {
    onTestFinished(killAll)
    const directory = join(temporaryFolder(), 'data')
    const options = { directory, seed: SEED, kills: KILLS, pause: 2000, actors: 4, bots: 14, pipes: 6 }
    const report = await chaos(options, () => {})
    console.log(chaosLines(SEED, report).join('\n'))
    expect(report.wrong).toEqual([])
    // A pipe, or a guest, that finds no server says so at once; everybody else gets through.
    const ends = [...report.ends.keys()].filter(end => end !== 'pipe 3' && end !== 'guest 3')
    expect(ends).toEqual(['actor 0', 'bot 0', 'guest 5', 'pipe 0'])
    expect(report.ends.get('guest 5')).toBeGreaterThan(KILLS / 4)
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

test('[D1] [D2] [D3] [J3] [K4] a disk that is full again and again loses, doubles and reorders nothing', async ({
  skip,
}) => {
  const disk = mountSmallDisk(temporaryFolder(), 64)
  if (disk === null) {
    console.warn('Skipped: a disk that is full again and again, as that needs `mount -t tmpfs` and root')
    return skip()
  }
  onTestFinished(disk.unmount)
  onTestFinished(killAll)
  const report = await fillDisk({ disk, seed: SEED, fills: 3, actors: 4, bots: 4, pipes: 2 }, () => {})
  console.log(fillLines(SEED, report).join('\n'))
  expect(report.wrong).toEqual([])
  expect(report.refused).toBeGreaterThan(report.fills)
  expect(report.checked.deliveries).toBeGreaterThan(report.checked.messages)
})
