/**
 * The journal on the disk. A commit goes to the log (src/journal/sqlite/log), where it's durable, and comes back. Soon
 * after that it's brought into the tables of a SQLite file, from which everything is read (docs/decisions/0043).
 */
import { Subject } from 'rxjs'
import type { Draft, Entry } from '../../model/input.ts'
import type { Journal, Snapshot } from '../../port/journal.ts'
import { oneByOne, type Piece } from '../pieces.ts'
import type { Mirror } from '../replicated/mirror.ts'
import { type ChainLink, pagesAfter } from './entries.ts'
import { erase, forget } from './erasure.ts'
import { chained } from './file/checksum.ts'
import { changeMeta, readMeta } from './file/meta.ts'
import { explained, explainedLater, transaction } from './file/sqlite.ts'
import { logFile } from './log/file.ts'
import type { Committed } from './log/records.ts'
import { mark } from './marks.ts'
import { closeParts, type Parts } from './parts.ts'
import { dropParts, keep, latestSnapshot } from './snapshots.ts'
import { textReader } from './texts.ts'

/** It's appended to, or it's the mirror of another log, and its own log stays empty. */
export type SqliteJournal = Journal & Mirror

/**
 * `what` names the file in errors. `present` throws if a write wouldn't be there at the next start. Closing the journal
 * closes its parts. Throws DataError.
 */
export function sqliteJournal(parts: Parts, what: string, present = () => {}): SqliteJournal {
  const { db, log, projection, checkpoints } = parts
  const { waiting } = projection
  const { epoch } = explained(what, () => readMeta(db))
  const committed = new Subject<readonly Entry[]>()
  const [appending, keeping] = [oneByOne(), oneByOne()]
  let { last } = parts
  let isSettling = false
  let closing: Promise<void> | null = null

  async function commit(batch: readonly Draft[]): Promise<void> {
    if (batch.length === 0) return
    await explainedLater(what, () => projection.usable())
    present()
    const inputs = numbered(batch, last)
    const logged = explainedLater(logFile(what), () => log.append(inputs, last.sum, settleAll))
    projection.meanwhile()
    await logged
    committed.next(add(inputs))
    if (log.isFilling || projection.isDue) void settleSoon()
  }

  function add(inputs: readonly Committed[]): readonly Entry[] {
    const { entry, sum } = inputs.at(-1) ?? { entry: last, sum: last.sum }
    last = { seq: entry.seq, sum }
    projection.add(inputs)
    return inputs.map(input => input.entry)
  }

  /** A mirror without inputs begins after this snapshot. */
  async function begin(snapshot: Snapshot): Promise<void> {
    const { seq } = snapshot
    if (last.seq > 0) throw new RangeError('the mirror has inputs already')
    await checkpoints.write(() => {
      transaction(db, () => changeMeta(db, { base: seq, base_sum: 0, last: seq, last_sum: 0, forgotten: seq }))
    })
    last = { seq, sum: 0 }
    await checkpoints.writeInPieces(keep(db, { seq, state: [snapshot.state] }))
    await settle(false)
  }

  /** Makes the rows of the tables durable; `empty`: without a trace in SQLite's log. */
  async function settle(empty: boolean): Promise<void> {
    const { last: stored } = readMeta(db)
    projection.settled()
    await (empty ? checkpoints.empty() : checkpoints.settle())
    log.release(stored)
  }

  async function settleAll(empty = false): Promise<void> {
    await projection.drain()
    await settle(empty)
  }

  /** If it fails, the next commit tries again. */
  async function settleSoon(): Promise<void> {
    if (isSettling) return
    isSettling = true
    await settle(false).catch(() => {})
    isSettling = false
  }

  const later = <T>(work: () => Promise<T>): Promise<T> =>
    explainedLater(what, async () => {
      await null
      present()
      return work()
    })
  const long = (work: () => Generator<Piece, void>): Promise<void> =>
    later(async () => {
      await projection.drain()
      await checkpoints.writeInPieces(work())
    })
  /** While a text is removed from the log, nothing is appended to it. */
  const removing = (work: () => Promise<void>): Promise<void> => appending(() => later(work))

  return {
    epoch,
    get base() {
      return explained(what, () => readMeta(db).base)
    },
    committed$: committed.asObservable(),
    async *read(seq, wanted) {
      const { seq: end } = last
      await projection.drain().catch(() => {})
      const base = (): number => explained(what, () => readMeta(db).base)
      // While a page is taken, waiting inputs may be stored, so then the tables are read again.
      for (let at = Math.max(seq, base()); at < end; at = Math.max(at, base())) {
        for (const page of pagesAfter(db, at, what, wanted !== 'inputs')) {
          yield page
          at = page.at(-1)?.seq ?? at
        }
        const rest = waiting.entriesAfter(at)
        if (rest[0]?.seq !== at + 1) continue
        yield rest
        at = rest.at(-1)?.seq ?? at
      }
    },
    texts: async seqs =>
      explained(what, () => {
        const stored = textReader(db)
        const all = seqs.map(seq => [seq, waiting.entryAt(seq)?.texts.text ?? stored(seq)] as const)
        return new Map(all.filter((one): one is readonly [number, string] => one[1] !== null))
      }),
    append: batch => appending(() => commit(batch)),
    get last() {
      return last.seq
    },
    adopt(batch) {
      const entries = add(numbered(batch, last))
      if (projection.isDue) void settleSoon()
      return entries
    },
    usable: () =>
      explainedLater(what, async () => {
        await projection.usable()
        present()
      }),
    stored: () => explainedLater(what, () => projection.drain()),
    begin: snapshot => later(() => begin(snapshot)),
    quarantine: (seq, reason) =>
      later(async () => {
        await projection.drain()
        await checkpoints.write(() => mark(db, seq, reason))
        await settle(false)
      }),
    snapshot: async (upTo = Number.MAX_SAFE_INTEGER) => explained(what, () => latestSnapshot(db, upTo)),
    keep: kept => keeping(() => long(() => keep(db, kept))),
    erase: seqs =>
      removing(async () => {
        // Before any change: if a reader is in the way, the whole deletion is refused.
        await settleAll(true)
        await checkpoints.write(() => erase(db, seqs))
        await settle(true)
        await log.scrub(holding(seqs))
      }),
    async forget(seq, _, after = []) {
      // As with a deletion: rows that are forgotten in the tables alone would not be asked for again.
      await later(() => settleAll(true))
      if (after.length > 0) await later(() => checkpoints.write(() => erase(db, after)))
      await long(() => forget(db, seq))
      await removing(async () => {
        await settleAll(true)
        const isErased = holding(after)
        await log.scrub((first, last) => first <= seq || isErased(first, last))
      })
      await keeping(() => long(() => dropParts(db)))
    },
    close() {
      committed.complete()
      closing ??= closeAll()
      return closing
    },
  }

  async function closeAll(): Promise<void> {
    log.stop()
    await appending(async () => {})
    const isEmpty = await later(() => settleAll()).then(
      () => waiting.last === 0,
      () => false,
    )
    closeParts(parts, isEmpty)
  }
}

/** The inputs in their places, after `last`. */
function numbered(batch: readonly Draft[], last: ChainLink): readonly Committed[] {
  let { seq, sum } = last
  return batch.map(({ input, texts }) => {
    const json = JSON.stringify(input)
    seq += 1
    sum = chained(sum, seq, json)
    return { entry: { input, texts, seq, quarantined: null }, json, sum }
  })
}

/** True for a stretch of inputs with one of these. */
function holding(seqs: readonly number[]): (first: number, last: number) => boolean {
  const sorted = Float64Array.from(seqs).sort()
  return (first, last) => {
    let [from, to] = [0, sorted.length]
    while (from < to) {
      const middle = (from + to) >> 1
      if ((sorted[middle] as number) < first) from = middle + 1
      else to = middle
    }
    return (sorted[from] ?? Number.POSITIVE_INFINITY) <= last
  }
}
