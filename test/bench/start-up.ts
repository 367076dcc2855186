/** How soon the programs are there, beside a Node that does nothing: one line of a script, a server, a screen. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { runOnScreen } from '../helpers/on-screen.ts'
import type { Report } from './checks.ts'
import { type Goal, goalsOf } from './comparison.ts'
import { inFolder } from './disk.ts'
import { goFirst, placed } from './machine.ts'
import { rxchat, start } from './servers.ts'
import { median, milliseconds, sheet, summary } from './table.ts'

const bin = (name: string): string => fileURLToPath(new URL(`../../bin/${name}.js`, import.meta.url))
const [CLIENT, SERVER] = [bin('rxchat'), bin('rxchat-server')]
const REPS = 11
/** Runs that fill Node's compile cache and the system's. */
const WARM_UP = 2
const SIZE = { columns: 100, rows: 30 }

/** In turn under this Node, so that a disturbance disturbs all of them. In microseconds. */
export async function startUp(): Promise<Report> {
  goFirst()
  const server = await start(rxchat)
  try {
    const runs: { bare: number[]; pipe: number[]; server: number[]; screen: number[] } = {
      ...{ bare: [], pipe: [], server: [], screen: [] },
    }
    for (let run = -WARM_UP; run < REPS; run++) {
      const bare = time(['-e', '0'])
      const pipe = time([CLIENT, `127.0.0.1:${server.port}`, '--name', 'bench'], 'hi\n')
      const listening = await inFolder(timeOfServer)
      const screen = await timeOfScreen(server.port)
      if (run < 0) continue
      runs.bare.push(bare)
      runs.pipe.push(pipe)
      runs.server.push(listening)
      runs.screen.push(screen)
    }
    const [bare, pipe, listening, screen] = [runs.bare, runs.pipe, runs.server, runs.screen].map(median) as [
      ...[number, number, number, number],
    ]
    const most = (label: string, is: number, bound: number): Goal => ({
      ...{ label, is, bound, side: 'most', show: milliseconds },
    })
    return {
      sheets: [
        sheet(
          [`start-up, ${REPS} runs`, ''],
          [
            ['node -e 0', summary(runs.bare, milliseconds)],
            ['echo hi | rxchat, acknowledged', summary(runs.pipe, milliseconds)],
            ['rxchat-server on an empty journal, listening', summary(runs.server, milliseconds)],
            ['rxchat on a terminal, first frame', summary(runs.screen, milliseconds)],
          ],
        ),
        ...goalsOf('start-up', [
          most('echo hi | rxchat: node by 3', pipe, 3 * bare),
          most('the server listens: node and 250 ms', listening, bare + 250_000),
          most('first frame', screen, 200_000),
        ]),
      ],
      wrong: [],
    }
  } finally {
    await server.stop()
  }
}

/** Of a whole run. */
function time(args: readonly string[], input = ''): number {
  const before = performance.now()
  const { status, stderr } = spawnSync(process.execPath, args, { input, encoding: 'utf8' })
  const micros = 1000 * (performance.now() - before)
  if (status !== 0) throw new Error(`${args.join(' ')} ended with exit code ${status}: ${stderr}`)
  return micros
}

/** Until it says that it listens. */
async function timeOfServer(folder: string): Promise<number> {
  const before = performance.now()
  const server = spawn(process.execPath, [SERVER, '--port', '0', '--host', '127.0.0.1', '--data', folder], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  const exited = once(server, 'exit')
  try {
    for await (const line of createInterface({ input: server.stdout })) {
      if (line.startsWith('Chat running')) return 1000 * (performance.now() - before)
    }
    throw new Error(`the server ended (exit code ${server.exitCode}) before it listened`)
  } finally {
    server.kill('SIGKILL')
    await exited
  }
}

/** Until there is a frame with a prompt. */
async function timeOfScreen(port: number): Promise<number> {
  const before = performance.now()
  const command = placed('generator', [process.execPath, CLIENT, `127.0.0.1:${port}`, '--name', 'starter'])
  const screen = runOnScreen(command, SIZE, { XDG_STATE_HOME: '/nonexistent' })
  await screen.has('›')
  const micros = 1000 * (performance.now() - before)
  await screen.has('online')
  screen.type('\u{3}')
  await screen.ended
  return micros
}
