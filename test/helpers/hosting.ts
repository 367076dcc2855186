/** A server in this process, on real sockets and the machine's clock, with its HTTP handler. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, onTestFinished } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import type { Blobs } from '../../src/port/blobs.ts'
import { HttpHandler, type Patience } from '../../src/server/http/handler.ts'
import { readPageFiles } from '../../src/server/http/page-files.ts'
import { createServer, type Options, type Server } from '../../src/server/server.ts'
import { systemClock } from '../../src/transport/clock.ts'
import { systemEntropy } from '../../src/transport/entropy.ts'
import { type ProtocolHandler, type ProtocolHandlers, tcpTransport } from '../../src/transport/tcp.ts'
import type { TlsHandler } from '../../src/transport/tls/handler.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { utcDay, utcTime } from './world.ts'

export type Hosting = { readonly server: Server; readonly port: number; readonly host: string }

type Site = {
  readonly page?: Readonly<Record<string, string | Uint8Array>>
  readonly allowOrigins?: readonly string[]
  readonly tls?: TlsHandler
  readonly patience?: Patience
  readonly blobs?: Blobs
}

/** Closed when the test is over. By then nothing may have gone wrong, and no connection may be left. */
export async function openHosting(
  options: Options = {},
  { page = {}, allowOrigins = [], tls, patience, blobs }: Site = {},
): Promise<Hosting> {
  const troubles: unknown[] = []
  const listening = Promise.withResolvers<number>()
  const http = new HttpHandler(
    {
      files: readPageFiles(folderOf(page)),
      allowOrigins,
      api: () => server.api,
      tlsOnly: options.tlsOnly ?? false,
      report: error => troubles.push(error),
    },
    patience,
  )
  const handlers: ProtocolHandlers = new Map<string, ProtocolHandler>([
    ['http', http],
    ...(tls ? [['tls', tls] as const] : []),
  ])
  const transport = tcpTransport('127.0.0.1', 0, at => listening.resolve(at.port), handlers)
  const journal = memoryJournal('epoch')
  const history = memoryHistory(journal.textOf)
  const ports = { transport, journal, history, clock: systemClock, entropy: systemEntropy, ...(blobs && { blobs }) }
  const server = await createServer({ ...ports, timeOfDay: utcTime, day: utcDay }, options)
  server.trouble$.subscribe(trouble => troubles.push(trouble))
  const port = await listening.promise
  onTestFinished(async () => {
    await server.close()
    expect(troubles).toEqual([])
    expect(server.connections().filter(({ state }) => state !== 'away')).toEqual([])
  })
  return { server, port, host: `127.0.0.1:${port}` }
}

function folderOf(page: NonNullable<Site['page']>): string {
  const folder = temporaryFolder()
  for (const [path, content] of Object.entries(page)) {
    const file = join(folder, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
  return folder
}
