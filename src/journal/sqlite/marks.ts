/** Marks of quarantine. Each stands for a bug that was met, so they are few. They're read and checked all together. */
import { sumOf } from './file/checksum.ts'
import { changeMeta, readMeta } from './file/meta.ts'
import { type Database, damage, transaction } from './file/sqlite.ts'

/** The reason of each quarantine, by the `seq` of its input. Throws SQLite's errors, and damage. */
export function readMarks(db: Database): ReadonlyMap<number, string> {
  const marks = allMarks(db)
  if (sumOfMarks(marks) !== readMeta(db).marks) throw damage()
  return new Map(marks.map(({ seq, reason }) => [seq, reason]))
}

export function mark(db: Database, seq: number, reason: string): void {
  transaction(db, () => {
    readMarks(db)
    db.prepare('INSERT OR REPLACE INTO quarantined VALUES (?, ?)').run(seq, reason)
    changeMeta(db, { marks: sumOfMarks(allMarks(db)) })
  })
}

/** Within a transaction. */
export function unmark(db: Database, upTo: number): void {
  readMarks(db)
  db.prepare('DELETE FROM quarantined WHERE seq <= ?').run(upTo)
  changeMeta(db, { marks: sumOfMarks(allMarks(db)) })
}

type Mark = { readonly seq: number; readonly reason: string }

const allMarks = (db: Database): readonly Mark[] =>
  db.prepare('SELECT seq, reason FROM quarantined ORDER BY seq').all() as Mark[]

/** Zero for no marks. */
const sumOfMarks = (marks: readonly Mark[]): number =>
  marks.reduce((sum, { seq, reason }) => sumOf(sum, seq, reason), 0)
