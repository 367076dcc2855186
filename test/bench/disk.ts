/** The place of journals while they are measured, and their size there. */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadSqlite } from '../../src/journal/sqlite/file/sqlite.ts'
import { JOURNAL_FILE } from '../../src/journal/sqlite/store.ts'
import { median } from './table.ts'

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

/** Bytes of a data directory for each input that was journaled there; its writer has stopped. */
export function bytesAnInput(directory: string): number {
  const file = join(directory, JOURNAL_FILE)
  const files = [file, `${file}-wal`].map(path => statSync(path, { throwIfNoEntry: false }))
  const bytes = files.reduce((sum, stat) => sum + (stat?.size ?? 0), 0)
  const db = new (loadSqlite().DatabaseSync)(file, { readOnly: true })
  try {
    const { inputs } = db.prepare('SELECT last - base AS inputs FROM meta').get() as { readonly inputs: number }
    return bytes / inputs
  } finally {
    db.close()
  }
}

const SYNCS = 60
/** The pause between two messages, 20 a second. */
const PAUSE_MS = 50

/** The median time of one fdatasync of a page that was overwritten, each after a pause. */
export const syncSeconds = (): Promise<number> =>
  inFolder(async folder => {
    const file = openSync(join(folder, 'sync'), 'w')
    const page = Buffer.alloc(4096, 1)
    for (let k = 0; k < SYNCS; k++) writeSync(file, page)
    fdatasyncSync(file)
    const times: number[] = []
    for (let k = 0; k < SYNCS; k++) {
      await sleep(PAUSE_MS)
      const before = performance.now()
      writeSync(file, page, 0, page.length, k * page.length)
      fdatasyncSync(file)
      times.push((performance.now() - before) / 1000)
    }
    closeSync(file)
    return median(times)
  })
