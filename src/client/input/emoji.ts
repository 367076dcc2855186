/**
 * Emoji by their names while one types: choices for `:tad`, and `:tada:` becomes 🎉 with its last colon. The names weigh a
 * lot, so screens load this file when somebody types a colon.
 */
import { type EmojiRow, emojiNamed, emojiTable } from '../../model/emoji/table.ts'
import type { Choice, Completion } from './completion.ts'

/** At least two letters, so that `:D` and `:p` are faces. */
const BEGUN = /(?:^|[\s([{"'])(:([\p{L}\p{N}+_-]{2,}))$/u
const WHOLE = /(?:^|[\s([{"'])(:([\w+-]+):)$/
const CHOICES_MAX = 12

/** `before`: the text before the cursor. Null: no name of an emoji is begun. */
export function completeEmoji(before: string): Completion | null {
  const [, word = '', typed = ''] = BEGUN.exec(before) ?? []
  if (word === '') return null
  const choices = emojiNamed(typed, CHOICES_MAX).map(row => choiceOf(row, typed.toLowerCase()))
  return choices.length === 0 ? null : { from: before.length - word.length, choices, exact: false }
}

/** Under the name that was begun, as an emoji has several. */
function choiceOf({ emoji, names: [first = '', ...more] }: EmojiRow, typed: string): Choice {
  const name = [first, ...more].find(one => one.startsWith(typed)) ?? first
  return { text: `${emoji} `, label: `${emoji} :${name}:`, help: '' }
}

/** The text before the cursor with the emoji in place of the name that was ended just now. Null: none was. */
export function withEmoji(before: string): string | null {
  const [, word = '', name = ''] = WHOLE.exec(before) ?? []
  const row = word === '' ? undefined : emojiTable().byName.get(name.toLowerCase())
  // In code, names are names.
  if (!row || (before.split('`').length - 1) % 2 === 1) return null
  return before.slice(0, -word.length) + row.emoji
}
