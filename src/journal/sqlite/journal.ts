/**
 * The journal in a SQLite file: WAL and synchronous=FULL, so that what was committed survives the loss of power. A batch
 * is a transaction. It runs on the server's own thread: whoever waits for an acknowledgement waits for the disk anyway,
 * and what is committed together is shared by all who spoke meanwhile (docs/decisions/0012).
 */
import { Subject } from 'rxjs'
import type { Draft, Entry, Input } from '../../model/input.ts'
import type { Journal } from '../../port/journal.ts'
import { DataError } from '../data-error.ts'
import { chained, sumOf } from './checksum.ts'
import { erase, forget } from './erasure.ts'
import { mark, readMarks } from './marks.ts'
import { changeMeta, type Meta, readMeta } from './meta.ts'
import { keep, latestSnapshot } from './snapshots.ts'
import { type Database, damage, explained, sentenceOf, transaction } from './sqlite.ts'

/** `what` names the file in what goes wrong. The database is closed with the journal. Throws DataError. */
export function sqliteJournal(db: Database, what: string): Journal {
  const { epoch, last: seq, last_sum: sum } = explained(what, () => readMeta(db))
  const committed = new Subject<readonly Entry[]>()
  const addEntry = db.prepare('INSERT INTO entries VALUES (?, ?, ?)')
  const addText = db.prepare('INSERT INTO texts VALUES (?, ?, ?)')
  let last: Link = { seq, sum }

  function commit(batch: readonly Draft[]): void {
    let { seq, sum } = last
    const add = ({ input, text }: Draft): Entry => {
      const json = JSON.stringify(input)
      seq += 1
      sum = chained(sum, seq, json)
      addEntry.run(seq, json, sum)
      if (text !== null) addText.run(seq, text, sumOf(seq, text))
      return { input, text, seq, quarantined: null }
    }
    const added = transaction(db, () => {
      const all = batch.map(add)
      changeMeta(db, { last: seq, last_sum: sum })
      return all
    })
    last = { seq, sum }
    committed.next(added)
  }

  const soon = (work: () => void): Promise<void> => Promise.resolve().then(() => explained(what, work))

  return {
    epoch,
    get base() {
      return explained(what, () => readMeta(db).base)
    },
    committed$: committed.asObservable(),
    read: seq => entriesAfter(db, seq, what),
    append: batch => soon(() => commit(batch)),
    quarantine: (seq, reason) => soon(() => mark(db, seq, reason)),
    snapshot: (upTo = Number.MAX_SAFE_INTEGER) => explained(what, () => latestSnapshot(db, upTo)),
    keep: kept => soon(() => keep(db, kept)),
    erase: seqs => soon(() => erase(db, seqs)),
    forget: seq => soon(() => forget(db, seq)),
    async close() {
      committed.complete()
      if (db.isOpen) db.close()
    },
  }
}

/** The place of an input, and the checksum of all up to it. */
type Link = { readonly seq: number; readonly sum: number }

/** Arrays, since to make an object of each costs as much as to read it. */
type Row = readonly [
  seq: number,
  input: string,
  sum: number,
  text: string | null,
  textSeq: number | null,
  textSum: number | null,
]

/** Rows read at once: one by one, each would cross from SQLite to here alone. */
const PAGE = 256

/** Checked one by one against the chain: what is damaged is never folded. Throws DataError. */
export function* entriesAfter(db: Database, seq: number, what: string): Generator<Entry> {
  let at = seq
  try {
    for (const entry of entries(db, seq)) {
      yield entry
      at = entry.seq
    }
  } catch (error) {
    throw new DataError(sentenceOf(error, `${what}, after input ${at}`))
  }
}

/** Throws what SQLite throws, and that it is damaged: an input that is not what it was, or that is not there at all. */
function* entries(db: Database, after: number): Generator<Entry> {
  const meta = readMeta(db)
  const marks = readMarks(db)
  if (after >= meta.last) return
  let { seq: at, sum } = linkAt(db, meta, after)
  for (const [seq, json, sumHere, text, textSeq, textSum] of rowsAfter(db, at)) {
    if (seq !== at + 1 || sumHere !== chained(sum, seq, json)) throw damage()
    const input = JSON.parse(json) as Input
    const isWhole = textSeq === null ? !hasText(input) || isForgotten(db, seq) : textSum === sumOf(seq, text)
    if (!isWhole) throw damage()
    at = seq
    sum = sumHere
    yield { seq, input, text, quarantined: marks.get(seq) ?? null }
  }
  if (at < meta.last) throw damage()
}

function* rowsAfter(db: Database, seq: number): Generator<Row> {
  const rows = db.prepare(
    `SELECT seq, input, entries.sum, text, texts.seq, texts.sum
     FROM entries LEFT JOIN texts USING (seq) WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
  )
  rows.setReturnArrays(true)
  for (let last: number | undefined = seq; last !== undefined; ) {
    const page = rows.all(last) as unknown as readonly Row[]
    yield* page
    last = page.at(-1)?.[0]
  }
}

const hasText = ({ type }: Input): boolean => type === 'say' || type === 'tell'

/** Looked at only then: it may have been forgotten while its neighbours were being read. */
const isForgotten = (db: Database, seq: number): boolean => seq <= readMeta(db).forgotten

/** Where the chain goes on after `seq`: at its entry, or at the beginning of what is still here. */
function linkAt(db: Database, { base, base_sum }: Meta, seq: number): Link {
  if (seq <= base) return { seq: base, sum: base_sum }
  const entry = db.prepare('SELECT seq, sum FROM entries WHERE seq = ?').get(seq) as Link | undefined
  if (!entry) throw damage()
  return entry
}
