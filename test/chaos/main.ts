/**
 * `npm run chaos`: all three runs of one server, for any length of time, or with --nodes the run of several; exit code 1 if
 * anything was wrong. docs/chaos.md explains them.
 */
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mountSmallDisk } from '../helpers/small-disk.ts'
import { askLines, runAsks } from './asks/run.ts'
import { NOT_ISOLATED, startApart } from './cluster/isolation.ts'
import { consumeUnderKills } from './consuming.ts'
import { fillDisk } from './full.ts'
import { liveUnderKills } from './living.ts'
import { type Options, PARTS, type Part, readOptions, WrongOption } from './options.ts'
import { chaosLines, consumingLines, fillLines, livingLines, stopLines } from './report.ts'
import { chaos } from './run.ts'
import { stopReaders } from './stopped.ts'

const print = (lines: readonly string[]): void => void process.stdout.write(`${lines.join('\n')}\n\n`)
const progress = (what: string): void => void process.stderr.write(`${what}\n`)

/** Resolves with the number of faults. If there are any, the data is left to be looked at. */
async function inFolder(run: (directory: string) => Promise<number>): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-chaos-'))
  const wrong = await run(join(folder, 'data'))
  if (wrong > 0) progress(`its data is left in ${folder}`)
  else rmSync(folder, { recursive: true })
  return wrong
}

/**
 * V8 first takes all the heap that it may, so the server has to be busy for a while before its memory means anything.
 */
const WARM_UP = { bytes: 8000, during: { messages: 8000 } }
/** Repeated, to see whether each time leaves something behind. */
const TIMES = ['1st', '2nd', '3rd', '4th', '5th'] as const

const killing = ({ seed, kills, minutes }: Options): Promise<number> =>
  inFolder(async directory => {
    const pause = (minutes * 60_000) / kills
    const report = await chaos({ directory, seed, kills, pause, actors: 4, bots: 14, pipes: 6 }, progress)
    print(chaosLines(seed, report))
    return report.wrong.length
  })

const stopping = ({ minutes, readers }: Options): Promise<number> =>
  inFolder(async directory => {
    const said = [{ bytes: 1000, during: { minutes } }]
    const untilCut = [{ bytes: 8000, during: 'as long as they are kept' }] as const
    const rounds = [
      { name: `${minutes} min, nobody is stopped`, calm: true, said: [...said, WARM_UP] } as const,
      { name: `${minutes} min`, said },
      ...TIMES.map(time => ({ name: `more than is kept, the ${time} time`, said: untilCut })),
    ]
    const report = await stopReaders({ directory, readers, rounds }, progress)
    print(stopLines(report))
    return report.wrong.length
  })

const asking = ({ seed, asks }: Options): Promise<number> =>
  inFolder(async directory => {
    const report = await runAsks({ directory, seed, asks, scripts: 8, kills: 2, every: 10 }, progress)
    print(askLines(seed, report))
    return report.wrong.length
  })

/** Mebibytes that the run needs, and as many again. */
const DISK_MIB = 256

async function filling({ seed, fills }: Options): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-chaos-'))
  const disk = mountSmallDisk(folder, DISK_MIB)
  if (!disk) {
    progress('No disk is filled: that needs `mount -t tmpfs`, and root.')
    return 0
  }
  const report = await fillDisk({ disk, seed, fills, actors: 4, bots: 8, pipes: 2 }, progress)
  print(fillLines(seed, report))
  if (report.wrong.length > 0) progress(`its data is left in ${folder}`)
  else {
    disk.unmount()
    rmSync(folder, { recursive: true })
  }
  return report.wrong.length
}

const consuming = ({ seed, kills }: Options): Promise<number> =>
  inFolder(async directory => {
    const report = await consumeUnderKills({ directory, folder: `${directory}-work`, seed, kills }, progress)
    print(consumingLines(seed, report))
    return report.wrong.length
  })

const living = ({ seed, kills }: Options): Promise<number> =>
  inFolder(async directory => {
    const report = await liveUnderKills({ directory, folder: `${directory}-work`, seed, kills }, progress)
    print(livingLines(seed, report))
    return report.wrong.length
  })

const RUNS: Readonly<Record<Part, (options: Options) => Promise<number>>> = {
  kills: killing,
  stops: stopping,
  fills: filling,
  cursors: consuming,
  asks: asking,
  lives: living,
}

/** Resolves with its exit code. */
async function severalNodes(argv: readonly string[]): Promise<unknown> {
  const child = startApart(argv, 'inherit')
  if (child) return (await once(child, 'close'))[0] ?? 1
  progress(`chaos: ${NOT_ISOLATED}.`)
  return 2
}

try {
  const argv = process.argv.slice(2)
  if (argv.some(one => one.startsWith('--nodes'))) process.exit(Number(await severalNodes(argv)))
  const options = readOptions(argv)
  let wrong = 0
  for (const part of PARTS) {
    if (options.only === null || options.only === part) wrong += await RUNS[part](options)
  }
  process.exit(wrong === 0 ? 0 : 1)
} catch (error) {
  if (!(error instanceof WrongOption)) throw error
  progress(`chaos: ${error.message}`)
  process.exit(2)
}
