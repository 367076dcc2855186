/** `rxchat-server`: the ports of this machine, the composition root, and the host's console on stdin and stdout. */
import { networkInterfaces } from 'node:os'
import { createInterface } from 'node:readline'
import { memoryJournal } from '../../journal/memory.ts'
import { initialState, type State } from '../../model/state.ts'
import { createServer } from '../../server/server.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { type Listening, tcpTransport } from '../../transport/tcp.ts'
import { localTime } from '../time-of-day.ts'
import { runLine } from './commands.ts'
import { UsageError } from '../usage.ts'
import { readFlags, type Settings } from './flags.ts'
import { transcript } from './transcript.ts'

export function main(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  let settings: Settings
  try {
    settings = readFlags(argv, env)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`rxchat-server: ${error.message}\n`)
    process.exitCode = 2
    return
  }
  host(settings)
}

function host({ port, host: address, options }: Settings): void {
  const print = (line: string): void => void process.stdout.write(`${line}\n`)
  const server = createServer(
    {
      transport: tcpTransport(address, port, at => announce(at, print)),
      journal: memoryJournal(systemEntropy.id()),
      clock: systemClock,
      entropy: systemEntropy,
      timeOfDay: localTime,
    },
    options,
  )
  let state: State = initialState
  server.state$.subscribe(next => {
    state = next
  })
  server.outbound$.subscribe(step => transcript(step, localTime).forEach(print))
  server.trouble$.subscribe({
    next: ({ type, error }) => process.stderr.write(`rxchat-server: ${type}: ${String(error)}\n`),
    error: (error: NodeJS.ErrnoException) => {
      process.stderr.write(`rxchat-server: ${remedy(error, port)}\n`)
      process.exitCode = 1
      lines.close()
      process.stdin.destroy()
    },
  })

  const lines = createInterface({ input: process.stdin, terminal: false })
  let leaving = false
  const exit = (): void => {
    if (leaving) return
    leaving = true
    lines.close()
    process.stdin.destroy()
    void server.close()
  }
  lines.on('line', line => runLine({ server, state: () => state, print, exit }, line))
  process.once('SIGTERM', exit)
  process.once('SIGINT', exit)
  // A reader of our output that goes away does not stop the room.
  process.stdout.on('error', () => {})
}

function announce({ port, host }: Listening, print: (line: string) => void): void {
  const everywhere = host === '::' || host === '0.0.0.0'
  const addresses = everywhere ? ['localhost', ...lanAddresses()] : [host]
  const bar = '#'.repeat(66)
  print(bar)
  for (const address of addresses) print(`Chat running ${address}:${port}`)
  print(`Join with   rxchat ${addresses[0]}:${port}`)
  print(`or with     nc ${addresses[0]} ${port}   and your name as the first line`)
  print(bar)
}

const lanAddresses = (): readonly string[] =>
  Object.values(networkInterfaces()).flatMap(list =>
    (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )

function remedy(error: NodeJS.ErrnoException, port: number): string {
  switch (error.code) {
    case 'EADDRINUSE':
      return `port ${port} is taken. Stop what uses it, or choose another one with --port.`
    case 'EACCES':
      return `port ${port} needs more rights than this user has. Choose one above 1023 with --port.`
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return `this machine does not have that address. Choose another one with --host, or leave it out.`
    default:
      return String(error)
  }
}
