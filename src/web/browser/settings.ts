/** A reader's choices for this browser: colours, density, hours, and the places that give notices. */
import { BehaviorSubject } from 'rxjs'
import type { Where } from '../../client/chat/place.ts'
import { ofSite, read, write } from './storage.ts'

/** Which messages of a place give a desktop notice while the reader looks elsewhere. */
export type Noticed = 'all' | 'mentions' | 'none'

export type Settings = {
  readonly theme: 'system' | 'light' | 'dark'
  readonly density: 'comfortable' | 'compact'
  readonly hours: 'system' | '12' | '24'
  /** By place; a place without one has `mentions`. */
  readonly noticed: Readonly<Record<Where, Noticed>>
}

export const SETTINGS_KEY = 'rxchat.settings'
/** The most places with a choice of their own. The oldest go first. */
const PLACES_MAX = 200

/** The first of each is the default. */
export const CHOICES = {
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  hours: ['system', '12', '24'],
} as const

const NOTICED: readonly unknown[] = ['all', 'mentions', 'none']

export const settings$ = new BehaviorSubject(kept())

/** The stored value may be another program's, or damaged. */
function kept(): Settings {
  const found = read<Record<string, unknown>>(ofSite, SETTINGS_KEY) ?? {}
  const one = <T extends string>(name: string, choices: readonly [T, ...T[]]): T =>
    choices.find(choice => choice === found[name]) ?? choices[0]
  const places = Object.entries(found['noticed'] ?? {}).filter(([, how]) => NOTICED.includes(how))
  return {
    theme: one('theme', CHOICES.theme),
    density: one('density', CHOICES.density),
    hours: one('hours', CHOICES.hours),
    noticed: Object.fromEntries(places) as Settings['noticed'],
  }
}

export function choose(chosen: Partial<Omit<Settings, 'noticed'>>): void {
  const next = { ...settings$.value, ...chosen }
  write(ofSite, SETTINGS_KEY, next)
  settings$.next(next)
}

export function chooseNoticed(where: Where, how: Noticed): void {
  const { [where]: _, ...others } = settings$.value.noticed
  const chosen = how === 'mentions' ? [] : [[where, how] as const]
  const noticed = Object.fromEntries([...Object.entries(others), ...chosen].slice(-PLACES_MAX))
  const next = { ...settings$.value, noticed }
  write(ofSite, SETTINGS_KEY, next)
  settings$.next(next)
}

export const noticedIn = (where: Where): Noticed => settings$.value.noticed[where] ?? 'mentions'

/** Another tab of this browser has stored a choice. */
export const chosenElsewhere = (): void => settings$.next(kept())
