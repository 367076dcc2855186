/** Real brokers of NATS for a test, each in a process of its own, with its files in a folder that goes with the test. */
import { type ChildProcess, spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { has } from './has.ts'
import { Watched } from './program.ts'
import { temporaryFolder } from './temporary-folder.ts'

/** Nats-server 2.12 or newer. */
const PROGRAM = process.env['NATS_SERVER'] ?? 'nats-server'

export const hasBroker = (): boolean => has(PROGRAM, '--version')

/** Why a test is skipped. */
export const NO_BROKER = 'there is no nats-server 2.12 or newer (.ci/nats-server DIR gets one; NATS_SERVER is its path)'

export type Broker = {
  readonly url: string
  readonly monitor: string
  readonly kill: (signal: NodeJS.Signals) => void
  /** Starts it again, with its files. */
  readonly start: () => Promise<void>
}

/** One, or several in one cluster. Resolves when each of them takes clients. */
export async function startBrokers(count: number): Promise<readonly Broker[]> {
  const ports = await freePorts(count * 3)
  const clusterPorts = ports.slice(0, count)
  const brokers = clusterPorts.map((clusterPort, at) => {
    const [port, monitor] = ports.slice(count + at * 2) as [number, number]
    const folder = temporaryFolder()
    const cluster = count === 1 ? '' : clusterConf(clusterPort, clusterPorts)
    const config = join(folder, 'broker.conf')
    writeFileSync(config, `${ownConf(`broker-${at}`, port, monitor, folder)}${cluster}`)
    return { ...brokerProcess(config), url: `nats://127.0.0.1:${port}`, monitor: `http://127.0.0.1:${monitor}` }
  })
  await Promise.all(brokers.map(({ start }) => start()))
  return brokers
}

/** A broker with this configuration file, and more on its command line. It ends with the test. */
export function brokerProcess(config: string, args: readonly string[] = [], env = {}): Pick<Broker, 'kill' | 'start'> {
  let child: ChildProcess | null = null
  const kill = (signal: NodeJS.Signals): void => void child?.kill(signal)
  onTestFinished(() => kill('SIGKILL'))
  return {
    kill,
    async start() {
      const started = spawn(PROGRAM, ['--config', config, ...args], { env: { ...process.env, ...env } })
      child = started
      const log = new Watched()
      started.stderr.setEncoding('utf8').on('data', (text: string) => log.add(text))
      started.once('close', () => log.end())
      await log.has('Server is ready')
    },
  }
}

const ownConf = (name: string, port: number, monitor: number, folder: string): string => `
server_name: ${name}
listen: "127.0.0.1:${port}"
http: "127.0.0.1:${monitor}"
jetstream { store_dir: "${join(folder, 'store')}" }
`

const clusterConf = (port: number, all: readonly number[]): string => `
cluster { name: test, listen: "127.0.0.1:${port}", routes: [${all.map(one => `"nats://127.0.0.1:${one}"`)}] }
`

/** Ports that nobody has. All are taken at once, so they differ. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const taken = Array.from({ length: count }, () => createServer())
  await Promise.all(taken.map(one => new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve))))
  const ports = taken.map(one => (one.address() as AddressInfo).port)
  await Promise.all(taken.map(one => new Promise(resolve => one.close(resolve))))
  return ports
}
