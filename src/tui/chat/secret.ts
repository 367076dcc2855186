/**
 * A question for a secret, in the place of the composer: the typed text is drawn as dots, and goes into no recall.
 * Pure.
 */
import { type Editor, emptyEditor, textOf } from '../../client/input/editor.ts'
import {
  answered,
  question,
  type SecretAnswer,
  type SecretPrompt,
  secretPrompt,
} from '../../client/input/secret-prompt.ts'
import type { SecretWanted } from '../../model/slash/row.ts'
import { edit } from '../edit.ts'
import type { Stroke } from '../stroke.ts'

export type Secret = {
  readonly prompt: SecretPrompt
  readonly editor: Editor
  /** Whether a key of this machine is enough without a password. */
  readonly key: boolean
}

export const askSecret = (wanted: Omit<SecretWanted, 'type'>, key: boolean): Secret => ({
  prompt: secretPrompt(wanted),
  editor: emptyEditor,
  key,
})

/** The next question; or null, with the command that all answers make, if any. */
export function pressSecret(secret: Secret, stroke: Stroke): readonly [Secret | null, SecretAnswer | null] {
  const key = stroke.type === 'key' ? stroke.key : ''
  if (key === 'escape' || key === 'ctrl-c' || key === 'ctrl-d') return [null, null]
  if (key === 'enter' || key === 'ctrl-j') {
    const next = answered(secret.prompt, textOf(secret.editor), secret.key)
    return 'answer' in next ? [null, next.answer] : [{ ...secret, prompt: next.prompt, editor: emptyEditor }, null]
  }
  const line = stroke.type === 'key' ? stroke : { ...stroke, text: stroke.text.replace(/\n+/g, '') }
  const editor = edit(secret.editor, line)
  return [editor ? { ...secret, editor } : secret, null]
}

export const questionOf = ({ prompt }: Secret): string => question(prompt)
