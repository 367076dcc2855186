/** The load generator, chatload.c: run against a server, read back as figures. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { compiled } from './compiled.ts'
import { CORES, placed } from './machine.ts'
import type { Candidate, Running } from './servers.ts'

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

/** `joined` is called when all clients are in, before the first phase. */
export type Generator = (
  server: Running,
  candidate: Candidate,
  clients: number,
  joined?: () => void,
) => Promise<Figures>

const WARM_UP_S = 0.7
const JOIN_MAX_S = 90
const AT_ONCE = 50

/** Bytes of a message's text, unless more are asked for. */
const TEXT_BYTES = 100

/** `size` is that of a message's text, in bytes. Throws NotCompiled. */
export function buildGenerator(phases: readonly Phase[], size = TEXT_BYTES): Generator {
  const program = compiled('chatload.c')
  return async (server, candidate, clients, joined = () => {}) => {
    const [command = '', ...args] = placed('generator', [
      program,
      ...options(server, candidate, clients, phases),
      '--size',
      `${size}`,
    ])
    const running = promisify(execFile)(command, args, { timeout: Math.ceil(1000 * longest(phases)) })
    running.child.stdout?.once('data', joined)
    return figures((await running).stdout)
  }
}

const options = (
  { port, ports = [port], pid }: Running,
  { speech, joining = AT_ONCE }: Candidate,
  clients: number,
  phases: readonly Phase[],
): readonly string[] => [
  ...speech,
  ...['--conc', `${joining ?? clients}`],
  ...['--port', ports.join(','), '--server-pid', `${pid}`, '--server-cpu', `${CORES.server}`],
  ...['--clients', `${clients}`, '--settle', '0.5', '--warmup', `${WARM_UP_S}`, '--joinmax', `${JOIN_MAX_S}`],
  ...(phases.length === 0 ? ['--mode', 'join'] : []),
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
