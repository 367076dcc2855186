/** The faults, one after another, their duration, and their effects on a client. */
import type { Random } from '../../simulation/random.ts'
import { until } from '../until.ts'
import { type Broker, leaderOf, stepDown } from './brokers.ts'
import type { Cluster } from './cluster.ts'
import type { Node } from './nodes.ts'
import { HERE } from './wires.ts'

export type Fault = {
  readonly name: string
  /** The longest that a message waits at a node that isn't hit itself, in milliseconds; null: as long as it lasts. */
  readonly promise: number | null
  /** Begins. Resolves with a function that ends it, and with the nodes that are hit themselves. */
  readonly begin: (cluster: Cluster, by: Random) => Promise<Trouble>
  /** Milliseconds that it lasts. */
  readonly lasts: number
  /** The other nodes must find that the node is gone. */
  readonly isNodeGone?: boolean
}

export type Trouble = { readonly nodes: readonly Node[]; readonly mend: () => Promise<void> }

/** Of planned work, of a node's end, and of a broker's. */
const PLANNED_MS = 500
const NODE_MS = 1000
const SUDDEN_MS = 10_000

const NO_NODES = { nodes: [] }

async function leader({ brokers }: Cluster): Promise<Broker> {
  let found: Broker | null = null
  await until('the log has a leader', async () => {
    found = await leaderOf(brokers)
    return found !== null
  })
  return found as unknown as Broker
}

async function follower(cluster: Cluster, by: Random): Promise<Broker> {
  const leading = await leader(cluster)
  return by.pick(cluster.brokers.filter(broker => broker !== leading))
}

const brokerKilled =
  (which: (cluster: Cluster, by: Random) => Promise<Broker>): Fault['begin'] =>
  async (cluster, by) => {
    const broker = await which(cluster, by)
    broker.signal('SIGKILL')
    await broker.ended()
    return { ...NO_NODES, mend: broker.start }
  }

const nodeOf = ({ nodes }: Cluster, by: Random): Node => by.pick(nodes)

export const FAULTS = {
  stepdown: {
    name: 'the leader steps down',
    ...{ promise: PLANNED_MS, lasts: 2000 },
    async begin({ brokers }) {
      await stepDown(brokers)
      return { ...NO_NODES, mend: async () => {} }
    },
  },
  'lame-duck': {
    name: 'planned restart of the leading broker (lame duck)',
    ...{ promise: PLANNED_MS, lasts: 0 },
    async begin(cluster) {
      const broker = await leader(cluster)
      broker.signal('SIGUSR2')
      await broker.ended()
      return { ...NO_NODES, mend: broker.start }
    },
  },
  'leader-killed': {
    name: 'kill -9 of the leading broker',
    ...{ promise: SUDDEN_MS, lasts: 12_000 },
    begin: brokerKilled(leader),
  },
  'follower-killed': {
    name: 'kill -9 of another broker',
    ...{ promise: SUDDEN_MS, lasts: 5000 },
    begin: brokerKilled(follower),
  },
  'leader-stopped': {
    name: 'SIGSTOP of the leading broker',
    ...{ promise: SUDDEN_MS, lasts: 15_000 },
    async begin(cluster) {
      const broker = await leader(cluster)
      broker.signal('SIGSTOP')
      return { ...NO_NODES, mend: async () => broker.signal('SIGCONT') }
    },
  },
  'node-killed': {
    name: 'kill -9 of a node',
    ...{ promise: NODE_MS, lasts: 8000 },
    isNodeGone: true,
    async begin(cluster, by) {
      const node = nodeOf(cluster, by)
      await node.server.kill()
      return { nodes: [node], mend: node.server.start }
    },
  },
  'node-stopped': {
    name: 'SIGSTOP of a node',
    ...{ promise: NODE_MS, lasts: 12_000 },
    isNodeGone: true,
    async begin(cluster, by) {
      const node = nodeOf(cluster, by)
      process.kill(node.server.pid, 'SIGSTOP')
      return { nodes: [node], mend: async () => void process.kill(node.server.pid, 'SIGCONT') }
    },
  },
  'node-cut': {
    name: 'a node is cut off from all brokers',
    ...{ promise: NODE_MS, lasts: 20_000 },
    isNodeGone: true,
    async begin(cluster, by) {
      const node = nodeOf(cluster, by)
      const { wires, brokers } = cluster
      for (const { name } of brokers) wires.cut(node.name, name)
      const mend = async (): Promise<void> => {
        for (const { name } of brokers) wires.mend(node.name, name)
      }
      return { nodes: [node], mend }
    },
  },
  'node-unreachable': {
    name: 'a node is cut off from its clients',
    ...{ promise: NODE_MS, lasts: 20_000 },
    async begin(cluster, by) {
      const node = nodeOf(cluster, by)
      cluster.wires.cut(HERE, node.name)
      return { nodes: [node], mend: async () => cluster.wires.mend(HERE, node.name) }
    },
  },
  'leader-cut': {
    name: 'the leading broker is cut off from the other brokers',
    ...{ promise: null, lasts: 20_000 },
    async begin(cluster) {
      const { wires, brokers } = cluster
      const broker = await leader(cluster)
      const others = brokers.filter(one => one !== broker)
      for (const { name } of others) wires.cut(broker.name, name)
      const mend = async (): Promise<void> => {
        for (const { name } of others) wires.mend(broker.name, name)
      }
      return { ...NO_NODES, mend }
    },
  },
  'broker-full': {
    name: 'the disk of the leading broker is full',
    ...{ promise: SUDDEN_MS, lasts: 15_000 },
    async begin(cluster) {
      const { brokers, disks } = cluster
      const broker = brokers.find(({ name }) => name === SMALL.broker)
      const disk = disks.get(SMALL.broker)
      if (!broker || !disk) throw new Error('no small disk could be mounted')
      while ((await leader(cluster)) !== broker) await stepDown(brokers, broker.name)
      disk.fill()
      // A broker that couldn't write goes on without its log until it's started again.
      const mend = async (): Promise<void> => {
        disk.free()
        broker.signal('SIGTERM')
        await broker.ended()
        await broker.start()
      }
      return { ...NO_NODES, mend }
    },
  },
  'node-full': {
    name: 'the disk of a node is full',
    ...{ promise: NODE_MS, lasts: 10_000 },
    async begin({ nodes, disks }) {
      const node = nodes.find(({ name }) => name === SMALL.node)
      const disk = disks.get(SMALL.node)
      if (!node || !disk) throw new Error('no small disk could be mounted')
      disk.fill()
      const mend = async (): Promise<void> => {
        disk.free()
        if (isRunning(node.server.pid)) return
        await node.server.kill()
        await node.server.start()
      }
      return { nodes: [node], mend }
    },
  },
  'all-killed': {
    name: 'kill -9 of all brokers and nodes, back after a second',
    ...{ promise: null, lasts: 1000 },
    async begin({ brokers, nodes }) {
      for (const broker of brokers) broker.signal('SIGKILL')
      await Promise.all([...nodes.map(({ server }) => server.kill()), ...brokers.map(({ ended }) => ended())])
      const mend = async (): Promise<void> => {
        await Promise.all(brokers.map(({ start }) => start()))
        await Promise.all(nodes.map(({ server }) => server.start()))
      }
      return { nodes, mend }
    },
  },
} as const satisfies Readonly<Record<string, Fault>>

export type FaultName = keyof typeof FAULTS

/** The broker and the node whose disks can be full. */
export const SMALL = { broker: 'b3', node: 'n2' } as const

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
