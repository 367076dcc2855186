/**
 * The texts beside the stored inputs, by their places. A reader reads a chunk once as long as the places are in it, so
 * it's good for one query, in which nothing is written.
 */
import { type ChunkTexts, NO_TEXT, textIn, textsWith } from './chunks.ts'
import { isForgotten } from './entries.ts'
import { type Database, damage } from './file/sqlite.ts'

/** Null: erased or forgotten. */
export type TextReader = (seq: number) => string | null

/** Throws damage if the text is damaged or lost. */
export function textReader(db: Database): TextReader {
  const lineAt = lineReader(db)
  return seq => {
    const { line, isWhole } = lineAt(seq)
    if (!isWhole || (line === NO_TEXT && !isForgotten(db, seq))) throw damage()
    return textIn(line)
  }
}

/** For a search: the stored text, unchecked, or null. A message that is found has to be read once more, and checked. */
export function uncheckedTextReader(db: Database): TextReader {
  const lineAt = lineReader(db)
  return seq => {
    try {
      return textIn(lineAt(seq).line)
    } catch {
      return null
    }
  }
}

function lineReader(db: Database): (seq: number) => { readonly line: string; readonly isWhole: boolean } {
  let chunk: ChunkTexts | null = null
  return seq => {
    if (!chunk || seq < chunk.first || seq > chunk.last) chunk = textsWith(db, seq)
    if (!chunk) return { line: NO_TEXT, isWhole: true }
    return { line: chunk.texts[seq - chunk.first] ?? NO_TEXT, isWhole: chunk.hasTexts }
  }
}
