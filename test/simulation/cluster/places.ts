/** Which batches a node has, on its own disk: written now and then, so a start may know of fewer than the mirror has. */
import { type BatchPlace, memoryPlaces, type Places, withBatch } from '../../../src/journal/replicated/stream/places.ts'
import type { Process } from '../process.ts'
import type { Random } from '../random.ts'

export type PlacesDisk = { batches: readonly BatchPlace[] }

export function mountPlaces(disk: PlacesDisk, process: Process, chance: Random): Places {
  const inner = memoryPlaces()
  let batches = [...disk.batches]
  for (const batch of batches) inner.add(batch)
  const flush = (): void => {
    if (process.lives()) disk.batches = [...batches]
  }
  return {
    ...inner,
    add(batch) {
      batches = withBatch(batches, batch)
      inner.add(batch)
      if (chance.chance(0.1)) flush()
    },
    forget(seq) {
      inner.forget(seq)
      batches = batches.filter(batch => inner.ending(batch.seq)?.place === batch.place || batch.seq > seq)
    },
    flush,
  }
}
