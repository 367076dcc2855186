/**
 * What a screen draws, terminal or page: the rooms and conversations with what was said in them, what of it is unread,
 * what of mine is on its way, and how the connection stands. Pure; talk.ts folds it from the connection actor.
 */
import { Map as IMap, Set as ISet } from 'immutable'
import type { Reply, RoomSummary } from '../codec/native/reply.ts'
import { type Conversation, newConversation } from './conversation.ts'
import type { Asked } from './outbox.ts'
import type { Pending } from './pending.ts'
import type { Spoken } from './spoken.ts'
import type { Outcome, Status } from './status.ts'
import type { Entry } from './timeline.ts'
import { emptyView, type View } from './view.ts'
import { inRoom, type Where } from './where.ts'

export type Found = Pick<Extract<Reply, { type: 'found' }>, 'words' | 'messages' | 'more'>

/** Something that was refused, or of which nobody knows whether it was done. `asked` null: it was not asked at all. */
export type Trouble = { readonly where: Where; readonly asked: Asked | null; readonly message: string }

/** A question for a page of the past: what was said before, what follows an excerpt, or an excerpt around a message. */
export type Loading = {
  readonly id: number
  readonly where: Where
  readonly page: 'earlier' | 'later' | 'around'
  /** Whether it is for an excerpt. */
  readonly excerpt: boolean
  /** The input from which on, or before which, is asked. */
  readonly seq: number
}

export type Chat = {
  /** A screen with panels has places of its own for troubles and for the list of rooms; else they are notes. */
  readonly panels: boolean
  readonly view: View
  /** Where what one types goes to, and what is in sight. */
  readonly where: Where
  readonly conversations: IMap<Where, Conversation>
  /** The end of what is in sight is in sight: what comes is read at once. */
  readonly seesEnd: boolean
  /** What is on its way. */
  readonly pending: readonly Pending[]
  /** What was asked, where, until its outcome is known. */
  readonly asked: IMap<number, { readonly asked: Asked; readonly where: Where }>
  /** What of it has been heard already: it stands among what was said, before its answer comes. */
  readonly heard: ISet<number>
  /** The rooms that a join under way leads to, by the command's id. */
  readonly joining: ISet<number>
  /** The history question under way. */
  readonly loading: Loading | null
  /** Whether the last page of history had more behind it. */
  readonly pageHasMore: boolean
  readonly found: Found | null
  /** The latest trouble that was not dealt with. */
  readonly trouble: Trouble | null
  /** The rooms of the server, as it was last asked for them. */
  readonly rooms: readonly RoomSummary[] | null
  /** What was said to or by me alone is here from this input on; null: nobody has asked. */
  readonly privateFrom: number | null
  readonly status: Status
  /** When the status began, milliseconds since the epoch. */
  readonly statusSince: number
  /** Whether the server has let us in before. */
  readonly wasOnline: boolean
  readonly epoch: string | null
  /** How often somebody has spoken of me; each is worth a bell. */
  readonly bells: number
}

/** What changes a chat: the server, our own deeds, the connection. `now` in milliseconds since the epoch. */
export type Change =
  | { readonly type: 'spoken'; readonly spoken: Spoken; readonly now: number }
  | { readonly type: 'asked'; readonly id: number; readonly asked: Asked; readonly where: Where }
  | { readonly type: 'outcome'; readonly outcome: Outcome; readonly now: number }
  | { readonly type: 'pending'; readonly pending: readonly Pending[] }
  | { readonly type: 'status'; readonly status: Status; readonly now: number }
  | { readonly type: 'went'; readonly where: Where }
  | { readonly type: 'sees-end'; readonly seesEnd: boolean }
  | ({ readonly type: 'loading' } & Loading)
  /** What was said last is to be seen again. */
  | { readonly type: 'latest'; readonly where: Where }
  | { readonly type: 'found-closed' }
  | { readonly type: 'trouble'; readonly trouble: Trouble | null }
  /** A talk with one person is put away. */
  | { readonly type: 'closed'; readonly where: Where }
  /** Something of one's own is not to be seen any more. */
  | { readonly type: 'dismissed'; readonly entry: Entry }
  | { readonly type: 'note'; readonly lines: readonly string[]; readonly tone: 'plain' | 'error'; readonly now: number }

export const newChat = (name: string, room: string, now: number, panels = false): Chat => ({
  panels,
  view: { ...emptyView, name },
  where: inRoom(room),
  conversations: IMap([[inRoom(room), newConversation(inRoom(room))]]),
  seesEnd: true,
  pending: [],
  asked: IMap(),
  heard: ISet(),
  joining: ISet(),
  loading: null,
  pageHasMore: false,
  found: null,
  trouble: null,
  rooms: null,
  privateFrom: null,
  status: { state: 'connecting', attempt: 0 },
  statusSince: now,
  wasOnline: false,
  epoch: null,
  bells: 0,
})

/** What is here of `where`; made if there is nothing yet. */
export const conversation = (chat: Chat, where: Where): Conversation =>
  chat.conversations.get(where) ?? newConversation(where)

export const alter = (chat: Chat, where: Where, change: (at: Conversation) => Conversation): Chat => ({
  ...chat,
  conversations: chat.conversations.set(where, change(conversation(chat, where))),
})
