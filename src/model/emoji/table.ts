/**
 * The emoji by groups, with the names that people type between colons: `:tada:`. The rows weigh 18 KB compressed, so the page
 * loads this file only when somebody types a colon or opens the picker. emoji.ts doesn't need it.
 */
import { readEmoji } from './emoji.ts'
import { EMOJI_ROWS } from './rows.ts'

export type EmojiRow = {
  readonly emoji: string
  /** Without the colons. The first is the one that's shown. */
  readonly names: readonly string[]
  /** Whether it comes in skin tones. */
  readonly tones: boolean
}

export type EmojiGroup = { readonly name: string; readonly rows: readonly EmojiRow[] }

export type EmojiTable = {
  readonly groups: readonly EmojiGroup[]
  readonly all: readonly EmojiRow[]
  readonly byName: ReadonlyMap<string, EmojiRow>
}

/** Read with the first use. */
let table: EmojiTable | null = null

export function emojiTable(): EmojiTable {
  table ??= tableOf(EMOJI_ROWS)
  return table
}

/** Reads one typed emoji: itself, or its name with or without colons: `👍`, `:+1:`, `:+1`, `+1`. Null: neither. */
export function typedEmoji(text: string): string | null {
  const name = text.trim().replace(/^:(.*?):?$/, '$1')
  return readEmoji(text) ?? emojiTable().byName.get(name.toLowerCase())?.emoji ?? null
}

function tableOf(rows: string): EmojiTable {
  const groups: { name: string; rows: EmojiRow[] }[] = []
  for (const line of rows.trim().split('\n')) {
    if (line.startsWith('# ')) groups.push({ name: line.slice(2), rows: [] })
    else groups.at(-1)?.rows.push(rowOf(line))
  }
  const all = groups.flatMap(group => group.rows)
  return { groups, all, byName: new Map(all.flatMap(row => row.names.map(name => [name, row] as const))) }
}

function rowOf(line: string): EmojiRow {
  const [sign = '', ...names] = line.split(' ')
  const tones = sign.endsWith('+')
  return { emoji: tones ? sign.slice(0, -1) : sign, names, tones }
}

/** Rows with a name that begins with `typed`, the shortest first, then those with such a part. */
export function emojiNamed(typed: string, most: number): readonly EmojiRow[] {
  const sought = typed.toLowerCase()
  const ranked = emojiTable().all.flatMap(row => {
    const [rank, length] = rankOf(row.names, sought)
    return rank === null ? [] : [{ row, rank, length }]
  })
  return ranked
    .sort((a, b) => a.rank - b.rank || a.length - b.length)
    .slice(0, most)
    .map(({ row }) => row)
}

function rankOf(names: readonly string[], sought: string): readonly [number, number] | readonly [null] {
  const begins = names.filter(name => name.startsWith(sought))
  if (begins.length > 0) return [0, Math.min(...begins.map(name => name.length))]
  return names.some(name => name.split(/[_-]/).some(part => part.startsWith(sought))) ? [1, 0] : [null]
}
