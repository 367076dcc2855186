/**
 * The word index: for each run of messages, a signature of the search keys of their texts. It tells where a word can't
 * be; all other texts are read. So to erase a text, only the signature of its block has to be made anew. The index may
 * lag behind: a search also reads the messages that it doesn't cover yet.
 */
import { crc32 } from 'node:zlib'
import { INDEX_BYTES, INDEX_MESSAGES } from '../../../../model/limits.ts'
import { keysOf } from '../../../../model/search/match.ts'
import { mayHaveAll, signatureOf } from '../../../../model/search/signature.ts'
import { utf8Length } from '../../../../model/text.ts'
import type { Database } from '../../file/sqlite.ts'
import { uncheckedTextReader } from '../../texts.ts'

/** The messages after input `first`, which is not one of them, up to `last`. `keys` null: to be made anew. */
export type Block = { readonly last: number; readonly first: number; readonly keys: Uint8Array | null }

type BlockRow = Block & { readonly sum: number }
type SeqRow = { readonly seq: number; readonly place: number }
const MESSAGES = 'SELECT seq, coalesce(text_at, seq) AS place FROM messages'

/** The last input that a block covers. */
export const blocksEnd = (db: Database): number =>
  (db.prepare('SELECT max(last) AS last FROM blocks').get() as { readonly last: number | null }).last ?? 0

/** Makes the next block from stored messages. False: there aren't enough for one yet. Within a transaction. */
export function addBlock(db: Database): boolean {
  const first = blocksEnd(db)
  const rows = db.prepare(`${MESSAGES} WHERE seq > ? ORDER BY seq LIMIT ${INDEX_MESSAGES + 1}`)
  const textOf = uncheckedTextReader(db)
  const keys = new Set<number>()
  let [last, messages, bytes] = [first, 0, 0]
  for (const { seq, place } of rows.iterate(first) as Iterable<SeqRow>) {
    const text = textOf(place) ?? ''
    const length = utf8Length(text)
    const isFull = messages === INDEX_MESSAGES || (messages > 0 && bytes + length > INDEX_BYTES)
    if (isFull) {
      put(db, last, first, signatureOf(keys))
      return true
    }
    keysOf(text, keys)
    last = seq
    messages += 1
    bytes += length
  }
  return false
}

/** Makes one missing signature anew. False: none is missing. Within a transaction. */
export function knowBlock(db: Database): boolean {
  const block = db.prepare('SELECT last, first FROM blocks WHERE keys IS NULL LIMIT 1').get() as Block | undefined
  if (!block) return false
  const { last, first } = block
  const keys = new Set<number>()
  const textOf = uncheckedTextReader(db)
  const rows = db.prepare(`${MESSAGES} WHERE seq > ? AND seq <= ?`).all(first, last) as SeqRow[]
  for (const { place } of rows) keysOf(textOf(place) ?? '', keys)
  put(db, last, first, signatureOf(keys))
  return true
}

/** Drops the signature of the block with this message, because its text is erased, or another one. Within a transaction. */
export function unknowBlock(db: Database, seq: number): void {
  db.prepare(
    `UPDATE blocks SET keys = NULL, sum = 0
     WHERE last = (SELECT last FROM blocks WHERE last >= ?1 ORDER BY last LIMIT 1) AND first < ?1`,
  ).run(seq)
}

/** Drops the blocks up to `seq`, and the signature of a block with messages on both sides. Within a transaction. */
export function forgetBlocks(db: Database, seq: number): void {
  unknowBlock(db, seq)
  db.prepare('DELETE FROM blocks WHERE last <= ?').run(seq)
}

/** At most `most` blocks that end at or before input `upTo`, latest first. */
export const blocksBefore = (db: Database, upTo: number, most: number): readonly Block[] =>
  db.prepare('SELECT * FROM blocks WHERE last <= ? ORDER BY last DESC LIMIT ?').all(upTo, most) as BlockRow[]

/** The end of the block with input `seq`, or of the last block. */
export function blockOf(db: Database, seq: number): number {
  const row = db.prepare('SELECT min(last) AS last FROM blocks WHERE last >= ?').get(seq) as { last: number | null }
  return row.last ?? blocksEnd(db)
}

/** A damaged signature tells nothing, so its block may have anything. */
export function mayHave(block: Block, keys: readonly number[]): boolean {
  const { last, keys: signature, sum } = block as BlockRow
  return signature === null || sum !== sumOf(last, signature) || mayHaveAll(signature, keys)
}

function put(db: Database, last: number, first: number, keys: Uint8Array): void {
  db.prepare('INSERT OR REPLACE INTO blocks VALUES (?, ?, ?, ?)').run(last, first, keys, sumOf(last, keys))
}

const sumOf = (last: number, keys: Uint8Array): number => crc32(keys, last >>> 0)
