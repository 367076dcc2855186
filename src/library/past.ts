/** Messages of the past, as a program asks for them and gets them. */
import type { PastMessage, Reply, SentFile } from '../codec/native/reply.ts'
import { liveOf } from '../codec/native/reply-live.ts'
import type { LiveView } from '../model/message/live.ts'
import type { PastAsked } from '../model/question.ts'

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
  /** The message that it answers; null: none. */
  readonly reply: number | null
  /** When it was edited last; null: never. */
  readonly edited: number | null
  /** By the ids of the members. */
  readonly reactions: readonly { readonly emoji: string; readonly ids: readonly string[] }[]
  readonly files: readonly ChatFile[]
  /** The question that it asks; with an `outcome`, it has ended. Null: it asks none. */
  readonly ask: PastAsked | null
  /** The output that it has, as it was by then; null: none. */
  readonly live: LiveView | null
}

/** A file of a message. `url`: its path on the server; everybody with this URL may read the file. `size` in bytes. */
export type ChatFile = {
  readonly id: string
  readonly url: string
  readonly name: string
  readonly kind: string
  readonly size: number
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
  if (reply.type === 'pins') return { messages: reply.messages.map(message), more: false }
  if (reply.type !== 'history' && reply.type !== 'found') return { messages: [], more: false }
  return { messages: reply.messages.map(message), more: reply.more }
}

const message = (past: PastMessage): Message => ({
  ...{ seq: past.seq, at: past.at, room: past.room ?? null, from: past.from, to: past.to ?? null },
  ...{ text: past.text ?? null, action: past.action ?? false },
  ...{ reply: past.reply ?? null, edited: past.edited ?? null },
  ...{ reactions: past.reactions ?? [], files: filesOf(past.files) },
  ...{ id: past.id ?? null, account: past.account ?? false, mentions: past.mentions ?? [] },
  ask: past.ask ?? null,
  live: past.live ? liveOf(past.live) : null,
})

export const filesOf = (files: readonly SentFile[] = []): readonly ChatFile[] =>
  files.map(({ id, url, name, kind, size }) => ({ id, url, name, kind, size }))
