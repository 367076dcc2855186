/** A refusal as a sentence. If a name is taken, it says which member holds it, and how to get it all the same. */
import { errorText, type Refusal } from '../model/error.ts'
import { SOMEBODY_HERE } from '../model/name/standing.ts'
import type { TimeOfDay } from './sentence.ts'

/** The holder of a name. `until`: when an absent holder loses it, in milliseconds since the epoch. */
export type Holder =
  | { readonly by: 'person' }
  | { readonly by: 'token' }
  | { readonly by: 'away'; readonly until: number }

type HeldRefusal = Refusal & { readonly holder?: Holder | undefined }

export function refusalText({ code, detail, holder }: HeldRefusal, timeOfDay: TimeOfDay): string {
  if (code !== 'name-taken' || !holder || holder.by === 'person') return errorText(code, detail)
  const lookalike = detail === SOMEBODY_HERE ? '' : `: ${detail}`
  if (holder.by === 'token') {
    return `The name belongs to an API token${lookalike}. Use that token (rxchat --token), or choose another name.`
  }
  return `The name is taken by a session that is away until ${timeOfDay(holder.until)}${lookalike}. Wait, or choose another name.`
}

/** For readers whose time zone is unknown. */
export const utcTime: TimeOfDay = at => `${new Date(at).toISOString().slice(11, 19)} UTC`
