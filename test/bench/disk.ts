/** Where journals are put while they are measured, and what they take there. */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSqlite } from '../../src/journal/sqlite/file/sqlite.ts'
import { JOURNAL_FILE } from '../../src/journal/sqlite/store.ts'

/** Gone when the work is over, or the process. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'rxchat-bench-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true })
  process.once('exit', remove)
  try {
    return await work(folder)
  } finally {
    process.off('exit', remove)
    remove()
  }
}

/** Bytes of a data directory for each input that was journaled there; whoever wrote it has stopped. */
export function bytesAnInput(directory: string): number {
  const file = join(directory, JOURNAL_FILE)
  const files = [file, `${file}-wal`].map(path => statSync(path, { throwIfNoEntry: false }))
  const bytes = files.reduce((sum, stat) => sum + (stat?.size ?? 0), 0)
  const db = new (loadSqlite().DatabaseSync)(file, { readOnly: true })
  try {
    const { inputs } = db.prepare('SELECT count(*) AS inputs FROM entries').get() as { readonly inputs: number }
    return bytes / inputs
  } finally {
    db.close()
  }
}
