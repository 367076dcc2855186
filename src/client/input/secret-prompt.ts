/**
 * Questions for secrets, one after another: a new password is typed twice. No secret is drawn, remembered or completed.
 * Pure; a screen asks each question with hidden input.
 */
import type { SecretWanted } from '../../model/slash/row.ts'

export type SecretPrompt = Omit<SecretWanted, 'type'> & {
  readonly step: 'old' | 'new' | 'again' | 'only'
  readonly old: string
  readonly next: string
  /** The reason to ask again; empty: it's asked for the first time. */
  readonly wrong: string
}

/** The command that the answers make. A password that is null was left out: a key is enough. */
export type SecretAnswer =
  | { readonly what: 'register'; readonly password: string | null }
  | { readonly what: 'login'; readonly name: string; readonly password: string }
  | { readonly what: 'password'; readonly old: string | null; readonly next: string }

const FIRST = { register: 'new', login: 'only', password: 'old' } as const

export const secretPrompt = ({ what, name }: Omit<SecretWanted, 'type'>): SecretPrompt => ({
  ...{ what, name, step: FIRST[what] },
  ...{ old: '', next: '', wrong: '' },
})

/** The question, short enough for a narrow terminal. */
export function question({ what, step }: SecretPrompt): string {
  switch (step) {
    case 'old':
      return 'Old password: '
    case 'again':
      return 'Once more: '
    case 'only':
      return 'Password: '
    case 'new':
      return what === 'register' ? 'Password: ' : 'New password: '
  }
}

/** A hint for the question. `key`: whether this machine can register with a key alone. */
export function hint({ what, name, step, wrong }: SecretPrompt, key: boolean): string {
  if (wrong !== '') return wrong
  if (what === 'login') return `the password of ${name}`
  if (step === 'old') return 'leave it empty if the account has none yet'
  if (step === 'again') return 'type it again, to be sure'
  return what === 'register' && key
    ? 'lets you sign in elsewhere; empty: only this machine can'
    : 'at least 8 characters'
}

/** The next question, or the command that all answers make; null: none. */
export function answered(
  prompt: SecretPrompt,
  typed: string,
  key: boolean,
): { readonly prompt: SecretPrompt } | { readonly answer: SecretAnswer | null } {
  const { what, name, step, old, next } = prompt
  switch (step) {
    case 'only':
      return { answer: typed === '' ? null : { what: 'login', name, password: typed } }
    case 'old':
      return { prompt: { ...prompt, step: 'new', old: typed, wrong: '' } }
    case 'new':
      if (typed !== '') return { prompt: { ...prompt, step: 'again', next: typed, wrong: '' } }
      return { answer: what === 'register' && key ? { what, password: null } : null }
    case 'again':
      if (typed !== next) {
        return { prompt: { ...prompt, step: 'new', next: '', wrong: 'These two differ. Type it again.' } }
      }
      return { answer: what === 'register' ? { what, password: next } : { what: 'password', old: old || null, next } }
  }
}
