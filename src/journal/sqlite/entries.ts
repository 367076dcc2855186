/** Reads the entries of a journal file and checks each against the chain. It never returns damaged data. */
import { type Entry, type Input, textKeys, textsOf } from '../../model/input.ts'
import { type Chunk, chunksFrom, chunkWith, isLinked, NO_TEXT, sumAt, textIn } from './chunks.ts'
import { readMeta } from './file/meta.ts'
import { type Database, damage, dataError } from './file/sqlite.ts'
import { readMarks } from './marks.ts'

/** The place of an input, and the checksum of all inputs up to it. */
export type ChainLink = { readonly seq: number; readonly sum: number }

/** Chunks read at once: enough to be fast, and few enough for the memory. */
const PAGE = 4

/** The entries after `seq`, in order and in pages. Throws DataError. */
export function* pagesAfter(db: Database, seq: number, what: string, texts = true): Generator<readonly Entry[]> {
  let at = seq
  try {
    for (const page of pages(db, seq, texts)) {
      yield page
      at = page.at(-1)?.seq ?? at
    }
  } catch (error) {
    throw dataError(error, `${what}, after input ${at}`)
  }
}

/** Throws SQLite's errors, and damage: an input that has changed or is missing. */
function* pages(db: Database, after: number, texts: boolean): Generator<readonly Entry[]> {
  const { last, base, base_sum } = readMeta(db)
  if (after >= last) return
  const marks = readMarks(db)
  const sum = after <= base ? base_sum : linkAt(db, after)
  if (sum === null) throw damage()
  let link: ChainLink = { seq: Math.max(after, base), sum }
  while (link.seq < last) {
    const chunks = chunksFrom(db, link.seq + 1, PAGE)
    const entries: Entry[] = []
    const from = link
    const whole = chunks.findIndex(chunk => {
      const next = linked(chunk, link)
      const more = next && entriesIn(db, chunk, link.seq, texts)
      if (!more) return true
      for (const entry of more) entries.push({ ...entry, quarantined: marks.get(entry.seq) ?? null })
      link = next
      return false
    })
    if (entries.length > 0) yield entries
    if (whole >= 0 || link.seq === from.seq) throw damage()
  }
}

/** The link at the end of the chunk; null: it doesn't continue the chain from `link`, which may be within it. */
function linked(chunk: Chunk, { seq, sum }: ChainLink): ChainLink | null {
  const { first, last } = chunk
  const follows = first <= seq + 1 && seq < last && sumAt(chunk, seq) === sum
  return follows && isLinked(chunk) ? { seq: last, sum: chunk.sum } : null
}

type Unmarked = Omit<Entry, 'quarantined'>

/** The entries of a chunk after `seq`; null: a text is damaged or lost. Parses inputs together, which is faster. */
function entriesIn(db: Database, chunk: Chunk, seq: number, texts: boolean): readonly Unmarked[] | null {
  const { first, hasTexts } = chunk
  const begin = seq + 1 - first
  const inputs = JSON.parse(`[${chunk.inputs.slice(begin).join()}]`) as readonly Input[]
  if (!texts) return inputs.map((input, at) => ({ seq: seq + 1 + at, input, texts: {} }))
  if (!hasTexts) return null
  const entries: Unmarked[] = []
  for (const [at, input] of inputs.entries()) {
    const line = chunk.texts[begin + at] ?? NO_TEXT
    const place = seq + 1 + at
    if (line === NO_TEXT && textKeys(input).length > 0 && !isForgotten(db, place)) return null
    entries.push({ seq: place, input, texts: textsOf(textIn(line)) })
  }
  return entries
}

/** Checked only for a missing text, because it may have been forgotten while its page was being read. */
export const isForgotten = (db: Database, seq: number): boolean => seq <= readMeta(db).forgotten

/** The checksum of all inputs up to `seq`; null if that input isn't here. */
export function linkAt(db: Database, seq: number): number | null {
  const { base, base_sum } = readMeta(db)
  if (seq === base) return base_sum
  const chunk = chunkWith(db, seq)
  return chunk && sumAt(chunk, seq)
}
