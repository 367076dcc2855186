/** Brokers, nodes and the cables between them, all in namespaces that end with this process. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { mountSmallDisk, type SmallDisk } from '../../helpers/small-disk.ts'
import { type Broker, startBrokers } from './brokers.ts'
import { type Node, startNodes } from './nodes.ts'
import { HERE, layWires, type Wires } from './wires.ts'

export type Cluster = {
  readonly wires: Wires
  readonly brokers: readonly Broker[]
  readonly nodes: readonly Node[]
  /** By the name of the broker or node that has its files there. */
  readonly disks: ReadonlyMap<string, SmallDisk>
}

const BROKERS = ['b1', 'b2', 'b3'] as const
const DISK_MIB = 128

/** `flags` are those of each node. `small` names brokers and nodes with a small disk each, which is in memory. */
export async function startCluster(
  folder: string,
  count: number,
  flags: readonly string[],
  small: readonly string[],
): Promise<Cluster> {
  const names = Array.from({ length: count }, (_, k) => `n${k + 1}`)
  const wires = await layWires(
    [...BROKERS, ...names],
    [
      ...BROKERS.flatMap((one, k) => BROKERS.slice(k + 1).map(other => [one, other] as const)),
      ...names.flatMap(node => BROKERS.map(broker => [node, broker] as const)),
      ...[...BROKERS, ...names].map(machine => [HERE, machine] as const),
    ],
  )
  const folderOf = (name: string): string => join(folder, name)
  const disks = new Map<string, SmallDisk>()
  for (const name of small) {
    mkdirSync(folderOf(name), { recursive: true })
    const disk = mountSmallDisk(folderOf(name), DISK_MIB)
    if (disk) disks.set(name, disk)
  }
  const storeOf = (name: string): string => disks.get(name)?.data ?? join(folderOf(name), 'data')
  const brokers = await startBrokers(BROKERS, wires, folder, storeOf)
  return { wires, brokers, disks, nodes: await startNodes(names, brokers, wires, storeOf, flags) }
}
