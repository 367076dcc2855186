/** Readers under SIGSTOP in a busy room: the bounds are reached by volume here, and by time in `npm run chaos`. */
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CATCH_UP_MAX } from '../../src/client/session/backfill/backfill.ts'
import { RING_BYTES, TEXT_MAX_BYTES, WRITE_BYTES } from '../../src/model/limits.ts'
import { killAll } from '../chaos/process.ts'
import { stopLines } from '../chaos/report.ts'
import { stopReaders } from '../chaos/stopped.ts'
import { temporaryFolder } from '../helpers/temporary-folder.ts'

const untilCut = { bytes: 8000, during: 'as long as they are kept' } as const
const ROUNDS = [
  { name: 'nobody is stopped', calm: true, said: [{ bytes: 8000, during: { messages: 500 } }] } as const,
  { name: 'a little', said: [{ bytes: 1000, during: { messages: 200 } }] },
  { name: 'more than is kept', said: [untilCut] },
  { name: 'more than is made good', said: [untilCut, { bytes: 0, during: { messages: CATCH_UP_MAX + 300 } }] },
]

test.skipIf(process.platform !== 'linux')(
  '[F3] [F4] [D5] [K2] who is stopped costs a constant and delays nobody, and has everything in the end, or a stated gap',
  async () => {
    onTestFinished(killAll)
    const directory = join(temporaryFolder(), 'data')
    const report = await stopReaders({ directory, readers: 3, rounds: ROUNDS }, () => {})
    console.log(stopLines(report).join('\n'))
    expect(report.wrong).toEqual([])

    const outstanding = report.samples.flatMap(({ readers }) => readers.map(one => one.outstanding))
    expect(Math.max(...outstanding), 'what a stopped reader has not taken').toBeGreaterThan(0)
    expect(Math.max(...outstanding)).toBeLessThan(WRITE_BYTES + 2 * TEXT_MAX_BYTES)
    for (const { stats } of report.samples) {
      const [, rings, kibibytes] = /(\d+) rings of (\d+) KiB/.exec(stats) ?? []
      expect(Number(kibibytes) * 1024).toBeLessThanOrEqual(Number(rings) * (RING_BYTES + TEXT_MAX_BYTES))
    }

    const gapsOf = (of: typeof report.others) => of.map(({ heard }) => heard.filter(({ is }) => is === 'gap').length)
    expect(gapsOf(report.others), 'nobody else missed anything').toEqual(report.others.map(() => 0))
    expect(gapsOf(report.stopped), 'only the last round had more than is made good').toEqual([1, 1, 1])
  },
)
