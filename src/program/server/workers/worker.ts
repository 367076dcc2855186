/**
 * A worker: the whole server for its connections, over the journal of its parent. It has no console and does no chores.
 * It ends with its parent.
 */
import { Socket } from 'node:net'
import { join } from 'node:path'
import { blobDirectory, FILES_FOLDER } from '../../../journal/blobs/directory.ts'
import { workerHistory } from '../../../journal/remote/history.ts'
import { remoteJournal } from '../../../journal/remote/journal.ts'
import { HttpHandler, loadHttp } from '../../../server/http/handler.ts'
import { readPageFiles } from '../../../server/http/page-files.ts'
import { directoryRehearser } from '../../../server/rehearsing/rehearser.ts'
import { createServer, type Server } from '../../../server/server.ts'
import { openTls, renewTls } from '../../../system/credentials.ts'
import { openPushKey } from '../../../system/push-key.ts'
import { localDay, localTime } from '../../../system/time-of-day.ts'
import { systemClock } from '../../../transport/clock.ts'
import { systemEntropy } from '../../../transport/entropy.ts'
import { httpPushSender } from '../../../transport/push/sender.ts'
import { type ProtocolHandler, type ProtocolHandlers, tcpTransport } from '../../../transport/tcp.ts'
import type { TlsHandler } from '../../../transport/tls/handler.ts'
import { readPasswordFile } from '../../config/password.ts'
import { UsageError } from '../../config/usage.ts'
import { ofTrouble } from '../log/line.ts'
import { openLog } from '../log/log.ts'
import { ofNote } from '../log/note-line.ts'
import type { ServerSettings } from '../settings/flags.ts'
import { siteLink } from '../start/banner.ts'
import { connectionsMost } from '../start/descriptors.ts'
import { saveMemory } from '../start/memory.ts'
import { pageFolder } from '../start/page-folder.ts'
import { renewingWith } from '../start/renewing.ts'
import { warmUp } from '../start/warm-up.ts'
import { boundYoungGeneration } from '../start/young-generation.ts'
import { parentsHasher } from './hashing.ts'
import { JOURNAL_FD, type ToWorker } from './messages.ts'
import { say } from './say.ts'

/** The parent is gone, and inputs that it doesn't know are nowhere stored. */
const die = (): never => process.exit(0)

export async function work(settings: ServerSettings): Promise<void> {
  if (!process.send) throw new UsageError('There is no command worker. --workers starts workers.')
  // The parent gets them too, and says when to stop.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => {})
  process.on('disconnect', die)
  const output = { write: (text: string) => say({ type: 'log', text }), isTTY: process.stderr.isTTY === true }
  const log = openLog(settings.logLevel, output, () => systemClock.elapsed())
  const begun = Promise.withResolvers<Begin>()
  process.on('message', (message: ToWorker) => {
    if (message.type === 'begin') begun.resolve(message)
    else hear(message)
  })
  const { hasher, hashed } = parentsHasher(say)
  let [server, tls, isLeaving] = [null as Server | null, null as TlsHandler | null, false]
  const begin = await begun.promise
  await loadHttp()
  const { options, data, host } = settings
  const { number, origin, run, port } = begin
  const socket = new Socket({ fd: JOURNAL_FD, readable: true, writable: true })
  const journal = await remoteJournal(socket, die, origin)
  tls = settings.tls ? openTls(settings.tls.files, data) : null
  const http = new HttpHandler({
    files: readPageFiles(pageFolder()),
    allowOrigins: settings.allowOrigins,
    api: () => (server as Server).api,
    tlsOnly: options.tlsOnly ?? false,
    report: error => log(ofTrouble({ type: 'internal', error })),
  })
  const handlers: ProtocolHandlers = new Map<string, ProtocolHandler>([
    ['http', http],
    ...(tls ? [['tls', tls] as const] : []),
  ])
  let site: string | null = null
  const listening = (at: { readonly host: string; readonly port: number }): void => {
    site = siteLink(at, tls !== null, settings.advertise)
    process.title = `rxchat-server ${at.port} worker ${number}`
    say({ type: 'listening', ...at })
    saveMemory()
    boundYoungGeneration()
    void warmUp(() => isLeaving).catch(error => log(ofTrouble({ type: 'internal', error })))
  }
  const ports = {
    transport: tcpTransport(host, port, listening, handlers, connectionsMost() ?? undefined, true),
    journal,
    signals: journal,
    history: workerHistory(data),
    ...(data === null ? {} : { blobs: await blobDirectory(join(data, FILES_FOLDER), true) }),
    ...(data === null ? {} : { rehearser: directoryRehearser(data) }),
    // The parent sends; this process knows the key, and which subscriptions are fine.
    pushes: httpPushSender({ keys: openPushKey(data), allowPrivate: settings.allowPrivateHooks }),
    ...{ clock: systemClock, entropy: systemEntropy, hasher, timeOfDay: localTime, day: localDay, site: () => site },
  }
  server = await createServer(ports, { ...options, origin, run, shared: true, worker: number })
  server.noted$.subscribe(note => log(ofNote(note)))
  server.trouble$.subscribe({
    next: trouble => log(ofTrouble(trouble)),
    error: ({ code = '', message }: NodeJS.ErrnoException) => say({ type: 'cannot-listen', code, message }),
  })
  void http.load().catch(error => log(ofTrouble({ type: 'internal', error })))

  function hear(message: Exclude<ToWorker, Begin>): void {
    switch (message.type) {
      case 'stop':
        isLeaving = true
        return server ? void server.close().then(die) : die()
      case 'renew':
        return renew()
      case 'ping': {
        const open = server?.connections().filter(({ state }) => state !== 'away') ?? []
        return say({ type: 'pong', connections: open, held: server?.held() ?? { rings: 0, bytes: 0 } })
      }
      case 'hashed':
        return hashed(message)
    }
  }

  function renew(): void {
    const renewing = renewingWith(log)
    const { passwordFile } = settings
    const files = settings.tls?.files ?? null
    const certificate = tls
    if (certificate && files) renewing('certificate', () => renewTls(certificate, files))
    if (passwordFile === null) return
    renewing('password', () => server?.renewPassword(readPasswordFile(passwordFile, '--password-file')))
  }
}

type Begin = Extract<ToWorker, { type: 'begin' }>
