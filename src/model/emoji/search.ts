/** Finds emoji by their names and by other words: `party` finds 🎉. Words weigh as much as all names do (words.ts). */
import { type EmojiRow, emojiNamed, emojiTable } from './table.ts'
import { EMOJI_WORDS } from './words.ts'

let words: readonly string[] | null = null

/** Emoji with such a name first. Each word of `query` has to begin one of the emoji's. */
export function searchEmoji(query: string, most: number): readonly EmojiRow[] {
  const sought = query.toLowerCase().match(/[\p{L}\p{N}+]+/gu) ?? []
  if (sought.length === 0) return []
  words ??= EMOJI_WORDS.split('\n')
  const known = words
  const byWord = emojiTable().all.filter(({ names }, at) => {
    const own = ` ${names.join(' ').replaceAll(/[_-]/g, ' ')} ${known[at] ?? ''}`
    return sought.every(word => own.includes(` ${word}`))
  })
  return [...new Set([...emojiNamed(sought.join('_'), most), ...byWord])].slice(0, most)
}
