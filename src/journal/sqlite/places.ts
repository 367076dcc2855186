/**
 * Which batch of a replicated log has which inputs, in a file of its own beside the journal. It's written a little
 * later than the batches come: batches that are missing after a loss of power are read from the log again. So are all
 * of them, if the file is gone.
 */
import type { BatchPlace, Places } from '../replicated/stream/places.ts'
import { madePrivate } from './file/private.ts'
import { explained, loadSqlite, transaction } from './file/sqlite.ts'

const TABLES = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS batches (place INTEGER PRIMARY KEY, seq INTEGER NOT NULL, node TEXT NOT NULL, run TEXT NOT NULL, k INTEGER NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS batches_seq ON batches (seq, place);
  CREATE INDEX IF NOT EXISTS batches_node ON batches (node, seq, place);`

const FIELDS = 'place, seq, node, run, k'

/** Milliseconds until new places are stored. */
const LAG_MS = 250

/** Throws a DataError if the file can't be opened. */
export function sqlitePlaces(file: string): Places {
  const { DatabaseSync } = loadSqlite()
  const db = explained(file, () => {
    // Earlier versions left it readable by others.
    madePrivate(file)
    const opened = new DatabaseSync(file)
    opened.exec(TABLES)
    return opened
  })
  const put = db.prepare(`INSERT OR REPLACE INTO batches (${FIELDS}) VALUES (?, ?, ?, ?, ?)`)
  const following = db.prepare(`SELECT ${FIELDS} FROM batches WHERE seq >= ? ORDER BY seq, place LIMIT 1`)
  const nextNode = db.prepare('SELECT min(node) AS node FROM batches WHERE node > ?')
  const latestOf = db.prepare(
    `SELECT ${FIELDS} FROM batches WHERE node = ? AND seq <= ? ORDER BY seq DESC, place DESC LIMIT 1`,
  )
  const drop = db.prepare('DELETE FROM batches WHERE node = ? AND seq <= ? AND place <> ?')
  let waiting: BatchPlace[] = []
  let timer: NodeJS.Timeout | null = null

  function flush(): void {
    if (timer !== null) clearTimeout(timer)
    timer = null
    if (waiting.length === 0 || !db.isOpen) return
    transaction(db, () => {
      for (const { place, seq, node, run, k } of waiting) put.run(place, seq, node, run, k)
    })
    waiting = []
  }

  /** If that fails, the next one tries again. */
  function later(): void {
    timer = setTimeout(() => {
      try {
        flush()
      } catch {}
    }, LAG_MS).unref()
  }

  function* nodes(): Generator<string> {
    for (let name = ''; ; ) {
      const { node } = nextNode.get(name) as { readonly node: string | null }
      if (node === null) return
      yield node
      name = node
    }
  }

  const latest = (node: string, seq: number): BatchPlace | null =>
    (latestOf.get(node, seq) as BatchPlace | undefined) ?? null

  return {
    add(batch) {
      waiting.push(batch)
      if (timer === null) later()
    },
    latest(seq) {
      flush()
      return [...nodes()].flatMap(node => latest(node, seq) ?? [])
    },
    ending(seq) {
      flush()
      return (following.get(seq) as BatchPlace | undefined) ?? null
    },
    forget(seq) {
      flush()
      for (const node of [...nodes()]) {
        const kept = latest(node, Number.MAX_SAFE_INTEGER)
        if (kept) drop.run(node, seq, kept.place)
      }
    },
    clear() {
      waiting = []
      db.exec('DELETE FROM batches')
    },
    flush,
    close() {
      if (timer !== null) clearTimeout(timer)
      if (db.isOpen) db.close()
    },
  }
}
