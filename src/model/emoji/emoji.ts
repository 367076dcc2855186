/** One emoji, as a reaction is made of, in one form: people's keyboards write the same emoji in several. */

/** The longest emoji has 17 UTF-16 units, and keyboards may leave a selector behind each part of it. */
const LONGEST = 40

const SELECTORS = /[\ufe0e\ufe0f]/g
/** A sign that is a picture only with a selector behind it, unless a skin tone makes it one. */
const TEXT_BY_DEFAULT = /[\p{Emoji}--\p{Emoji_Presentation}](?!\p{Emoji_Modifier})/gv
/** A skin tone alone would be drawn on the character before it. */
const ONE = /^(?!\p{Emoji_Modifier})\p{RGI_Emoji}$/v

/**
 * The emoji that `text` is, fully qualified as Unicode recommends it (UTS 51): `❤` and `❤️` are `❤️`. Null: it isn't just
 * one emoji, or is newer than the emoji of this runtime.
 */
export function readEmoji(text: string): string | null {
  const typed = text.trim()
  if (typed.length > LONGEST) return null
  const emoji = typed.replaceAll(SELECTORS, '').replaceAll(TEXT_BY_DEFAULT, '$&\ufe0f')
  return ONE.test(emoji) ? emoji : null
}

const ALONE_MAX = 3
const ALONE = new RegExp(`^(?:\\p{RGI_Emoji}\\s*){1,${ALONE_MAX}}$`, 'v')

/** Whether a text is one to three emoji and nothing else. Screens draw these big. */
export const isEmojiAlone = (text: string): boolean => text.length <= ALONE_MAX * LONGEST && ALONE.test(text.trim())
