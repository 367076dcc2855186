/** Skin tones of emoji. */
import { readEmoji } from './emoji.ts'

/** From light to dark; the first is none. */
export const TONES = ['', '\u{1f3fb}', '\u{1f3fc}', '\u{1f3fd}', '\u{1f3fe}', '\u{1f3ff}'] as const

const TONED = /(\p{Emoji_Modifier_Base})\ufe0f?/gu

/** The emoji in this tone, or itself if it has none. */
export function toned(emoji: string, tone: string): string {
  return tone === '' ? emoji : (readEmoji(emoji.replaceAll(TONED, `$1${tone}`)) ?? emoji)
}
