/**
 * Port: the searchable history of messages. It's a projection: all of it follows from the journal, and can be rebuilt
 * from it. Reads are answered at once, from this machine, even if the journal is elsewhere.
 */
import type { MemberId } from '../model/input.ts'
import type { Message } from '../model/message/message.ts'
import type { Place } from '../model/state/reads.ts'
import type { Step } from '../model/step.ts'

/** Oldest first. `more`: there are further messages in the requested direction. */
export type HistoryPage = { readonly messages: readonly Message[]; readonly more: boolean }

/** Messages of one room, of all rooms, or a member's direct messages: all of them, or those `with` one other member. */
export type Part =
  | { readonly room: string }
  | { readonly everywhere: true }
  | { readonly direct: MemberId; readonly with?: MemberId }

/** Messages that a member has yet to read, and how many of them mention it. Every direct message counts as a mention. */
export type Unread = { readonly unread: number; readonly mentions: number }

/** The direct messages with `other`. `seq` is the latest of them, and `name` the name of `other` there. */
export type Correspondence = { readonly other: MemberId; readonly seq: number; readonly name: string }

/** The latest messages before input `before`, or the first after input `after`, or the first from time `since` on. */
export type HistoryRange = { readonly before: number } | After | { readonly since: number }

/** After input `after`, up to input `upTo` if that's given. */
export type After = { readonly after: number; readonly upTo?: number }

/** Bytes of the output of a live message, from `offset` on. `size`: of the whole output so far. */
export type Output = { readonly offset: number; readonly size: number; readonly bytes: Uint8Array }

/** A reader's sight: some rooms, and the direct messages of a member. The host sees all rooms. */
export type Sight = { readonly rooms: readonly string[] | 'all'; readonly member: MemberId | null }

/** A message in the list of an author's messages: its place, and whether its text is gone. `room` null: direct. */
export type Written = {
  readonly seq: number
  readonly room: string | null
  /** The recipient of a direct message. */
  readonly other: MemberId | null
  readonly isErased: boolean
}

export interface History {
  /** The last step that was applied. */
  readonly seq: number
  /** Changes whenever something is recorded, erased or forgotten. */
  readonly version: number
  /** Records the messages of a step. Never throws: a message that can't be stored now is stored later. */
  apply(step: Step): void
  /** At most `limit` messages, and no more than the one that reaches HISTORY_PAGE_BYTES of text. Throws on damage. */
  page(part: Part, range: HistoryRange, limit: number): HistoryPage
  /** The number of messages, counted up to `most`. Throws on damage. */
  count(part: Part, since: After, most: number): number
  /**
   * The number of messages that `reader` has yet to read, and of mentions, each counted up to `most`. Own messages
   * don't count, and neither do those of `ignored` authors and those whose text is gone. Looks at the latest UNREAD_LOOKED messages at most. Throws on
   * damage.
   */
  unread(reader: MemberId, place: Place, since: After, most: number, ignored?: readonly MemberId[]): Unread
  /** The members that `member` has exchanged direct messages with: the latest first, at most `limit`. Throws on damage. */
  correspondence(member: MemberId, limit: number): readonly Correspondence[]
  /**
   * The latest messages before input `before` that have all of the words (src/model/search/match.ts), at most a page of them.
   * Works in pieces, so that it doesn't block. Rejects on damage.
   */
  search(words: string, sight: Sight, before: number, limit: number): Promise<HistoryPage>
  find(seq: number): Message | null
  /** Whether the message was deleted. Its text alone may be gone to be edited. Throws on damage. */
  isDeleted(seq: number): boolean
  /**
   * The inputs that have had a text of the message beside them, pieces of its output among them; just `seq` if it's no
   * message. Throws on damage.
   */
  textPlaces(seq: number): readonly number[]
  /**
   * At most `most` bytes of the output of a live message, from byte `from` on; a negative one counts from the end. Empty if
   * it has none. Throws on damage.
   */
  output(seq: number, from: number, most: number): Output
  /** The latest message of this member in a room that wasn't deleted; null if there's none among its LATEST_LOOKED latest. */
  latestBy(author: MemberId, room: string): Message | null
  /**
   * At most `limit` messages of an author, those that follow `after`, or (null) the first ones: in rooms, room by room,
   * then the direct ones. It serves the rare erasure of an account, so there's no index for it: works in pieces. Rejects
   * if the latest messages can't be stored first.
   */
  writtenBy(author: MemberId, after: Written | null, limit: number): Promise<readonly Written[]>
  /**
   * The inputs after `until` that have texts of messages up to it, since those were edited, or have grown. Works in pieces.
   * Rejects on damage.
   */
  editsBeyond(until: number): Promise<readonly number[]>
  /**
   * The deleted messages of which a text is still there: that of an edit, or a piece of output, that met the deletion.
   * Works in pieces. Rejects on damage, or if the latest messages can't be stored first.
   */
  halfErased(): Promise<readonly number[]>
  /** The last input whose messages needn't be kept: they're older than `at`, or not among the latest `count`. */
  horizon(keep: { readonly at: number } | { readonly count: number }): Promise<number>
  /** Tells that something was erased, so earlier reads must not be shown again. */
  touch(): void
  /** Stores the recorded messages. Throws if that fails; the next call tries again. */
  flush(): void
  /** Forgets everything, so that it can be recorded anew. */
  clear(): void
}
