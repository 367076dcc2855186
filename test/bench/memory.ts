/**
 * The memory of a client that has joined and is quiet: the server's memory before they come and after, garbage
 * collected.
 */
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { BEAT_MS, HANDSHAKES_PER_ADDRESS } from '../../src/model/limits.ts'
import type { Report } from './checks.ts'
import { type Candidate, type Running, rxchat, start } from './servers.ts'
import { kibibytes, sheet, summary } from './table.ts'

const CLIENTS = 5000

/** rxchat under a Node that collects its garbage when it is told to. */
const COLLECTING = ['--expose-gc', '--import', 'data:text/javascript,process.on("SIGUSR2", () => gc())']
const collecting: Candidate = {
  ...rxchat,
  argv(port, folder) {
    const [node = '', ...args] = rxchat.argv(port, folder)
    return [node, ...COLLECTING, ...args]
  },
}

/** In bytes. */
type Memory = { readonly resident: number; readonly heap: number }

const ROWS = [
  ['resident memory', 'resident'],
  ['heap, and what is outside of it', 'heap'],
] as const

export async function memory(reps: number, progress: (what: string) => void): Promise<Report> {
  const runs: Memory[] = []
  for (let rep = 1; rep <= reps; rep++) {
    progress(`run ${rep} of ${reps}: ${CLIENTS} clients in one room`)
    runs.push(await aClient())
  }
  const rows = ROWS.map(([label, figure]) => [
    label,
    summary(
      runs.map(run => run[figure]),
      kibibytes,
    ),
  ])
  return { sheets: [sheet([`${CLIENTS} clients in one room`, 'each'], rows)], wrong: [] }
}

async function aClient(): Promise<Memory> {
  const server = await start(collecting)
  const clients: Socket[] = []
  // They answer pings that nobody reads.
  const living = setInterval(() => clients.forEach(client => void client.write('{"type":"pong"}\n')), ALIVE_MS)
  try {
    await join(server, clients, WARM_UP)
    const before = await settled(server)
    await join(server, clients, CLIENTS)
    const after = await settled(server)
    return {
      resident: (after.resident - before.resident) / (CLIENTS - WARM_UP),
      heap: (after.heap - before.heap) / (CLIENTS - WARM_UP),
    }
  } finally {
    clearInterval(living)
    for (const client of clients) client.destroy()
    await server.stop()
  }
}

/** Clients that are there before it is measured: code compiled by then is no part of it. */
const WARM_UP = 100
const ALIVE_MS = 10_000
const AT_ONCE = 250

/** Until there are `most`. */
async function join(server: Running, clients: Socket[], most: number): Promise<void> {
  while (clients.length < most) {
    const next = Array.from({ length: Math.min(AT_ONCE, most - clients.length) }, (_, k) =>
      entering(server.port, clients.length + k),
    )
    clients.push(...next)
    await Promise.all(next.map(client => once(client, 'connect')))
  }
  while ((await figures(server)).members < most) await sleep(TRY_MS)
}

/** From as many addresses as may shake hands at once. */
function entering(port: number, k: number): Socket {
  const localAddress = `127.1.${Math.floor(k / HANDSHAKES_PER_ADDRESS)}.${1 + (k % HANDSHAKES_PER_ADDRESS)}`
  const client = connect({ host: '127.0.0.1', port, localAddress }).resume()
  client.write(`{"type":"hello","name":"client${k}"}\n`)
  return client
}

const TRY_MS = 250
/** By then each has been pinged, and frames that it has read are not kept for it. */
const SETTLE_MS = 2 * BEAT_MS
const COLLECTIONS = 3

/** When all is written and read, and nothing is left to collect. */
async function settled(server: Running): Promise<Memory> {
  for (let k = 0; k < COLLECTIONS; k++) {
    await sleep(SETTLE_MS / COLLECTIONS)
    process.kill(server.pid, 'SIGUSR2')
  }
  await sleep(TRY_MS)
  const { heap } = await figures(server)
  const [, resident] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? []
  return { resident: 1024 * Number(resident), heap }
}

async function figures(server: Running): Promise<{ readonly members: number; readonly heap: number }> {
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text()
  const figure = (name: string): number => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  return {
    members: figure('rxchat_members'),
    heap: figure('nodejs_heap_size_used_bytes') + figure('nodejs_external_memory_bytes'),
  }
}
