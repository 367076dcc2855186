/** Reads the entries of a journal file and checks each against the chain. It never returns damaged data. */
import { type Entry, type Input, textKeys, textsOf } from '../../model/input.ts'
import { DataError } from '../data-error.ts'
import { chained, sumOf, sumOfText } from './file/checksum.ts'
import { type Meta, readMeta } from './file/meta.ts'
import { type Database, damage, type Statement, sentenceOf } from './file/sqlite.ts'
import { readMarks } from './marks.ts'

/** The place of an input, and the checksum of all inputs up to it. */
export type ChainLink = { readonly seq: number; readonly sum: number }

/** A row as an array, which costs SQLite half as much as an object. */
type EntryRow = readonly [
  seq: number,
  input: string,
  sum: number,
  text: string | null,
  textSeq: number | null,
  textSum: number | null,
]

/** Entries read at once: enough to be fast, and few enough for the memory. */
const PAGE = 256

/** The entries after `seq`, in order and in pages. Throws DataError. */
export function* pagesAfter(db: Database, seq: number, what: string, texts = true): Generator<readonly Entry[]> {
  let at = seq
  try {
    for (const page of pages(db, seq, texts)) {
      yield page
      at = page.at(-1)?.seq ?? at
    }
  } catch (error) {
    throw error instanceof DataError ? error : new DataError(sentenceOf(error, `${what}, after input ${at}`))
  }
}

/** Throws SQLite's errors, and damage: an input that has changed or is missing. */
function* pages(db: Database, after: number, texts: boolean): Generator<readonly Entry[]> {
  const meta = readMeta(db)
  const marks = readMarks(db)
  if (after >= meta.last) return
  const statement = db.prepare(
    texts
      ? `SELECT seq, input, entries.sum, text, texts.seq, texts.sum
         FROM entries LEFT JOIN texts USING (seq) WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`
      : `SELECT seq, input, sum FROM entries WHERE seq > ? ORDER BY seq LIMIT ${PAGE}`,
  )
  statement.setReturnArrays(true)
  let link = linkAt(db, meta, after)
  for (;;) {
    const rows = read(statement, link.seq)
    const entries = texts ? whole(db, linked(rows, link), marks) : bare(linked(rows, link), marks)
    if (entries.length > 0) yield entries
    if (entries.length < rows.length) throw damage()
    const last = rows.at(-1)
    if (last) link = { seq: last[0], sum: last[2] }
    if (rows.length < PAGE) break
  }
  if (link.seq < meta.last) throw damage()
}

/** The first rows that continue the chain from `link` without a gap. */
function linked(rows: readonly EntryRow[], { seq, sum }: ChainLink): readonly EntryRow[] {
  let before = sum
  const end = rows.findIndex(([place, input, chain], index) => {
    const follows = place === seq + index + 1 && chain === chained(before, place, input)
    before = chain
    return !follows
  })
  return end < 0 ? rows : rows.slice(0, end)
}

/** The entries in these rows, up to the first with a damaged or lost text. Parses inputs together, which is faster. */
function whole(db: Database, rows: readonly EntryRow[], marks: ReadonlyMap<number, string>): readonly Entry[] {
  const inputs = inputsOf(rows)
  const entries: Entry[] = []
  for (const [seq, , , text, textSeq, textSum] of rows) {
    const input = inputs[entries.length] as Input
    const sum = text === null ? sumOf(seq, null) : sumOfText(seq, text)
    const isWhole = textSeq === null ? textKeys(input).length === 0 || isForgotten(db, seq) : textSum === sum
    if (!isWhole) break
    entries.push({ seq, input, texts: textsOf(text), quarantined: marks.get(seq) ?? null })
  }
  return entries
}

/** The entries in these rows, without their texts. */
const bare = (rows: readonly EntryRow[], marks: ReadonlyMap<number, string>): readonly Entry[] =>
  inputsOf(rows).map((input, at) => {
    const [seq] = rows[at] as EntryRow
    return { seq, input, texts: {}, quarantined: marks.get(seq) ?? null }
  })

const inputsOf = (rows: readonly EntryRow[]): readonly Input[] =>
  JSON.parse(`[${rows.map(([, input]) => input).join()}]`) as readonly Input[]

/** Node's types lack rows that are arrays. */
const read = (rows: Statement, after: number): readonly EntryRow[] => rows.all(after) as unknown as EntryRow[]

/** Checked only for a missing text, because it may have been forgotten while its page was being read. */
const isForgotten = (db: Database, seq: number): boolean => seq <= readMeta(db).forgotten

/** The link of the chain at `seq`: at its entry, or at the base of the journal. */
function linkAt(db: Database, { base, base_sum }: Meta, seq: number): ChainLink {
  if (seq <= base) return { seq: base, sum: base_sum }
  const entry = db.prepare('SELECT seq, sum FROM entries WHERE seq = ?').get(seq) as ChainLink | undefined
  if (!entry) throw damage()
  return entry
}
