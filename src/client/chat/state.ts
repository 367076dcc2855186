/**
 * The state that a screen draws, terminal or page: rooms and conversations with their messages, unread counts, pending
 * commands, and the connection status. Pure; chat-store.ts folds it from the connection actor.
 */
import { Map as IMap, Set as ISet } from 'immutable'
import type { Reply, RoomSummary } from '../../codec/native/reply.ts'
import { roomName } from '../../model/name/name.ts'
import type { Incoming } from '../session/incoming.ts'
import type { Asked } from '../session/outbox/outbox.ts'
import type { Pending } from '../session/outbox/pending.ts'
import type { AskOutcome, Status } from '../session/status.ts'
import { emptyView, type View } from '../session/view.ts'
import { type Conversation, newConversation } from './conversation/conversation.ts'
import type { Entry } from './conversation/timeline.ts'
import type { Expulsion, Wait, WaitPlace } from './keeping/wait.ts'
import { type FetchedMessages, nothingKept, type Typing } from './messages/kept.ts'
import { nobodyMet, type People } from './people/known-people.ts'
import { inRoom, type Where } from './place.ts'
import { noQuestions, type Questions } from './questions/heard.ts'

export type Found = Pick<Extract<Reply, { type: 'found' }>, 'words' | 'messages' | 'more'>

export type Devices = Pick<Extract<Reply, { type: 'devices' }>, 'name' | 'credentials' | 'push'>

/** A command that was refused, or whose outcome is unknown. `asked` null: there was no command. */
export type Trouble = { readonly where: Where; readonly asked: Asked | null; readonly message: string }

/** A request for a page of history: the one before, the one after an excerpt, or an excerpt around a message. */
export type Loading = {
  readonly id: number
  readonly where: Where
  readonly page: 'earlier' | 'later' | 'around'
  /** Whether the page belongs to an excerpt. */
  readonly excerpt: boolean
  /** The input that the page begins after or ends before. */
  readonly seq: number
}

export type Chat = {
  /**
   * A screen with panels shows errors and the list of rooms in places of their own. Other screens show them as notes.
   */
  readonly panels: boolean
  /** The messages of all places are printed, and count as read then. */
  readonly printsAll: boolean
  readonly view: View
  /** The place that is shown, and that typed messages go to. */
  readonly where: Where
  readonly conversations: IMap<Where, Conversation>
  /** Whether the end of the timeline is visible, so that new messages count as read. */
  readonly seesEnd: boolean
  /** Commands without an answer. */
  readonly pending: readonly Pending[]
  /** Each command and its place, until its outcome is known. */
  readonly asked: IMap<number, { readonly asked: Asked; readonly where: Where }>
  /** Pending messages that the server has already sent back, before it answered them. */
  readonly heard: ISet<number>
  /** The ids of the joins that are pending. */
  readonly joining: ISet<number>
  /** The pending request for history. */
  readonly loading: Loading | null
  readonly found: Found | null
  readonly fetched: FetchedMessages
  /** Pending requests for single messages, and which these are. */
  readonly lookups: IMap<number, readonly number[]>
  readonly typing: Typing
  readonly questions: Questions
  /** The rooms whose open questions were asked for in this session. */
  readonly questioned: ISet<string>
  /** The latest error that wasn't dismissed. */
  readonly trouble: Trouble | null
  /** Why I can't write, as the server has told it. */
  readonly waits: IMap<WaitPlace, Wait>
  /** The latest ban of mine. */
  readonly expelled: Expulsion | null
  /** Milliseconds that the server's clock is ahead of this client's. */
  readonly ahead: number
  readonly people: People
  /** The server's rooms, as of the last request. */
  readonly rooms: readonly RoomSummary[] | null
  /** The ways to sign in to the account, as of the last request; null: they're not shown. */
  readonly devices: Devices | null
  /** Direct messages are loaded from this input on; null: none were asked for. */
  readonly privateFrom: number | null
  readonly status: Status
  /** When the status began, in milliseconds since the epoch. */
  readonly statusSince: number
  /** Whether the server has let this client in before. */
  readonly wasOnline: boolean
  readonly epoch: string | null
  /** How many messages have mentioned me. Each rings the bell. */
  readonly bells: number
}

/** Causes of a change of the chat: the server, the user, the connection. `now` in milliseconds since the epoch. */
export type Change =
  | { readonly type: 'spoken'; readonly spoken: Incoming; readonly now: number }
  | { readonly type: 'asked'; readonly id: number; readonly asked: Asked; readonly where: Where }
  | { readonly type: 'outcome'; readonly outcome: AskOutcome; readonly now: number }
  | { readonly type: 'pending'; readonly pending: readonly Pending[] }
  | { readonly type: 'status'; readonly status: Status; readonly now: number }
  | { readonly type: 'went'; readonly where: Where }
  | { readonly type: 'sees-end'; readonly seesEnd: boolean }
  | ({ readonly type: 'loading' } & Loading)
  /** Show the latest messages again. */
  | { readonly type: 'latest'; readonly where: Where }
  /** Single messages were asked for. */
  | { readonly type: 'looking'; readonly id: number; readonly seqs: readonly number[] }
  /** The open questions of a room were asked for. */
  | { readonly type: 'questioned'; readonly room: string }
  /** Nothing in the shown place is stale any more. */
  | { readonly type: 'refreshed' }
  | { readonly type: 'found-closed' }
  | { readonly type: 'devices-closed' }
  /** The client reports that a place was read up to input `seq`. */
  | { readonly type: 'read'; readonly where: Where; readonly seq: number }
  /** The user means the member who has this name now. */
  | { readonly type: 'meant'; readonly name: string; readonly id: string }
  | { readonly type: 'trouble'; readonly trouble: Trouble | null }
  /** Close a conversation with one person. */
  | { readonly type: 'closed'; readonly where: Where }
  /** Remove one of the user's own entries. */
  | { readonly type: 'dismissed'; readonly entry: Entry }
  | { readonly type: 'note'; readonly lines: readonly string[]; readonly tone: 'plain' | 'error'; readonly now: number }

/** `room` as it was typed. */
export const newChat = (name: string, room: string, now: number, panels = false, printsAll = false): Chat => ({
  ...{ panels, printsAll },
  view: { ...emptyView, name },
  where: inRoom(roomName(room)),
  conversations: IMap([[inRoom(roomName(room)), newConversation(inRoom(roomName(room)))]]),
  seesEnd: true,
  pending: [],
  asked: IMap(),
  heard: ISet(),
  joining: ISet(),
  loading: null,
  found: null,
  ...nothingKept,
  ...{ questions: noQuestions, questioned: ISet<string>() },
  trouble: null,
  ...{ waits: IMap<WaitPlace, Wait>(), expelled: null, ahead: 0 },
  people: nobodyMet,
  rooms: null,
  devices: null,
  privateFrom: null,
  status: { state: 'connecting', attempt: 0 },
  statusSince: now,
  wasOnline: false,
  epoch: null,
  bells: 0,
})

/** The conversation at `where`, or an empty one. */
export const conversation = (chat: Chat, where: Where): Conversation =>
  chat.conversations.get(where) ?? newConversation(where)

export const alter = (chat: Chat, where: Where, change: (at: Conversation) => Conversation): Chat => ({
  ...chat,
  conversations: chat.conversations.set(where, change(conversation(chat, where))),
})

/** Whether the reader has the end of this place in sight. */
export const isSeen = ({ where, seesEnd, printsAll }: Chat, at: Where): boolean =>
  printsAll || (where === at && seesEnd)
