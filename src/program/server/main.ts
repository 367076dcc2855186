/**
 * `rxchat-server`: a tool on a journal, if the first word names one. Otherwise it reads the flags, puts the ports of
 * this machine into the composition root, and opens the host's console.
 */
import manifest from '../../../package.json' with { type: 'json' }
import { DataError, LastingError } from '../../journal/data-error.ts'
import { CLIENTS_MAX } from '../../model/limits.ts'
import { HttpHandler, loadHttp } from '../../server/http/handler.ts'
import { readPageFiles } from '../../server/http/page-files.ts'
import { directoryRehearser } from '../../server/rehearsing/rehearser.ts'
import { createServer } from '../../server/server.ts'
import { openTls, renewTls } from '../../system/credentials.ts'
import { openData } from '../../system/data.ts'
import { hookKey } from '../../system/hook-key.ts'
import { openPushKey } from '../../system/push-key.ts'
import { localDay, localTime } from '../../system/time-of-day.ts'
import { systemClock } from '../../transport/clock.ts'
import { systemEntropy } from '../../transport/entropy.ts'
import { httpPushSender } from '../../transport/push/sender.ts'
import { type Listening, type ProtocolHandler, type ProtocolHandlers, tcpTransport } from '../../transport/tcp.ts'
import { nobody } from '../../transport/trust.ts'
import { httpWebhookSender } from '../../transport/webhook/sender.ts'
import { rawKeys } from '../../tui/stage/raw-keys.ts'
import { readPasswordFile } from '../config/password.ts'
import { UsageError } from '../config/usage.ts'
import type { Cluster } from './cluster/open.ts'
import { boundedOutput } from './console/bounded-output.ts'
import { type Console, openConsole } from './console/console.ts'
import type { HostedServer } from './console/host.ts'
import { lostTheLog } from './log/cluster-line.ts'
import {
  certified,
  droppedLine,
  listening,
  ofTrouble,
  passwordRenewed,
  started,
  stopped,
  stopping,
  warned,
} from './log/line.ts'
import { openLog } from './log/log.ts'
import { ofNote } from './log/note-line.ts'
import { readFlags, type ServerSettings } from './settings/flags.ts'
import { siteLink } from './start/banner.ts'
import { connectionsMost, tooFew } from './start/descriptors.ts'
import { saveMemory } from './start/memory.ts'
import { pageFolder } from './start/page-folder.ts'
import { cannotListen } from './start/remedy.ts'
import { renewingWith } from './start/renewing.ts'
import { warmUp } from './start/warm-up.ts'
import { boundYoungGeneration } from './start/young-generation.ts'
import { type Subcommand, subcommand } from './subcommands.ts'
import type { WorkerHost } from './workers/host-workers.ts'

export function main(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  if (argv[0] === 'help') return main([...argv.slice(1, 2), '--help'], env)
  if (argv[0] === 'worker') return work(argv.slice(1), env)
  const tool = subcommand(argv[0])
  if (tool) return void runTool(tool, argv.slice(1)).catch(giveUp)
  try {
    const settings = readFlags(argv, env)
    if (typeof settings === 'string') process.stdout.write(settings)
    else
      void Promise.all([consoleFor(settings, env), loadHttp()])
        .then(([open]) => host(settings, open, argv))
        .catch(giveUp)
  } catch (error) {
    giveUp(error)
  }
}

/** A process that --workers has started. It reads the same flags. */
function work(argv: readonly string[], env: NodeJS.ProcessEnv): void {
  isHosting = true
  const settings = readFlags(argv, env)
  if (typeof settings === 'string') return
  void import('./workers/worker.ts').then(worker => worker.work(settings)).catch(giveUp)
}

async function runTool(tool: Subcommand, argv: readonly string[]): Promise<void> {
  const run = await tool.load()
  process.title = `rxchat-server ${process.argv[2]}`
  process.exitCode = await run(argv, process)
}

/** systemd doesn't start a server again that has ended with 2 or 3. */
function exitCodeOf(error: Error): number {
  if (error instanceof UsageError) return 2
  return error instanceof LastingError ? 3 : 1
}

/** Expected errors are printed as a sentence. */
function giveUp(error: unknown): void {
  if (!(error instanceof UsageError || error instanceof DataError)) throw error
  process.stderr.write(`rxchat-server: ${error.message}\n`)
  process.exitCode = exitCodeOf(error)
}

type OpenConsole = (server: HostedServer, exit: () => void, quiet: boolean) => Console

/**
 * Loads the drawn screen only if it's used, and before the server listens. With a screen reader, the console is lines.
 */
async function consoleFor({ plain, theme }: ServerSettings, env: NodeJS.ProcessEnv): Promise<OpenConsole> {
  const { stdin, stdout } = process
  const isDrawn = stdin.isTTY === true && stdout.isTTY === true && !plain
  if (!isDrawn || env['INK_SCREEN_READER'] === 'true' || env['TERM'] === 'dumb') {
    return (server, exit, quiet) => openConsole(server, process, exit, quiet)
  }
  // Raw mode, so that keys typed during loading don't show up on the normal screen.
  await rawKeys(stdin)
  const { openScreen } = await import('./console/screen/screen.ts')
  return (server, exit, quiet) => openScreen(server, env, theme, exit, quiet)
}

let isHosting = false
/** A server continues if nobody reads its output. */
export const goesOn = (): boolean => isHosting

async function host(settings: ServerSettings, open: OpenConsole, argv: readonly string[]): Promise<void> {
  isHosting = true
  const { port, host: address, data, options, config, quiet } = settings
  // The server continues if the reader of its log goes away.
  process.stderr.on('error', () => {})
  // If the log goes to the console's terminal, the console prints it.
  let logTo: (text: string) => unknown = boundedOutput(process.stderr, lines => droppedLine(lines, Date.now()))
  const output = { write: (text: string) => logTo(text), isTTY: process.stderr.isTTY === true }
  const log = openLog(settings.logLevel, output, () => systemClock.elapsed())
  // Given files are checked before anything is opened. A new certificate is stored in the data directory.
  const given = settings.tls?.files ? openTls(settings.tls.files, data) : null
  /** The console, once it's open. */
  let leaveConsole = (): void => {}
  const cluster = await joinCluster()
  const { journal, history, origin, blobs } = cluster ?? (await openData(data, systemEntropy))
  const tls = given ?? (settings.tls ? openTls(null, data) : null)
  log(started(manifest.version, data, config))
  const most = connectionsMost()
  const few = tooFew(most, options.maxClients ?? CLIENTS_MAX)
  for (const warning of [...settings.warnings, ...(few === null ? [] : [few])]) log(warned(warning))
  if (tls) log(certified(tls.fingerprint()))
  const http = new HttpHandler({
    files: readPageFiles(pageFolder()),
    allowOrigins: settings.allowOrigins,
    api: () => server.api,
    tlsOnly: options.tlsOnly ?? false,
    report: error => log(ofTrouble({ type: 'internal', error })),
  })
  const handlers: ProtocolHandlers = new Map<string, ProtocolHandler>([
    ['http', http],
    ...(tls ? [['tls', tls] as const] : []),
  ])
  let leaving = false
  let site: string | null = null
  const onListening = (at: Listening): void => {
    site = siteLink(at, tls !== null, settings.advertise)
    log(listening(at.host, at.port))
    process.title = `rxchat-server ${at.port}`
    // Not earlier: answers to the host's first commands come below the address to join.
    hostConsole.open({
      ...at,
      fingerprint: tls?.fingerprint() ?? null,
      tlsOnly: options.tlsOnly === true,
      password: settings.passwordFile !== null,
      // A clone of the repository has the client in its own folder, where npx finds it.
      client: process.env['npm_lifecycle_event'] === 'start' ? 'npx rxchat' : 'rxchat',
    })
    if (process.stderr.isTTY) logTo = hostConsole.log
    saveMemory()
    boundYoungGeneration()
    void warmUp(() => leaving).catch(error => log(ofTrouble({ type: 'internal', error })))
  }
  const workers = settings.workers === null ? null : await openWorkers(settings.workers)
  const transport = workers?.transport ?? tcpTransport(address, port, onListening, handlers, most ?? undefined)
  const ports = {
    transport,
    journal,
    history,
    blobs,
    clock: systemClock,
    entropy: systemEntropy,
    timeOfDay: localTime,
    day: localDay,
    site: () => site,
    ...(cluster ? { peers: cluster.peers, brokers: cluster.brokers, disks: cluster.disks } : {}),
    ...(data === null ? {} : { rehearser: directoryRehearser(data) }),
    webhooks: httpWebhookSender({ key: hookKey(data), allowPrivate: settings.allowPrivateHooks }),
    pushes: httpPushSender({ keys: openPushKey(data, cluster?.pushKey), allowPrivate: settings.allowPrivateHooks }),
  }
  const { advertise, drain } = settings
  const ofNode = { run: cluster?.run ?? null, shared: cluster !== null, address: advertise, drain }
  const server = await createServer(ports, { ...options, ...ofNode, origin, version: manifest.version })
  void http.load().catch(error => log(ofTrouble({ type: 'internal', error })))

  const exit = (why: string): void => {
    // The second one ends the wait for clients that can't go on elsewhere.
    if (leaving) return void (cluster && server.close())
    leaving = true
    log(stopping(why))
    void stop().then(() => log(stopped))
  }
  /** The console stays as long as the server waits for clients. */
  async function stop(): Promise<void> {
    if (cluster && drain > 0) await server.drain()
    hostConsole.close()
    await workers?.close()
    await server.close()
  }
  const hosted = cluster ? { ...server, storage: cluster.storage } : (workers?.around(server) ?? server)
  const hostConsole = open(hosted, () => exit('EXIT'), quiet)
  leaveConsole = () => hostConsole.close()
  server.noted$.subscribe(note => log(ofNote(note)))
  server.trouble$.subscribe({
    next: trouble => log(ofTrouble(trouble)),
    error: (error: Error) => (error instanceof DataError ? endNow(error) : fail(error)),
  })
  void workers?.start(server).catch(fail)
  // bin/tether.js emits it, and leaves no time to wait for anybody.
  const launched: NodeJS.EventEmitter = process
  launched.once('launcher-gone', () => {
    exit('the launcher is gone')
    exit('the launcher is gone')
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => exit(signal))
  }
  const files = settings.tls?.files ?? null
  const { passwordFile } = settings
  const renewing = renewingWith(log)
  process.on('SIGHUP', () => {
    if (passwordFile === null && !(tls && files)) return exit('SIGHUP')
    workers?.renew()
    if (tls && files) {
      renewing('certificate', () => {
        renewTls(tls, files)
        log(certified(tls.fingerprint()))
      })
    }
    if (passwordFile !== null) {
      renewing('password', () => {
        server.renewPassword(readPasswordFile(passwordFile, '--password-file'))
        log(passwordRenewed)
      })
    }
  })

  function fail(error: NodeJS.ErrnoException): void {
    process.stderr.write(`rxchat-server: ${cannotListen(error, port)}\n`)
    process.exitCode = 1
    exit('nowhere to listen')
  }

  /** Null: this server is alone. */
  async function joinCluster(): Promise<Cluster | null> {
    if (settings.cluster === null || data === null) return null
    const { openCluster } = await import('./cluster/open.ts')
    const of = { clock: systemClock, entropy: systemEntropy, log, lost: endNow }
    return openCluster({ settings: settings.cluster, data, ...of })
  }

  /** Nothing that this server still has to say can be stored. Its clients go on at other nodes. */
  function endNow(error: Error): void {
    leaveConsole()
    log(lostTheLog(error))
    process.stderr.write(`rxchat-server: ${error.message}\n`, () => process.exit(exitCodeOf(error)))
  }

  async function openWorkers(count: number): Promise<WorkerHost> {
    const { hostWorkers } = await import('./workers/host-workers.ts')
    return hostWorkers({
      ...{ count, host: address, port, argv, origin, journal, onListening, fail },
      ...{ log, write: (text: string) => logTo(text), trusts: options.trusts ?? nobody },
    })
  }
}
