/**
 * Which batch of the log has which inputs. It's written apart from the entries of the mirror, and may lag behind them or
 * be ahead: a start goes on from the latest batch that both know.
 */
import type { BatchId } from './messages.ts'
import type { LogPlace } from './stream.ts'

/** A batch in the log. `seq` is its last input; if it has none, the last one before it. */
export type BatchPlace = Pick<BatchId, 'run' | 'k'> & {
  readonly node: string
  readonly place: LogPlace
  readonly seq: number
}

export interface Places {
  /**
   * Adds the next batch. Batches come in the order of their places; some come again after a start whose mirror lagged
   * behind.
   */
  add(batch: BatchPlace): void
  /** The latest batch of each node, among those that end at input `seq` or before. */
  latest(seq: number): readonly BatchPlace[]
  /** The first batch that ends at input `seq` or later; null: none is known. */
  ending(seq: number): BatchPlace | null
  /** Forgets those up to input `seq`, but not the latest of a node. */
  forget(seq: number): void
  /** Forgets all: the mirror gets another log. */
  clear(): void
  /** Stores the added places. Throws if that fails. */
  flush(): void
  close(): void
}

export function memoryPlaces(): Places {
  let batches: BatchPlace[] = []
  const latest = (seq: number): readonly BatchPlace[] => {
    const found = new Map<string, BatchPlace>()
    for (const batch of batches) if (batch.seq <= seq) found.set(batch.node, batch)
    return [...found.values()]
  }
  return {
    add(batch) {
      if ((batches.at(-1)?.place ?? 0) < batch.place) batches.push(batch)
      else batches = withBatch(batches, batch)
    },
    latest,
    ending: seq => batches.find(batch => batch.seq >= seq) ?? null,
    forget(seq) {
      const kept = new Set(latest(Number.POSITIVE_INFINITY))
      batches = batches.filter(batch => batch.seq > seq || kept.has(batch))
    },
    clear() {
      batches = []
    },
    flush() {},
    close() {},
  }
}

/** In the order of places, each once. */
export function withBatch(batches: readonly BatchPlace[], batch: BatchPlace): BatchPlace[] {
  const before = batches.filter(({ place }) => place < batch.place)
  return [...before, batch, ...batches.filter(({ place }) => place > batch.place)]
}

/** The end of the folded part of a log, as the latest batches of its nodes say. */
export const endOf = (batches: readonly BatchPlace[]): { readonly place: LogPlace; readonly seq: number } => ({
  place: Math.max(0, ...batches.map(({ place }) => place)),
  seq: Math.max(0, ...batches.map(({ seq }) => seq)),
})
