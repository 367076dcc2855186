/** Three real nodes, each on a machine of its own, with its mirror in a folder of its own. */
import { type Fixture, openFixture } from '../fixture.ts'
import type { Address } from '../talker.ts'
import type { Broker } from './brokers.ts'
import type { Wires } from './wires.ts'

export type Node = {
  readonly name: string
  readonly server: Fixture
  readonly address: Address
  /** Its mirror. */
  readonly directory: string
}

const PORT = 3001

export async function startNodes(
  names: readonly string[],
  brokers: readonly Broker[],
  wires: Wires,
  storeOf: (name: string) => string,
  flags: readonly string[],
): Promise<readonly Node[]> {
  const nodes: Node[] = []
  // One after another: the first one makes the log.
  for (const name of names) nodes.push(await nodeOn(name))
  return nodes

  async function nodeOn(name: string): Promise<Node> {
    const host = { address: wires.addressOf(name), port: PORT, on: wires.on(name) }
    const address: Address = `${host.address}:${PORT}`
    const directory = storeOf(name)
    const given = [
      ...['--nats', brokers.map(({ url }) => url).join(','), '--node', name, '--advertise', address],
      ...['--nats-monitor', brokers.map(({ monitor }) => monitor).join(',')],
      ...flags,
    ]
    return { name, address, directory, server: await openFixture(directory, given, {}, host) }
  }
}
