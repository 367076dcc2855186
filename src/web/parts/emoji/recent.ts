/** The emoji picked lately, and the skin tone: kept in this browser alone. */
import { readEmoji } from '../../../model/emoji/emoji.ts'
import { TONES } from '../../../model/emoji/tone.ts'
import { ofSite, read, write } from '../../browser/storage.ts'

const RECENT = 'rxchat.emoji'
const TONE = 'rxchat.tone'
const RECENT_MAX = 27
/** Before anything was picked. */
const COMMON = ['👍', '❤️', '😂', '🎉', '🙏', '👀', '✅', '😢', '🔥']

/** The latest first, filled up with common ones. */
export function recentEmoji(): readonly string[] {
  const kept = read<readonly unknown[]>(ofSite, RECENT)
  const own = Array.isArray(kept) ? kept.flatMap(one => (typeof one === 'string' ? (readEmoji(one) ?? []) : [])) : []
  return [...new Set([...own, ...COMMON])].slice(0, RECENT_MAX)
}

export function rememberEmoji(emoji: string): void {
  write(ofSite, RECENT, [...new Set([emoji, ...recentEmoji()])].slice(0, RECENT_MAX))
}

/** The index of the tone in TONES. */
export function keptTone(): number {
  const kept = read<unknown>(ofSite, TONE)
  return typeof kept === 'number' && kept in TONES ? kept : 0
}

export const keepTone = (tone: number): void => write(ofSite, TONE, tone === 0 ? null : tone)
