/**
 * "Keep me signed in": a secret that this page made. The server has only its hash, as a credential that can be
 * revoked. It stays in the storage of this origin until the user signs out. No other secret of an account is stored.
 */
import { ofSite, ofTab, read, write } from './storage.ts'

export type KeptSignIn = { readonly name: string; readonly secret: string }

const KEPT = 'rxchat.kept'
const LEFT = 'rxchat.away'
const SECRET_BYTES = 32

/** The stored value may be another program's, or damaged. */
export function keptSignIn(): KeptSignIn | null {
  const kept = read<Partial<KeptSignIn>>(ofSite, KEPT)
  return typeof kept?.name === 'string' && typeof kept.secret === 'string'
    ? { name: kept.name, secret: kept.secret }
    : null
}

export const keepSignIn = (kept: KeptSignIn | null): void => write(ofSite, KEPT, kept)

/** 43 characters of base64url. */
export function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** Whether the user has left the chat in this tab. Then a reload shows the form, and doesn't enter by itself. */
export const hasLeft = (): boolean => read<boolean>(ofTab, LEFT) === true
export const setLeft = (left: boolean): void => write(ofTab, LEFT, left ? true : null)
