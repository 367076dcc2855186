/** Messages of the past, as a program asks for them and gets them. */
import { historyLine, type PastMessage, type Reply } from '../codec/native/reply.ts'

/** A message of the past, in a room or to the person `to` alone. `text` null: it was deleted or isn't kept. */
export type Message = {
  readonly seq: number
  readonly at: number
  readonly room: string | null
  readonly from: string
  /** The id of the author. Null: the server is from before there were ids. */
  readonly id: string | null
  /** The author had an account. */
  readonly account: boolean
  readonly to: string | null
  readonly text: string | null
  readonly action: boolean
  /** The ids of the members that the text mentions. */
  readonly mentions: readonly string[]
}

/** In the order of the journal. `more`: there are further messages in the direction of reading. */
export type Page = { readonly messages: readonly Message[]; readonly more: boolean }

/**
 * The latest messages, or those before or after an input, or since a time (milliseconds since the epoch); at most 200.
 */
export type Range = {
  readonly before?: number
  readonly after?: number
  readonly since?: number
  readonly limit?: number
}

export function page(reply: Reply): Page {
  if (reply.type !== 'history' && reply.type !== 'found') return { messages: [], more: false }
  return { messages: reply.messages.map(message), more: reply.more }
}

const message = (past: PastMessage): Message => ({
  ...historyLine(past),
  ...{ id: past.id ?? null, account: past.account ?? false, mentions: past.mentions ?? [] },
})
