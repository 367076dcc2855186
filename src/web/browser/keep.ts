/**
 * The page's store: its session, so that a reload resumes it, and the last name and room for the next visit.
 * sessionStorage belongs to one tab, but duplicating a tab copies it, and two tabs with one session would evict each
 * other forever. So a page that finds a session first asks whether another page has it (docs/decisions/0021).
 */
import type { Remembered } from '../../client/session/state.ts'
import { ofSite, ofTab, read, write } from './storage.ts'

/** `live`: a page has it, or crashed. A page that closes normally stores false. */
type KeptState = { readonly remembered: Remembered; readonly live: boolean }

export type KeptVisit = { readonly name: string; readonly room: string }

const SESSION = 'rxchat.session'
const LEFT = 'rxchat.left'
const VISIT = 'rxchat.visit'
/** How long another page has to claim the session, in milliseconds. */
const CLAIM_MS = 250

/** Here the pages of this site in this browser tell each other which session they have. */
const channel = new BroadcastChannel('rxchat')
type Word = { readonly asks?: string; readonly has?: string }

let mine: string | null = null
channel.onmessage = ({ data }: { readonly data: Word }) => {
  if (mine !== null && data.asks === mine) channel.postMessage({ has: mine } satisfies Word)
}

/** This tab's session from before a reload; null if there is none, or another page has it. */
export async function takeSession(): Promise<Remembered | null> {
  const kept = read<KeptState>(ofTab, SESSION)
  if (!kept || (kept.live && (await isElsewhere(kept.remembered.token)))) return null
  return kept.remembered
}

function isElsewhere(token: string): Promise<boolean> {
  return new Promise(resolve => {
    const ear = new BroadcastChannel('rxchat')
    const settle = (is: boolean): void => {
      clearTimeout(patience)
      ear.close()
      resolve(is)
    }
    const patience = setTimeout(() => settle(false), CLAIM_MS)
    ear.onmessage = ({ data }: { readonly data: Word }) => data.has === token && settle(true)
    ear.postMessage({ asks: token } satisfies Word)
  })
}

/** `leaves`: whether a closed tab leaves its session to the next one. An account's session would let anybody in. */
export function keepSession(remembered: Remembered | null, live: boolean, leaves = true): void {
  mine = live ? (remembered?.token ?? null) : null
  write(ofTab, SESSION, remembered && ({ remembered, live } satisfies KeptState))
  // The next tab with the same name goes on with the session. Otherwise a guest's own session would hold that name.
  const left = read<Remembered>(ofSite, LEFT)
  if (remembered && !live && leaves) write(ofSite, LEFT, { ...remembered, items: [] })
  else if (left && left.token === remembered?.token) write(ofSite, LEFT, null)
}

/** The session of a closed tab, if it had this name. Only one page can take it. */
export function takeLeft(name: string): Remembered | null {
  const left = read<Remembered>(ofSite, LEFT)
  if (left?.name !== name) return null
  write(ofSite, LEFT, null)
  return left
}

export const lastVisit = (): KeptVisit | null => read<KeptVisit>(ofSite, VISIT)
export const keepVisit = (visit: KeptVisit): void => write(ofSite, VISIT, visit)

const SETTINGS = 'rxchat.notify'
export const wantsNotices = (): boolean => read<boolean>(ofSite, SETTINGS) ?? false
export const keepNotices = (wants: boolean): void => write(ofSite, SETTINGS, wants)

const DRAFTS = 'rxchat.drafts'
export const keptDrafts = (): Readonly<Record<string, string>> => read(ofTab, DRAFTS) ?? {}
export const keepDrafts = (drafts: Readonly<Record<string, string>>): void => write(ofTab, DRAFTS, drafts)
