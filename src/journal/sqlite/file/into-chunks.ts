/**
 * Migration 8: the inputs, which had a row each and another one for the text, become chunks (src/journal/sqlite/chunks.ts).
 * Damage stays damage: nothing is given a checksum that it didn't have.
 */
import { crc32 } from 'node:zlib'
import { sumOf } from './checksum.ts'
import type { Database } from './sqlite.ts'

const TABLES = `
  ALTER TABLE entries RENAME TO old_entries;
  ALTER TABLE texts RENAME TO old_texts;
  CREATE TABLE entries (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, texts_sum INTEGER NOT NULL, texts TEXT NOT NULL,
    before INTEGER NOT NULL, sum INTEGER NOT NULL, inputs TEXT NOT NULL) STRICT;
  CREATE TABLE erased (seq INTEGER PRIMARY KEY) STRICT;
  INSERT INTO erased SELECT seq FROM old_texts WHERE text IS NULL;`

const ROWS = `SELECT old_entries.seq, input, old_entries.sum, old_texts.seq AS has, text, old_texts.sum AS text_sum
  FROM old_entries LEFT JOIN old_texts USING (seq) ORDER BY seq`

type Row = {
  readonly seq: number
  readonly input: string
  readonly sum: number
  readonly has: number | null
  readonly text: string | null
  readonly text_sum: number | null
}

const INPUTS = 64
const LENGTH = 16_384

export function inputsIntoChunks(db: Database): void {
  db.exec(TABLES)
  const add = db.prepare('INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?)')
  const meta = db.prepare('SELECT base_sum FROM meta').get() as { readonly base_sum: number } | undefined
  let before = meta?.base_sum ?? 0
  let rows: Row[] = []
  let length = 0

  function put(): void {
    const [first, last] = [rows[0], rows.at(-1)]
    if (!first || !last) return
    const texts = rows.map(lineOf).join('\n')
    const sum = crc32(`${first.seq} ${texts}`)
    const inputs = rows.map(({ input }) => input).join('\n')
    add.run(first.seq, last.seq, rows.every(isWhole) ? sum : (sum ^ 1) >>> 0, texts, before, last.sum, inputs)
    before = last.sum
    rows = []
    length = 0
  }

  for (const row of db.prepare(ROWS).iterate() as Iterable<Row>) {
    const last = rows.at(-1)
    if (last && (row.seq !== last.seq + 1 || rows.length === INPUTS || length >= LENGTH)) put()
    rows.push(row)
    length += row.input.length + (row.text?.length ?? 0)
  }
  put()
  db.exec('DROP TABLE old_entries; DROP TABLE old_texts')
}

const lineOf = ({ has, text }: Row): string => (has === null ? '' : JSON.stringify(text))

const isWhole = ({ seq, has, text, text_sum }: Row): boolean => has === null || text_sum === sumOf(seq, text)
