/**
 * Port: the searchable past of messages. A projection: all of it follows from the journal, and can be made anew. Reads
 * are answered at once, from this machine, also where the journal is elsewhere.
 */
import type { MemberId } from '../model/input.ts'
import type { Message } from '../model/message.ts'

/** Oldest first. `more`: there are further ones in the direction that was asked for. */
export type Page = { readonly messages: readonly Message[]; readonly more: boolean }

/** Of one room, or of all of them, or what a member and others said to one another alone. */
export type Part = { readonly room: string } | { readonly everywhere: true } | { readonly direct: MemberId }

/** The latest before input `before`, or the first after input `after`, or the first from the time `since` on. */
export type Range = { readonly before: number } | After | { readonly since: number }

/** After input `after`, and where it is there up to input `upTo`. */
export type After = { readonly after: number; readonly upTo?: number }

/** What somebody may see: some rooms, and what was said by and to a member alone; the host sees all rooms. */
export type Sight = { readonly rooms: readonly string[] | 'all'; readonly member: MemberId | null }

export interface History {
  /** All inputs up to here are recorded. */
  readonly seq: number
  /** Changes with whatever was recorded, erased or forgotten. */
  readonly version: number
  /** What inputs up to `seq` said. Never throws; what it cannot store it stores later. */
  record(messages: readonly Omit<Message, 'text'>[], seq: number): void
  /** At most `limit`, and no more than one with HISTORY_PAGE_BYTES of text. Throws on damage. */
  page(part: Part, range: Range, limit: number): Page
  /** How many were said; of more than `most`, `most`. Throws on damage. */
  count(part: Part, since: After, most: number): number
  /**
   * The latest before input `before` in which all words occur (src/model/sought.ts), as many as make a page. Takes its
   * time, piece by piece. Rejects on damage.
   */
  search(words: string, sight: Sight, before: number, limit: number): Promise<Page>
  find(seq: number): Message | null
  /** The latest that this member has said in a room; null: none. */
  latestBy(author: MemberId, room: string): Message | null
  /** The last input whose messages are beyond what is to be kept: older than `at`, or not among the `count` latest. */
  horizon(keep: { readonly at: number } | { readonly count: number }): Promise<number>
  /** Something was erased: what was read before is not to be shown again. */
  touch(): void
  /** Stores what was recorded. Throws what storing throws; then it is tried again with the next. */
  flush(): void
  /** Forgets everything, so that it is recorded anew. */
  clear(): void
}
