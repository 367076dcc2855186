/** The emoji that stand for choices. */

/** `1️⃣` to `🔟`, by place. */
const KEYCAPS: readonly string[] = [...'123456789'].map(digit => `${digit}\ufe0f\u20e3`).concat('🔟')

/** With two choices, thumbs are the first and the second. */
const THUMBS: readonly string[] = ['👍', '👎']

/** The place of the choice that a reaction means, of `count`; undefined: none. Skin tones don't matter. */
export function choiceOfEmoji(emoji: string, count: number): number | undefined {
  const bare = emoji.replace(/[\u{1F3FB}-\u{1F3FF}]/u, '')
  const at = count === 2 && THUMBS.includes(bare) ? THUMBS.indexOf(bare) : KEYCAPS.indexOf(bare)
  return at >= 0 && at < count ? at : undefined
}
