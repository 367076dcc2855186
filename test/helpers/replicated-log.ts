/** A replicated log in memory and in virtual time, and the journals of nodes on it. */
import { onTestFinished } from 'vitest'
import { memoryJournal } from '../../src/journal/memory.ts'
import { type Replicated, replicatedJournal } from '../../src/journal/replicated/journal.ts'
import { memoryPlaces } from '../../src/journal/replicated/stream/places.ts'
import type { Draft, Entry } from '../../src/model/input.ts'
import { draft } from '../journal/contract.ts'
import { type Faults, MemoryBroker, type MemoryStream } from './memory-broker.ts'
import { virtualClock } from './virtual-clock.ts'

/** A node's files on its disk. */
export type Left = Pick<Replicated, 'mirror' | 'places'>

/** Faults of its connection, or another connection, and the files of an earlier run. */
type NodeOptions = { readonly faults?: Partial<Faults>; readonly stream?: MemoryStream; readonly left?: Left }

let epochs = 0

/** The disk of a node that has nothing yet of the log with this epoch. */
export const emptyDisk = (epoch: string) => ({ mirror: memoryJournal(epoch), places: memoryPlaces() })

/** One that is made anew has the `epoch` of the one before. */
export function replicatedLog(epoch = `epoch ${++epochs}`) {
  const clock = virtualClock()
  const broker = new MemoryBroker(clock, epoch)
  let runs = 0
  return {
    clock,
    broker,
    fresh: () => emptyDisk(epoch),
    /** Opens the journal of a node. It closes with the test. `lost` gets why the node can't go on. */
    async node(name: string, { faults, left = emptyDisk(epoch), ...given }: NodeOptions = {}) {
      const stream = given.stream ?? broker.connect(name, faults)
      const lost: Error[] = []
      const { journal, peers } = await replicatedJournal({
        ...{ stream, ...left, node: name, run: `run ${++runs}`, clock },
        lost: error => void lost.push(error),
      })
      const came: Entry[] = []
      journal.committed$.subscribe(entries => came.push(...entries))
      onTestFinished(() => journal.close())
      return { journal, peers, came, faults: stream.faults, left, lost, stream }
    },
  }
}

export type ReplicatedLog = ReturnType<typeof replicatedLog>

export const ids = (entries: readonly Entry[]): string => entries.map(({ input }) => input.id).join(' ')
/** One input for each name, which is its id and its text. */
export const said = (...names: readonly string[]): readonly Draft[] => names.map(id => draft(id, id))
