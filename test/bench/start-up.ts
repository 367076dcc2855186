/** What one line from a script costs: the whole life of `rxchat` in a pipe, next to that of a Node that does nothing. */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { rxchat, start } from './servers.ts'
import { median, milliseconds, summary, table } from './table.ts'

const LAUNCHER = fileURLToPath(new URL('../../bin/rxchat.js', import.meta.url))
const REPS = 15
/** Runs that fill Node's compile cache and the system's. */
const WARM_UP = 2
/** How many times as long as the bare Node at most. */
const GOAL = 4

/** Both in turn under this Node, `echo hi | rxchat …` acknowledged by a server that runs already. */
export async function startUp(): Promise<readonly string[]> {
  const server = await start(rxchat)
  try {
    const ours: number[] = []
    const bare: number[] = []
    for (let run = -WARM_UP; run < REPS; run++) {
      const nothing = time(['-e', '0'])
      const said = time([LAUNCHER, `127.0.0.1:${server.port}`, '--name', 'bench'], 'hi\n')
      if (run < 0) continue
      bare.push(nothing)
      ours.push(said)
    }
    return report(ours, bare)
  } finally {
    await server.stop()
  }
}

/** Microseconds of a whole run under this Node. */
function time(args: readonly string[], input = ''): number {
  const before = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' })
  const after = process.hrtime.bigint()
  if (status !== 0) throw new Error(`${args.join(' ')} ended with exit code ${status}: ${stderr}`)
  return Number(after - before) / 1000
}

function report(ours: readonly number[], bare: readonly number[]): readonly string[] {
  const ratio = median(ours) / median(bare)
  return table(
    [`start-up, ${REPS} runs`, 'rxchat', 'node -e 0', 'ratio', 'goal', ''],
    [
      [
        'echo hi | rxchat, acknowledged',
        summary(ours, milliseconds),
        summary(bare, milliseconds),
        `${ratio.toFixed(2)}×`,
        `≤ ${GOAL}×`,
        ratio <= GOAL ? 'met' : 'missed',
      ],
    ],
  )
}
