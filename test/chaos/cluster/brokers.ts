/** Three real brokers in one cluster, each on a machine of its own, with its files in a folder of its own. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from '@nats-io/transport-node'
import { until } from '../until.ts'
import type { Wires } from './wires.ts'

type Machines = Pick<Wires, 'addressOf' | 'on'>

/** Nats-server 2.12 or newer. */
const PROGRAM = process.env['NATS_SERVER'] ?? 'nats-server'
const STREAM = 'RXCHAT'

export const NO_BROKERS = 'there is no nats-server 2.12 or newer (NATS_SERVER is its path)'

export const hasBrokers = (): boolean => spawnSync(PROGRAM, ['--version']).status === 0
const PORTS = { client: 14_222, cluster: 16_222, monitor: 18_222 } as const

export type Broker = {
  readonly name: string
  readonly url: string
  readonly monitor: string
  /** Its folder, with its store and its log. */
  readonly folder: string
  readonly start: () => Promise<void>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Resolves when its process has ended. */
  readonly ended: () => Promise<void>
}

/** `names` are machines, and `folder` gets a folder for each. Each broker writes to the disk before it acknowledges. */
export async function startBrokers(
  names: readonly string[],
  wires: Machines,
  folder: string,
  storeOf = (name: string): string => join(folder, name, 'data'),
): Promise<readonly Broker[]> {
  const routes = names.map(name => `"nats://${wires.addressOf(name)}:${PORTS.cluster}"`)
  const brokers = names.map(name => brokerOn(name, wires, join(folder, name), storeOf(name), routes))
  await Promise.all(brokers.map(({ start }) => start()))
  return brokers
}

function brokerOn(name: string, wires: Machines, folder: string, store: string, routes: readonly string[]): Broker {
  const address = wires.addressOf(name)
  const monitor = `http://${address}:${PORTS.monitor}`
  const config = join(folder, 'broker.conf')
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    config,
    `server_name: ${name}
listen: "${address}:${PORTS.client}"
http: "${address}:${PORTS.monitor}"
jetstream { store_dir: "${store}", sync_interval: always }
cluster { name: chaos, listen: "${address}:${PORTS.cluster}", routes: [${routes}] }
lame_duck_grace_period: "1s"
lame_duck_duration: "30s"
`,
  )
  let child: ChildProcess | null = null
  const kill = (): void => void child?.kill('SIGKILL')
  return {
    ...{ name, folder, monitor, url: `nats://${address}:${PORTS.client}` },
    signal: signal => void child?.kill(signal),
    async ended() {
      if (child && child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      process.off('exit', kill)
    },
    async start() {
      const log = openSync(join(folder, 'log'), 'a')
      const [program = '', ...args] = [...wires.on(name), PROGRAM, '--config', config]
      child = spawn(program, args, { stdio: ['ignore', log, log] })
      closeSync(log)
      process.once('exit', kill)
      await until(`broker ${name} answers`, () => answers(`${monitor}/healthz?js-server-only=true`))
    },
  }
}

const ANSWER_MS = 2000

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null)
  await answer?.body?.cancel()
  return answer?.ok === true
}

/** Whether every one of them has all that the others have. */
export const areInStep = async (brokers: readonly Broker[]): Promise<boolean> =>
  (await Promise.all(brokers.map(({ monitor }) => answers(`${monitor}/healthz`)))).every(Boolean)

type Jsz = {
  readonly account_details?: readonly {
    readonly stream_detail?: readonly { readonly name: string; readonly cluster?: { readonly leader?: string } }[]
  }[]
}

/** The broker that leads the log, as any of them says; null: they say none. */
export async function leaderOf(brokers: readonly Broker[]): Promise<Broker | null> {
  for (const { monitor } of brokers) {
    const answer = await fetch(`${monitor}/jsz?streams=1`, { signal: AbortSignal.timeout(ANSWER_MS) }).catch(() => null)
    const { account_details: accounts = [] } = ((await answer?.json().catch(() => null)) ?? {}) as Jsz
    const streams = accounts.flatMap(({ stream_detail: details = [] }) => details)
    const leader = streams.find(({ name }) => name === STREAM)?.cluster?.leader
    const found = brokers.find(({ name }) => name === leader)
    if (found) return found
  }
  return null
}

/** Has the leader of the log give its part to another broker, as before planned work; to this one, if it's given. */
export async function stepDown(brokers: readonly Broker[], to: string | null = null): Promise<void> {
  const body = to === null ? '' : JSON.stringify({ placement: { preferred: to } })
  const nats = await connect({ servers: brokers.map(({ url }) => url) })
  try {
    await nats.request(`$JS.API.STREAM.LEADER.STEPDOWN.${STREAM}`, body, { timeout: ANSWER_MS })
  } finally {
    await nats.close()
  }
}
