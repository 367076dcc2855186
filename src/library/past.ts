/** Messages of the past, as questions ask for them and answers bring them. */
import type { Spoken } from '../client/spoken.ts'
import type { Past } from '../codec/native/reply.ts'

/** A message of the past, in a room or `to` one person alone. A text that is null was deleted, or is not kept. */
export type Message = {
  readonly seq: number
  readonly at: number
  readonly room: string | null
  readonly from: string
  readonly to: string | null
  readonly text: string | null
  readonly action: boolean
}

/** In the order in which they were said. `more`: there are others, beyond the end that was read towards. */
export type Page = { readonly messages: readonly Message[]; readonly more: boolean }

/** The latest, or those before or after an input, or from a time on (milliseconds since the epoch); at most 200. */
export type Range = {
  readonly before?: number
  readonly after?: number
  readonly since?: number
  readonly limit?: number
}

export function page(reply: Spoken['reply'] | null): Page {
  if (reply?.type !== 'history' && reply?.type !== 'found') return { messages: [], more: false }
  return { messages: reply.messages.map(message), more: reply.more }
}

function message({ seq, at, room, from, to, text, action }: Past): Message {
  return { seq, at, room: room ?? null, from, to: to ?? null, text: text ?? null, action: action ?? false }
}
