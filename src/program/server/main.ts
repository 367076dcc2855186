/** `rxchat-server`: a tool on a journal, if the first word names one; else flags, then the ports of this machine put into the composition root, and the host's console. */
import { DataError } from '../../journal/data-error.ts'
import { httpDoor } from '../../server/http/door.ts'
import { readPageFiles } from '../../server/http/page-files.ts'
import { createServer, type Server } from '../../server/server.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { type Doors, tcpTransport } from '../../transport/tcp.ts'
import { localDay, localTime } from '../time-of-day.ts'
import { UsageError } from '../usage.ts'
import { type Console, openConsole } from './console.ts'
import { openData } from './data.ts'
import { readFlags, type Settings } from './flags.ts'
import { pageFolder } from './page-folder.ts'
import { cannotListen } from './remedy.ts'
import { type Subcommand, subcommand } from './subcommands.ts'

export function main(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  const tool = subcommand(argv[0])
  if (tool) return void runTool(tool, argv.slice(1)).catch(giveUp)
  try {
    const settings = readFlags(argv, env)
    if (typeof settings === 'string') process.stdout.write(settings)
    else
      void consoleFor(settings, env)
        .then(open => host(settings, open))
        .catch(giveUp)
  } catch (error) {
    giveUp(error)
  }
}

async function runTool(tool: Subcommand, argv: readonly string[]): Promise<void> {
  const run = await tool.load()
  process.exitCode = await run(argv, process)
}

/** What is no defect is a sentence. */
function giveUp(error: unknown): void {
  if (!(error instanceof UsageError || error instanceof DataError)) throw error
  process.stderr.write(`rxchat-server: ${error.message}\n`)
  process.exitCode = error instanceof UsageError ? 2 : 1
}

type OpenConsole = (server: Server, exit: () => void) => Console

/** A screen is loaded where one is drawn, and before anything is listened to. One that is read aloud is read line by line. */
async function consoleFor({ plain, theme }: Settings, env: NodeJS.ProcessEnv): Promise<OpenConsole> {
  const { stdin, stdout } = process
  const isDrawn = stdin.isTTY === true && stdout.isTTY === true && !plain
  if (!isDrawn || env['INK_SCREEN_READER'] === 'true' || env['TERM'] === 'dumb') {
    return (server, exit) => openConsole(server, process, exit)
  }
  const { openScreen } = await import('./screen.ts')
  return (server, exit) => openScreen(server, env, theme, exit)
}

function host({ port, host: address, data, allowOrigins, options }: Settings, open: OpenConsole): void {
  const { journal, history, origin } = openData(data, systemEntropy)
  const http = httpDoor({
    files: readPageFiles(pageFolder()),
    allowOrigins,
    report: error => desk.complain(`internal: ${String(error)}`),
  })
  const doors: Doors = new Map([['http', http]])
  // Not before: what the host asks first is answered below where to join.
  const transport = tcpTransport(address, port, at => desk.open(at), doors)
  const ports = {
    transport,
    journal,
    history,
    clock: systemClock,
    entropy: systemEntropy,
    timeOfDay: localTime,
    day: localDay,
  }
  const server = createServer(ports, { ...options, origin })

  let leaving = false
  const exit = (): void => {
    if (leaving) return
    leaving = true
    desk.close()
    void server.close()
  }
  const desk = open(server, exit)
  server.trouble$.subscribe({
    next: ({ type, error }) => desk.complain(`${type}: ${String(error)}`),
    error: (error: NodeJS.ErrnoException) => {
      desk.complain(cannotListen(error, port))
      process.exitCode = 1
      exit()
    },
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, exit)
}
