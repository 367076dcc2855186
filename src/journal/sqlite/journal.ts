/**
 * The journal in a SQLite file: WAL and synchronous=FULL, so that what was committed survives the loss of power. A batch
 * is a transaction. It runs on the server's own thread: whoever waits for an acknowledgement waits for the disk anyway,
 * and what is committed together is shared by all who spoke meanwhile (docs/decisions/0012).
 */
import { Subject } from 'rxjs'
import type { Draft, Entry, Input } from '../../model/input.ts'
import type { Journal } from '../../port/journal.ts'
import { DataError } from '../data-error.ts'
import { chained, sumOfText } from './checksum.ts'
import { erase, forget } from './erasure.ts'
import { snapshots } from './snapshots.ts'
import { type Database, type Statement, sentenceOf, transaction } from './sqlite.ts'

/** `what` names the file in what goes wrong. The database is closed with the journal. */
export function sqliteJournal(db: Database, what: string): Journal {
  const meta = db.prepare('SELECT epoch, base, base_sum FROM meta').get() as Meta
  const tail = db.prepare('SELECT seq, sum FROM entries ORDER BY seq DESC LIMIT 1').get() as Link | undefined
  const committed = new Subject<readonly Entry[]>()
  const addEntry = db.prepare('INSERT INTO entries VALUES (?, ?, ?)')
  const addText = db.prepare('INSERT INTO texts VALUES (?, ?, ?)')
  let last: Link = tail ?? { seq: meta.base, sum: meta.base_sum }
  const { snapshot, keep } = snapshots(db)

  function commit(batch: readonly Draft[]): void {
    let { seq, sum } = last
    const added = guard(() =>
      transaction(db, () =>
        batch.map(({ input, text }) => {
          const json = JSON.stringify(input)
          seq += 1
          sum = chained(sum, seq, json)
          addEntry.run(seq, json, sum)
          if (text !== null) addText.run(seq, text, sumOfText(seq, text))
          return { input, text, seq, quarantined: null }
        }),
      ),
    )
    last = { seq, sum }
    committed.next(added)
  }

  /** SQLite's errors, as sentences. */
  function guard<T>(work: () => T): T {
    try {
      return work()
    } catch (error) {
      throw error instanceof DataError ? error : new DataError(sentenceOf(error, what))
    }
  }

  const soon = (work: () => void): Promise<void> => Promise.resolve().then(() => guard(work))

  return {
    epoch: meta.epoch,
    committed$: committed.asObservable(),
    read: seq => entriesAfter(db, seq, what),
    append: batch => Promise.resolve().then(() => commit(batch)),
    quarantine: (seq, reason) =>
      soon(() => db.prepare('INSERT OR REPLACE INTO quarantined VALUES (?, ?)').run(seq, reason)),
    snapshot,
    keep: kept => soon(() => keep(kept)),
    erase: seqs => soon(() => erase(db, seqs)),
    forget: seq => soon(() => forget(db, seq)),
    async close() {
      committed.complete()
      if (db.isOpen) db.close()
    },
  }
}

type Meta = {
  readonly epoch: string
  /** Inputs up to here were forgotten, and the checksum of all of them. */
  readonly base: number
  readonly base_sum: number
  /** Texts up to here were forgotten. */
  readonly forgotten: number
}
/** The place of an input, and the checksum of all up to it. */
type Link = { readonly seq: number; readonly sum: number }

/** An entry as an array, which costs SQLite half of what an object does. */
type Row = readonly [
  seq: number,
  input: string,
  sum: number,
  text: string | null,
  textSeq: number | null,
  textSum: number | null,
  reason: string | null,
]

/** Entries that are read at once: many enough to be fast, and few enough for the memory. */
const PAGE = 256

/** Checked one by one against the chain: what is damaged is never folded. Throws DataError. */
export function* entriesAfter(db: Database, seq: number, what: string): Generator<Entry> {
  for (const page of pagesAfter(db, seq, what)) yield* page
}

/** The same, many at once: for who reads a million. */
export function* pagesAfter(db: Database, seq: number, what: string): Generator<readonly Entry[]> {
  let link = linkAt(db, seq)
  if (!link) return
  const { forgotten } = db.prepare('SELECT forgotten FROM meta').get() as Pick<Meta, 'forgotten'>
  const statement = db.prepare(
    `SELECT seq, input, entries.sum, text, texts.seq, texts.sum, reason
     FROM entries LEFT JOIN texts USING (seq) LEFT JOIN quarantined USING (seq) WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
  )
  statement.setReturnArrays(true)
  try {
    for (;;) {
      const rows = read(statement, link.seq)
      const entries = whole(linked(rows, link), forgotten)
      if (entries.length > 0) yield entries
      if (entries.length < rows.length) throw damaged(link.seq + entries.length + 1, what)
      const last = rows.at(-1)
      if (!last || rows.length < PAGE) return
      link = { seq: last[0], sum: last[2] }
    }
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(sentenceOf(error, what))
  }
}

/** As many of these rows as follow from `link` without a gap. */
function linked(rows: readonly Row[], { seq, sum }: Link): readonly Row[] {
  let before = sum
  const end = rows.findIndex(([place, input, chain], index) => {
    const follows = place === seq + index + 1 && chain === chained(before, place, input)
    before = chain
    return !follows
  })
  return end < 0 ? rows : rows.slice(0, end)
}

/** The entries in these rows, up to the first whose text is damaged or lost. Inputs are parsed together, which is faster. */
function whole(rows: readonly Row[], forgotten: number): readonly Entry[] {
  const inputs = JSON.parse(`[${rows.map(([, input]) => input).join()}]`) as readonly Input[]
  const entries: Entry[] = []
  for (const [seq, , , text, textSeq, textSum, quarantined] of rows) {
    const input = inputs[entries.length] as Input
    const isLost = textSeq === null && seq > forgotten && hasText(input)
    if (isLost || (text !== null && textSum !== sumOfText(seq, text))) break
    entries.push({ seq, input, text, quarantined })
  }
  return entries
}

/** Node's types know of no rows that are arrays. */
const read = (rows: Statement, after: number): readonly Row[] => rows.all(after) as unknown as Row[]

const damaged = (seq: number, what: string): DataError =>
  new DataError(
    `${what}: input ${seq} is damaged. Restore a backup (docs/operations.md), or move the file away to begin anew.`,
  )

const hasText = ({ type }: Input): boolean => type === 'say' || type === 'tell'

/** Where the chain goes on after `seq`: at its entry, or at the beginning of what is still here; null: beyond the end. */
function linkAt(db: Database, seq: number): Link | null {
  const entry = db.prepare('SELECT seq, sum FROM entries WHERE seq = ?').get(seq) as Link | undefined
  if (entry) return entry
  const { base, base_sum: sum } = db.prepare('SELECT base, base_sum FROM meta').get() as Meta
  return seq <= base ? { seq: base, sum } : null
}
