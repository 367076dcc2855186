/** The load generator: compiled once a run from chatload.c, run against a server, read back as figures. */
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { CORES, placed } from './machine.ts'
import type { Candidate, Running } from './servers.ts'

/** What can be done about it is in the message. */
export class NoGenerator extends Error {}

/** All figures of one run by name, `phase.figure`; the header of chatload.c explains them. */
export type Figures = Readonly<Record<string, number>>

/** `rate` messages a second of all senders together; 0: as fast as they come back, `window` outstanding a sender. */
export type Phase = {
  readonly name: string
  readonly rate: number
  readonly window: number
  readonly senders: number
  readonly seconds: number
}

export type Generator = (server: Running, candidate: Candidate, clients: number) => Promise<Figures>

const WARM_UP_S = 0.7
const JOIN_MAX_S = 60

/** Bytes of a message's text, unless more are asked for. */
const TEXT_BYTES = 100

/**
 * Compiles the generator into a folder that goes when the process ends; `size` is that of a message's text, in bytes.
 * Throws NoGenerator.
 */
export function buildGenerator(phases: readonly Phase[], size = TEXT_BYTES): Generator {
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-bench-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  const program = join(folder, 'chatload')
  compile(program)
  return async (server, candidate, clients) => {
    const [command = '', ...args] = placed('generator', [
      program,
      ...options(server, candidate, clients, phases),
      '--size',
      `${size}`,
    ])
    const { stdout } = await promisify(execFile)(command, args, { timeout: Math.ceil(1000 * longest(phases)) })
    return figures(stdout)
  }
}

function compile(program: string): void {
  const source = fileURLToPath(new URL('chatload.c', import.meta.url))
  const { error, status, stderr } = spawnSync('gcc', ['-O2', '-o', program, source], { encoding: 'utf8' })
  if (error) {
    throw new NoGenerator('the load generator is written in C: install gcc (on Debian: apt-get install gcc libc6-dev)')
  }
  if (status !== 0) throw new NoGenerator(`the load generator does not compile here; it needs Linux.\n${stderr}`)
}

const options = (
  { port, pid }: Running,
  { joined, speech }: Candidate,
  clients: number,
  phases: readonly Phase[],
): readonly string[] => [
  ...['--echo', '--joined', joined, ...speech],
  ...['--port', `${port}`, '--server-pid', `${pid}`, '--server-cpu', `${CORES.server}`],
  ...['--clients', `${clients}`, '--settle', '0.5', '--warmup', `${WARM_UP_S}`, '--joinmax', `${JOIN_MAX_S}`],
  ...phases.flatMap(({ name, rate, window, senders, seconds }) => [
    '--phase',
    [name, rate, window, senders, seconds].join(','),
  ]),
]

/** Seconds after which a run has failed: the generator gives up by itself before that. */
const longest = (phases: readonly Phase[]): number =>
  phases.reduce((sum, { seconds }) => sum + seconds + WARM_UP_S, 0) + JOIN_MAX_S + 60

function figures(stdout: string): Figures {
  const lines = stdout.trim().split('\n')
  return Object.fromEntries(
    lines.flatMap(line => {
      const { phase, error, ...report } = JSON.parse(line) as Readonly<Record<string, unknown>>
      if (error) throw new Error(`the load generator gave up: ${line}`)
      return Object.entries(report).flatMap(([name, value]) =>
        typeof value === 'number' ? [[`${phase}.${name}`, value]] : [],
      )
    }),
  )
}
