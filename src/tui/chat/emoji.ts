/** Emoji by their names in the line that is typed. The names are loaded with the first colon: most starts need none. */
import { type Completion, type CompletionSource, complete } from '../../client/input/completion.ts'
import type { Editor } from '../../client/input/editor.ts'
import type { Stroke } from '../stroke.ts'

type Names = typeof import('../../client/input/emoji.ts')

let names: Names | null = null

export async function loadEmojiNames(): Promise<void> {
  names = await import('../../client/input/emoji.ts')
}

/** A user who begins a name wants them soon. Without them, names stay names. */
export function wantEmojiNames(): void {
  if (!names) void loadEmojiNames().catch(() => {})
}

/** The line after a stroke: a name that it ended with a colon is its emoji. A paste stays as it is. */
export function withTypedEmoji(editor: Editor, stroke: Stroke): Editor {
  if (stroke.type !== 'text' || !stroke.text.includes(':')) return editor
  wantEmojiNames()
  const before = stroke.text.endsWith(':') ? names?.withEmoji(editor.before) : null
  return before ? { ...editor, before } : editor
}

/** Tab's completion: `before` is the text before the cursor. */
export const completionOf = (before: string, source: CompletionSource): Completion =>
  names?.completeEmoji(before) ?? complete(before, source)
