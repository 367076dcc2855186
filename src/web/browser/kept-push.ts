/**
 * The account whose notifications this browser gets, and their form. The subscription itself is the browser's; nothing
 * of it is stored here.
 */
import { ofSite, read, write } from './storage.ts'

/** `account`: the id of its member. */
export type KeptPush = { readonly account: string; readonly preview: boolean }

const PUSH = 'rxchat.push'

/** Null: there are none. The stored value may be another program's, or damaged. */
export function keptPush(): KeptPush | null {
  const kept = read<Partial<KeptPush>>(ofSite, PUSH)
  return typeof kept?.account === 'string' ? { account: kept.account, preview: kept.preview === true } : null
}

export const keepPush = (kept: KeptPush | null): void => write(ofSite, PUSH, kept)
