/** What a person typed into a search, as SQL that finds the candidates. */

import { UNSPACED } from '../../model/text.ts'

/** Messages that are looked at, one by one, at most: a search must not stop the room. */
const CANDIDATES = 10_000

/** What would end a quoted string of FTS5, or all of it. */
const ENDS = /["\p{Cc}]/gu
const WORD = /[\p{L}\p{N}]/u

/** `?1` is the pattern, `?2` the input before which to look. Null: there is no word to look for. */
export function matching(typed: string): { readonly candidates: string; readonly pattern: string } | null {
  const words = typed.split(/\s+/).filter(word => WORD.test(word))
  if (words.length === 0) return null
  if (words.some(word => UNSPACED.test(word))) return scan(words)
  const quoted = words.map(word => `"${word.replace(ENDS, ' ')}"`)
  return {
    candidates: `SELECT rowid FROM search WHERE search MATCH ?1 AND rowid < ?2 ORDER BY rowid DESC LIMIT ${CANDIDATES}`,
    pattern: `${quoted.join(' ')}*`,
  }
}

/** Among the latest texts alone, in the order in which the words were typed. */
function scan(words: readonly string[]) {
  const pattern = words.map(word => word.replace(/[\\%_]/g, '\\$&')).join('%')
  return {
    candidates: `SELECT seq FROM (SELECT seq, text FROM texts WHERE seq < ?2 ORDER BY seq DESC LIMIT ${CANDIDATES}) WHERE text LIKE ?1 ESCAPE '\\'`,
    pattern: `%${pattern}%`,
  }
}
