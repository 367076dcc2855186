/**
 * The journal in a SQLite file: WAL and synchronous=FULL, so that a commit survives a loss of power. A batch is one
 * transaction. It runs on the server's own thread: a client that waits for an acknowledgement waits for the disk
 * anyway, and all inputs that came meanwhile share the next commit (docs/decisions/0012).
 */
import { Subject } from 'rxjs'
import type { Draft, Entry } from '../../model/input.ts'
import type { Journal } from '../../port/journal.ts'
import { inPieces, oneByOne, type Piece } from '../pieces.ts'
import { type ChainLink, pagesAfter } from './entries.ts'
import { erase, forget } from './erasure.ts'
import { chained, sumOfText } from './file/checksum.ts'
import { changeMeta, readMeta } from './file/meta.ts'
import { type Database, explained, explainedLater, transaction } from './file/sqlite.ts'
import { mark } from './marks.ts'
import { dropParts, keep, latestSnapshot } from './snapshots.ts'

/**
 * `what` names the file in errors. `present` throws if a write wouldn't be there at the next start. Closing the journal
 * closes the database. Throws DataError.
 */
export function sqliteJournal(db: Database, what: string, present = () => {}): Journal {
  const { epoch, last: seq, last_sum: sum } = explained(what, () => readMeta(db))
  const committed = new Subject<readonly Entry[]>()
  const addEntry = db.prepare('INSERT INTO entries VALUES (?, ?, ?)')
  const addText = db.prepare('INSERT INTO texts VALUES (?, ?, ?)')
  const inTurn = oneByOne()
  let last: ChainLink = { seq, sum }

  function commit(batch: readonly Draft[]): void {
    let { seq, sum } = last
    const add = ({ input, texts }: Draft): Entry => {
      const json = JSON.stringify(input)
      seq += 1
      sum = chained(sum, seq, json)
      addEntry.run(seq, json, sum)
      const { text } = texts
      if (text !== undefined) addText.run(seq, text, sumOfText(seq, text))
      return { input, texts, seq, quarantined: null }
    }
    const added = transaction(db, () => {
      const all = batch.map(add)
      changeMeta(db, { last: seq, last_sum: sum })
      present()
      return all
    })
    last = { seq, sum }
    committed.next(added)
  }

  const soon = (work: () => void): Promise<void> => Promise.resolve().then(() => explained(what, work))
  const change = (work: () => void): Promise<void> =>
    soon(() => {
      present()
      work()
    })
  const long = (work: () => Generator<Piece, void>): Promise<void> =>
    explainedLater(what, async () => {
      await null
      present()
      await inPieces(work())
    })

  return {
    epoch,
    get base() {
      return explained(what, () => readMeta(db).base)
    },
    committed$: committed.asObservable(),
    async *read(seq, wanted) {
      yield* pagesAfter(db, seq, what, wanted !== 'inputs')
    },
    append: batch => soon(() => commit(batch)),
    quarantine: (seq, reason) => change(() => mark(db, seq, reason)),
    snapshot: async (upTo = Number.MAX_SAFE_INTEGER) => explained(what, () => latestSnapshot(db, upTo)),
    keep: kept => inTurn(() => long(() => keep(db, kept))),
    erase: seqs => change(() => erase(db, seqs)),
    async forget(seq) {
      await long(() => forget(db, seq))
      await inTurn(() => long(() => dropParts(db)))
    },
    async close() {
      committed.complete()
      if (db.isOpen) db.close()
    },
  }
}
