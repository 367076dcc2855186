/**
 * Rows of `entries`. Each is a chunk: inputs that follow one another, and their texts beside them, as lines of JSON. So
 * to store an input costs little more than its bytes. The last chunk is written anew until it's full.
 *
 * A checksum goes on from input to input, through the chunks; another one is over the texts of a chunk. A line of the
 * texts is empty if the input has none, or if it was forgotten. `null` is an erased text.
 */
import { crc32 } from 'node:zlib'
import { type Entry, textKeys } from '../../model/input.ts'
import { CHUNK_INPUTS, CHUNK_LENGTH } from '../../model/limits.ts'
import { chained } from './file/checksum.ts'
import { type Database, damage, statementOf } from './file/sqlite.ts'
import type { Committed } from './log/records.ts'

/** `before` and `sum` are the checksums of all inputs before the first, and up to the last. */
export type Chunk = {
  readonly first: number
  readonly last: number
  readonly before: number
  readonly sum: number
  readonly texts: readonly string[]
  readonly inputs: readonly string[]
  /** False: a text is damaged, or missing. */
  readonly hasTexts: boolean
}

/**
 * Its texts, with `mark` in the place of each for which `isGone` is true. If the lines are out of place, none is left.
 */
export function without(chunk: Chunk, isGone: (seq: number) => boolean, mark: string): Chunk {
  const { first, last, texts } = chunk
  if (texts.length !== last - first + 1) return { ...chunk, texts: [], hasTexts: false }
  return { ...chunk, texts: texts.map((line, at) => (line !== NO_TEXT && isGone(first + at) ? mark : line)) }
}

/** The texts of a chunk, without its inputs. */
export type ChunkTexts = Pick<Chunk, 'first' | 'last' | 'texts' | 'hasTexts'>

export const ERASED = 'null'
export const NO_TEXT = ''

/** Null: there's none, or it's gone. */
export const textIn = (line: string): string | null => (line === NO_TEXT ? null : (JSON.parse(line) as string | null))

const TEXTS = 'first, last, texts_sum, texts'
const ALL = `${TEXTS}, before, sum, inputs`
const HOLDING = 'WHERE first = (SELECT max(first) FROM entries WHERE first <= ?1) AND last >= ?1'

const holding = statementOf(`SELECT ${ALL} FROM entries ${HOLDING}`)
const textsHolding = statementOf(`SELECT ${TEXTS} FROM entries ${HOLDING}`)
const following = statementOf(
  `SELECT ${ALL} FROM entries WHERE first >= coalesce((SELECT max(first) FROM entries WHERE first <= ?1), ?1) AND last >= ?1
   ORDER BY first LIMIT ?2`,
)
const latest = statementOf(`SELECT ${ALL} FROM entries ORDER BY first DESC LIMIT 1`)
const erased = statementOf('INSERT OR IGNORE INTO erased VALUES (?)')
const anyErased = statementOf('SELECT 1 FROM erased LIMIT 1')
const written = statementOf(`INSERT OR REPLACE INTO entries (${ALL}) VALUES (?, ?, ?, ?, ?, ?, ?)`)

type TextsRow = readonly [first: number, last: number, textsSum: number, texts: string]
type Row = readonly [...TextsRow, before: number, sum: number, inputs: string]

/** The chunk with input `seq`; null: none has it. Throws damage, as all reads here do. */
export function chunkWith(db: Database, seq: number): Chunk | null {
  const row = holding(db).get(seq) as unknown as Row | undefined
  return row ? toChunk(row) : null
}

export function textsWith(db: Database, seq: number): ChunkTexts | null {
  const row = textsHolding(db).get(seq) as unknown as TextsRow | undefined
  return row ? toTexts(row) : null
}

/** At most `most` chunks: the one with input `seq`, if there is one, and those after it. */
export const chunksFrom = (db: Database, seq: number, most: number): readonly Chunk[] =>
  (following(db).all(seq, most) as unknown as readonly Row[]).map(toChunk)

/** Adds inputs behind the last chunk. Within a transaction. */
export function addToChunks(db: Database, inputs: readonly Committed[], before: number): void {
  let open = openChunk(db, before)
  for (const { entry, json, sum } of inputs) {
    const line = lineOf(entry)
    // It was erased before a mirror read it.
    if (line === ERASED) noteErased(db, entry.seq)
    if (isFull(open)) {
      putChunk(db, open)
      open = emptyChunk(open.sum)
    }
    if (open.inputs.length === 0) open.first = entry.seq
    open.last = entry.seq
    open.sum = sum
    open.inputs.push(json)
    open.texts.push(line)
    open.length += json.length + line.length
  }
  if (open.inputs.length > 0) putChunk(db, open)
}

function lineOf({ input, texts }: Entry): string {
  if (texts.text !== undefined) return JSON.stringify(texts.text)
  return textKeys(input).length > 0 ? ERASED : NO_TEXT
}

/** Erased texts are also in a small table of their own, so that they can be told from others without being read. */
export function noteErased(db: Database, seq: number): void {
  erased(db).run(seq)
}

export const hasErased = (db: Database): boolean => anyErased(db).get() !== undefined

/** Writes a chunk, or writes it anew. Damage of the texts stays visible as such. Within a transaction. */
export function putChunk(db: Database, { first, last, before, sum, texts, inputs, hasTexts }: Chunk): void {
  const joined = texts.join('\n')
  const textsSum = hasTexts ? sumOfTexts(first, joined) : wrong(sumOfTexts(first, joined))
  written(db).run(first, last, textsSum, joined, before, sum, inputs.join('\n'))
}

type OpenChunk = Omit<Chunk, 'texts' | 'inputs'> & {
  first: number
  last: number
  sum: number
  readonly texts: string[]
  readonly inputs: string[]
  length: number
}

/** The last chunk, to be gone on with. After a damaged one, another begins. */
function openChunk(db: Database, before: number): OpenChunk {
  const row = latest(db).get() as unknown as Row | undefined
  const chunk = row ? toChunk(row) : null
  if (chunk?.sum !== before || !chunk.hasTexts || chunk.inputs.length !== chunk.texts.length) return emptyChunk(before)
  const { texts, inputs } = chunk
  const length = (row?.[3].length ?? 0) + (row?.[6].length ?? 0)
  return { ...chunk, texts: [...texts], inputs: [...inputs], length }
}

const emptyChunk = (before: number): OpenChunk => ({
  ...{ first: 0, last: 0, before, sum: before, texts: [], inputs: [], hasTexts: true, length: 0 },
})

const isFull = ({ inputs, length }: OpenChunk): boolean => inputs.length >= CHUNK_INPUTS || length >= CHUNK_LENGTH

/** True if each input is as it was when it was stored. */
export const isLinked = (chunk: Chunk): boolean =>
  chunk.inputs.length === chunk.last - chunk.first + 1 && sumAt(chunk, chunk.last) === chunk.sum

/** The checksum of all inputs up to `seq`, which is in the chunk, or is the one before its first. */
export function sumAt({ first, before, inputs }: Chunk, seq: number): number {
  let sum = before
  for (let at = first; at <= seq; at++) sum = chained(sum, at, inputs[at - first] ?? '')
  return sum
}

function toChunk(row: Row): Chunk {
  const [, , , , before, sum, inputs] = row
  // SQLite checks types when it writes, not when it reads.
  if (typeof inputs !== 'string' || !isSum(before)) throw damage()
  return { ...toTexts(row), before, sum, inputs: inputs.split('\n') }
}

function toTexts([first, last, textsSum, joined]: TextsRow | Row): ChunkTexts {
  if (typeof joined !== 'string') throw damage()
  const texts = joined.split('\n')
  const hasTexts = texts.length === last - first + 1 && textsSum === sumOfTexts(first, joined)
  return { first, last, texts, hasTexts }
}

const sumOfTexts = (first: number, joined: string): number => crc32(`${first} ${joined}`)

/** A damaged one may be anything, and nothing can be chained to that. */
const isSum = (value: unknown): boolean => typeof value === 'number' && value >>> 0 === value

/** The checksum of something else. */
const wrong = (sum: number): number => (sum ^ 1) >>> 0
