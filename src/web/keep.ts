/**
 * What a page keeps: its session, so that a reload goes on with it, and the last name and room for the next visit.
 * sessionStorage belongs to one tab, but a tab that is duplicated takes a copy along, and two tabs of one session would
 * evict each other for ever: so who finds a session asks first whether another page has it (docs/decisions/0021).
 */
import type { Remembered } from '../client/session-state.ts'

/** `live`: a page has it, or fell without a word. Who leaves in peace says so. */
type Kept = { readonly remembered: Remembered; readonly live: boolean }

export type Visit = { readonly name: string; readonly room: string }

const SESSION = 'rxchat.session'
const LEFT = 'rxchat.left'
const VISIT = 'rxchat.visit'
/** Milliseconds that another page has to say that the session is its own. */
const CLAIM_MS = 250

/** Storage can be full, or forbidden: then nothing is kept, and the page works. */
function read<T>(storage: () => Storage, key: string): T | null {
  try {
    return JSON.parse(storage().getItem(key) ?? 'null') as T | null
  } catch {
    return null
  }
}

function write(storage: () => Storage, key: string, value: unknown): void {
  try {
    if (value === null) storage().removeItem(key)
    else storage().setItem(key, JSON.stringify(value))
  } catch {
    // As above.
  }
}

const ofTab = (): Storage => sessionStorage
const ofSite = (): Storage => localStorage

/** The pages of this site in this browser tell each other here which session they have. */
const channel = new BroadcastChannel('rxchat')
type Word = { readonly asks?: string; readonly has?: string }

let mine: string | null = null
channel.onmessage = ({ data }: { readonly data: Word }) => {
  if (mine !== null && data.asks === mine) channel.postMessage({ has: mine } satisfies Word)
}

/** The session of this tab from before a reload; null if there is none, or another page has it. */
export async function takeSession(): Promise<Remembered | null> {
  const kept = read<Kept>(ofTab, SESSION)
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

export function keepSession(remembered: Remembered | null, live: boolean): void {
  mine = live ? (remembered?.token ?? null) : null
  write(ofTab, SESSION, remembered && ({ remembered, live } satisfies Kept))
  // A tab that is closed leaves its session to the next one of the same name: its own ghost is no obstacle.
  const left = read<Remembered>(ofSite, LEFT)
  if (remembered && !live) write(ofSite, LEFT, { ...remembered, items: [] })
  else if (left && left.token === remembered?.token) write(ofSite, LEFT, null)
}

/** The session of a tab that was closed, if it was under this name. Whoever takes it has it alone. */
export function takeLeft(name: string): Remembered | null {
  const left = read<Remembered>(ofSite, LEFT)
  if (left?.name !== name) return null
  write(ofSite, LEFT, null)
  return left
}

export const lastVisit = (): Visit | null => read<Visit>(ofSite, VISIT)
export const keepVisit = (visit: Visit): void => write(ofSite, VISIT, visit)

const SETTINGS = 'rxchat.notify'
export const wantsNotices = (): boolean => read<boolean>(ofSite, SETTINGS) ?? false
export const keepNotices = (wants: boolean): void => write(ofSite, SETTINGS, wants)

const DRAFTS = 'rxchat.drafts'
export const keptDrafts = (): Readonly<Record<string, string>> => read(ofTab, DRAFTS) ?? {}
export const keepDrafts = (drafts: Readonly<Record<string, string>>): void => write(ofTab, DRAFTS, drafts)
