/** Several servers on one replicated log, in memory and in virtual time: each a world of its own on one clock. */
import { expect, onTestFinished } from 'vitest'
import { memoryBlobs } from '../../src/journal/blobs/memory.ts'
import { sharedBlobs } from '../../src/journal/blobs/shared.ts'
import { memoryJournal } from '../../src/journal/memory.ts'
import { memoryHistory } from '../../src/journal/memory-history.ts'
import { replicatedJournal } from '../../src/journal/replicated/journal.ts'
import { memoryPlaces } from '../../src/journal/replicated/stream/places.ts'
import { OUTCOME_MS } from '../../src/model/limits.ts'
import type { Options } from '../../src/server/server.ts'
import { type Faults, MemoryBroker } from './memory-broker.ts'
import { seededEntropy } from './seeded-entropy.ts'
import { virtualClock } from './virtual-clock.ts'
import { createWorld, type World } from './world.ts'

/** `faults` of its connection to the log may be changed at any time, and so may whether its disk is full. */
export type ClusterNode = World & { readonly faults: Faults; readonly disk: { isFull: boolean } }

/** Milliseconds of virtual time in which a server has opened, and rounds of promises after them. */
const OPENING_MS = 100
const OPENING_ROUNDS = 16

let epochs = 0

export function cluster() {
  const clock = virtualClock()
  const broker = new MemoryBroker(clock, `epoch ${++epochs}`)
  const open: ClusterNode[] = []
  let runs = 0
  onTestFinished(async () => {
    broker.hasLeader = true
    for (const node of open) node.faults.isCut = false
    for (const { server } of open) {
      const closing = server.close()
      await clock.advance(OUTCOME_MS)
      await closing
    }
    await clock.settle()
    expect(clock.pending(), 'alarms after the close').toBe(0)
    expect(open.flatMap(({ troubles }) => troubles)).toEqual([])
  })
  return {
    clock,
    broker,
    /** Its address is NAME.example:7000. */
    async node(name: string, options: Options = {}, disks: Record<string, boolean> = {}): Promise<ClusterNode> {
      const run = `run ${++runs} of ${name}`
      const stream = broker.connect(name)
      const disk = { isFull: false }
      const mirror = memoryJournal(broker.epoch)
      const usable = async (): Promise<void> => {
        if (disk.isFull) throw new Error('the disk is full')
      }
      Object.assign(mirror, { usable, stored: usable })
      const parts = { stream, mirror, places: memoryPlaces(), node: name, run, clock }
      const lost = (error: Error): void => expect.unreachable(error.message)
      async function openNode(): Promise<World> {
        const { journal, peers } = await replicatedJournal({ ...parts, lost })
        const ports = {
          peers,
          disks: () => disks,
          history: memoryHistory(seq => mirror.textOf(seq)),
          blobs: sharedBlobs(stream.states, memoryBlobs()),
          entropy: seededEntropy(`${runs}-`),
        }
        const own = { origin: name, run, address: `${name}.example:7000`, version: '1', ...options }
        try {
          return await createWorld(own, journal, ports, clock)
        } catch (error) {
          await journal.close()
          throw error
        }
      }
      const opening = openNode()
      await clock.advance(OPENING_MS)
      // Texts that were erased in the log are erased here one after another, each over many promises.
      for (let round = 0; round < OPENING_ROUNDS; round++) await clock.settle()
      const world = await opening
      const opened: ClusterNode = { ...world, faults: stream.faults, disk }
      open.push(opened)
      return opened
    },
  }
}
