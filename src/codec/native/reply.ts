/** Messages that a native client receives: docs/protocol.md as types. A client trusts no server. */

import type { CloseCode } from '../../model/closing.ts'
import type { ListName } from '../../model/command.ts'
import type { ErrorCode } from '../../model/error.ts'
import type { CursorTurn, ModeratedEvent, QuitCause, RoomEvent } from '../../model/event.ts'
import type { Mode, Modes, ModeValue } from '../../model/keeping/modes.ts'
import type { RoomRole } from '../../model/keeping/roles.ts'
import type { TriedRule } from '../../model/keeping/trial.ts'
import type { Reaction } from '../../model/message/evolve-message.ts'
import type { Dimensions, MessageFile } from '../../model/message/file.ts'
import type {
  Answer,
  Hand,
  HandChange,
  Outcome,
  PastAsked,
  QuestionKind,
  Result as QuestionResult,
} from '../../model/question.ts'
import type { Act, ActKind } from '../../model/state/keeping.ts'
import type { MemberView, Pin, Topic } from '../../model/view.ts'
import type { HistoryLine } from '../past-lines.ts'
import type { Holder } from '../refusal.ts'
import { liveOf, type ReplyEnd, type ReplyLive } from './reply-live.ts'
import { harmless } from './sanitiser.ts'
import { isWhole, tidied } from './shape.ts'

/** An entry of a list, of any kind: as its list has it, with every field checked where it's used. */
export type ListEntry = Readonly<Record<string, unknown>>

/** The place of an event. Absent `i` is 0, absent `last` is true. */
type ReplyPosition = { readonly seq: number; readonly at: number; readonly i?: number; readonly last?: boolean }

export type Reply =
  | {
      readonly type: 'welcome'
      readonly seq: number
      readonly at: number
      readonly name: string
      readonly session: string
      /**
       * The id of the client's own member. Like every id here, it's absent if the server is from before there were ids.
       */
      readonly id?: string
      readonly epoch: string
      readonly token?: string
      readonly resumed: boolean
      readonly gap: boolean
      /** Others saw the session exit, and now see it enter again. Absent: false. */
      readonly returned?: boolean
      readonly grace: number
      /** The session is an account's, by this credential. */
      readonly account?: true
      readonly credential?: string
      readonly rate: { readonly perSecond: number; readonly burst: number } | null
      /** Other servers of the same chat: `HOST:PORT`. Absent: none. */
      readonly nodes?: readonly string[]
      /** The member is an administrator. */
      readonly administrator?: true
      /** The modes of the whole server. */
      readonly modes?: Modes
      /** The members that the member ignores. */
      readonly ignored?: readonly { readonly id: string; readonly name: string }[]
    }
  | ({
      readonly type: 'room'
      readonly room: string
      readonly topic: Topic | null
      readonly members: readonly ListedMember[]
      /** By the ids of members. Absent: nobody has a role. */
      readonly roles?: Readonly<Record<string, RoomRole>>
      readonly modes?: Modes
      /** Absent: none. */
      readonly pins?: readonly Pin[]
      readonly hands?: readonly Hand[]
    } & Partial<ReadCounts> &
      ReplyPosition)
  | ({
      readonly type: 'said'
      readonly room: string
      readonly from: string
      readonly id?: string
      readonly account?: true
      readonly text: string
      readonly action?: boolean
      /** The ids of the members that the text mentions. Absent: none. */
      readonly mentions?: readonly string[]
      /** The message grows. In an earlier one: as it was by then. */
      readonly live?: true | ReplyLive
      /** The question that it asks. Absent: none. */
      readonly ask?: PastAsked
    } & Attached &
      ReplyPosition)
  | ({
      readonly type: 'told'
      readonly from: string
      readonly id?: string
      readonly account?: true
      readonly to: string
      /** The id of the recipient. */
      readonly other?: string
      readonly text: string
      readonly action?: boolean
    } & Attached &
      ReplyPosition)
  | ({
      readonly type: 'joined'
      readonly room: string
      readonly name: string
      readonly id?: string
      readonly account?: true
      readonly picture?: string
      readonly away?: string
    } & ReplyPosition)
  /** The text of message `target` is this one from now on. Absent: this server doesn't have it yet. */
  | ({
      readonly type: 'edited'
      readonly room?: string
      readonly target: number
      readonly text?: string
      readonly from: string
      readonly id?: string
      readonly account?: true
      readonly mentions?: readonly string[]
    } & ReplyPosition)
  /** `off`: taken back. */
  | ({
      readonly type: 'reacted'
      readonly room?: string
      readonly target: number
      readonly emoji: string
      readonly off?: true
      readonly by: string
      readonly id?: string
      readonly account?: true
    } & ReplyPosition)
  | ({
      readonly type: 'pinned'
      readonly room: string
      readonly target: number
      readonly off?: true
      readonly by: string
      readonly id?: string
    } & ReplyPosition)
  /** The account has this picture; null: none any more. */
  | ({
      readonly type: 'pictured'
      readonly name: string
      readonly picture: string | null
      readonly id?: string
    } & ReplyPosition)
  /** The queue of the room's hands from now on. `who`: the member with the hand. */
  | ({
      readonly type: 'hands'
      readonly room: string
      readonly hands: readonly Hand[]
      readonly change: HandChange
      readonly by: string
      readonly id?: string
      readonly who: string
      readonly whoId?: string
    } & ReplyPosition)
  /** A member has answered question `target`, or voted anew. `place`: among all answers. */
  | ({
      readonly type: 'answered'
      readonly room: string
      readonly target: number
      readonly kind: QuestionKind
      readonly by: string
      readonly id?: string
      readonly account?: true
      readonly choice?: number
      readonly label?: string
      readonly place: number
      readonly first?: true
      readonly counts?: readonly number[]
    } & ReplyPosition)
  /** Question `target` has ended. */
  | ({
      readonly type: 'concluded'
      readonly room: string
      readonly target: number
      readonly kind: QuestionKind
      readonly choices: readonly string[]
      readonly asker: string
    } & QuestionResult &
      ReplyPosition)
  /** The open questions of a room, and its hands. `question`: the one that was asked about, open or ended. */
  | {
      readonly type: 'questions'
      readonly n?: number
      readonly seq: number
      readonly room: string
      readonly open: readonly ReplyQuestion[]
      readonly hands: readonly Hand[]
      readonly question?: ReplyQuestion
      /** `hands`: a person asked for these alone. */
      readonly only?: string
    }
  /** Live message `target` has grown to so many bytes, of which these are the last lines. */
  | {
      readonly type: 'growing'
      readonly room: string
      readonly target: number
      readonly size: number
      readonly tail: string
    }
  /** It is whole. */
  | ({
      readonly type: 'finished'
      readonly room: string
      readonly target: number
      readonly from: string
      readonly id?: string
      readonly account?: true
      readonly tail?: string
    } & ReplyEnd &
      ReplyPosition)
  /** Bytes of the output of message `target`, in base64. Without `end`, it grows. */
  | {
      readonly type: 'output'
      readonly n?: number
      readonly target: number
      readonly offset: number
      readonly size: number
      readonly data: string
      readonly end?: ReplyEnd
    }
  /** Somebody types in a room, or (without one) a direct message to this member. Nothing says that it's over. */
  | { readonly type: 'typing'; readonly room?: string; readonly name: string; readonly id?: string }
  /** The messages that were asked for and that this member may read. */
  | { readonly type: 'messages'; readonly n?: number; readonly seq: number; readonly messages: readonly PastMessage[] }
  | {
      readonly type: 'pins'
      readonly n?: number
      readonly seq: number
      readonly room: string
      readonly messages: readonly PastMessage[]
    }
  | {
      readonly type: 'reactions'
      readonly n?: number
      readonly target: number
      readonly reactions: readonly Reaction[]
    }
  /** The member's name is an account now. */
  | ({ readonly type: 'registered'; readonly name: string; readonly id?: string } & ReplyPosition)
  /** Another session of this member has read a place up to input `target`. The counts are of later messages. */
  | ({
      readonly type: 'read'
      readonly room?: string
      readonly with?: string
      readonly id?: string
      readonly target: number
      readonly unread: number
      readonly mentions: number
    } & ReplyPosition)
  /** Whether this session has a cursor, from `place` on: by `turn`. */
  | ({
      readonly type: 'cursor'
      readonly cursor: string
      readonly room: string
      readonly is: CursorTurn['is']
      readonly place: number
      readonly turn: number
    } & ReplyPosition)
  | { readonly type: 'cursors'; readonly n?: number; readonly cursors: readonly CursorEntry[] }
  /** The direct conversations of this member, the latest first. */
  | {
      readonly type: 'conversations'
      readonly n?: number
      readonly seq: number
      readonly conversations: readonly DirectConversation[]
    }
  | ({
      readonly type: 'parted'
      readonly room: string
      readonly name: string
      readonly id?: string
      readonly reason?: string
      /** The member that removed it from the room. Absent: it left. */
      readonly by?: string
    } & ReplyPosition)
  /** An act of moderation. Absent fields: nobody, nothing, never. `set` null: the mode is off. */
  | ({
      readonly type: 'moderated'
      readonly act: ActKind
      readonly room?: string
      readonly by?: string
      readonly byId?: string
      readonly who?: string
      readonly id?: string
      readonly rule?: number
      readonly value?: string
      readonly mode?: Mode
      readonly set?: ModeValue | null
      readonly reason?: string
      readonly until?: number
    } & ReplyPosition)
  /** A message, the one of this input, waits for a keeper. */
  | ({
      readonly type: 'held'
      readonly room: string
      readonly from: string
      readonly id?: string
      readonly account?: true
      readonly text: string
      readonly action?: boolean
      readonly filter: number
    } & ReplyPosition)
  /** Another session of this member, or this one, has begun or (`off`) ceased to ignore somebody. */
  | ({ readonly type: 'ignored'; readonly id: string; readonly name: string; readonly off?: true } & ReplyPosition)
  /** The entries are as the server has them; fields that are null there are absent. */
  | {
      readonly type: 'list'
      readonly n?: number
      readonly what: ListName
      readonly room?: string
      readonly entries: readonly ListEntry[]
    }
  /** The result of a tried rule. */
  | ({ readonly type: 'tried'; readonly n?: number } & TriedRule)
  | ({
      readonly type: 'quit'
      readonly name: string
      readonly id?: string
      readonly cause: QuitCause
      readonly by?: string
      readonly reason?: string
    } & ReplyPosition)
  | ({ readonly type: 'renamed'; readonly from: string; readonly to: string; readonly id?: string } & ReplyPosition)
  | ({
      readonly type: 'away'
      readonly name: string
      readonly id?: string
      readonly note: string | null
    } & ReplyPosition)
  | ({ readonly type: 'topic'; readonly room: string; readonly topic: string; readonly by: string } & ReplyPosition)
  /** `bulk`: one of many at once, which a client doesn't announce one by one. */
  | ({
      readonly type: 'deleted'
      readonly room?: string
      readonly target: number
      readonly by: string
      readonly bulk?: true
    } & ReplyPosition)
  | {
      readonly type: 'history'
      readonly n?: number
      readonly seq: number
      readonly room?: string
      /** For a gap: the page begins after input `after`, and so many messages were missed, at most MISSED_MAX. */
      readonly after?: number
      readonly missed?: number
      /** Messages between that input, or `after` in the request, and the first of these that the host no longer keeps. */
      readonly gone?: number
      readonly messages: readonly PastMessage[]
      readonly more: boolean
    }
  | {
      readonly type: 'found'
      readonly n?: number
      readonly seq: number
      readonly words: string
      readonly messages: readonly PastMessage[]
      readonly more: boolean
    }
  /** `question`: the number of the question that was asked, now or before under the same key. */
  | { readonly type: 'ok'; readonly n: number; readonly seq: number; readonly question?: number }
  | {
      readonly type: 'rejected'
      readonly n?: number
      readonly code: ErrorCode
      readonly message: string
      readonly retry: boolean
      /** The holder of a taken name. If it's `away`, it loses the name at `until`. */
      readonly holder?: Holder['by']
      readonly until?: number
    }
  | { readonly type: 'rooms'; readonly n?: number; readonly rooms: readonly RoomSummary[] }
  | { readonly type: 'who'; readonly n?: number; readonly room: string; readonly members: readonly ListedMember[] }
  /** The client answers with `prove`: a key signs the nonce and the epoch; a passkey gets the options of WebAuthn. */
  | {
      readonly type: 'challenge'
      readonly n?: number
      readonly nonce?: string
      readonly server?: string
      readonly passkey?: Readonly<Record<string, unknown>>
    }
  | {
      readonly type: 'devices'
      readonly n?: number
      readonly name: string
      readonly credentials: readonly ListedCredential[]
      /** The server's key for notifications, and the ids of the browsers that get some. Absent: it sends none. */
      readonly push?: { readonly key: string; readonly devices: readonly string[] }
    }
  | {
      readonly type: 'account'
      readonly n?: number
      readonly name: string
      readonly id?: string
      readonly since?: number
      readonly account: boolean
      readonly here: boolean
    }
  | { readonly type: 'ping'; readonly seq: number }
  | { readonly type: 'pong'; readonly id?: string | number; readonly seq: number }
  /** The server is cut off from the others: until it's `over`, nothing is acknowledged, and nothing new comes. */
  | { readonly type: 'stalled'; readonly over?: true }
  | {
      readonly type: 'closed'
      readonly code: CloseCode
      readonly message: string
      readonly reconnect: boolean
      /** With `moved`: other servers of the same chat. */
      readonly nodes?: readonly string[]
    }

export type ReplyOf<T extends Reply['type']> = Extract<Reply, { type: T }>

/** A message of the past, in a room, or `to` one member. Without a text it was deleted; or, if not `deleted`, it's being edited. */
export type PastMessage = {
  readonly seq: number
  readonly at: number
  readonly room?: string
  readonly from: string
  readonly id?: string
  readonly account?: true
  readonly to?: string
  readonly other?: string
  readonly text?: string
  readonly deleted?: boolean
  readonly action?: boolean
  readonly mentions?: readonly string[]
  /** When it was edited last. Absent: never. */
  readonly edited?: number
  /** The question that it asks. With an outcome, it has ended. */
  readonly ask?: PastAsked
  /** It's a live message, as it was by then. */
  readonly live?: true | ReplyLive
  /** Reactions, with their authors' ids. */
  readonly reactions?: readonly { readonly emoji: string; readonly ids: readonly string[] }[]
} & Attached

/** A question with its answers: the first ones, of `total`. `state`: `open`, or its outcome. */
export type ReplyQuestion = Omit<PastAsked, 'id'> & {
  readonly seq: number
  readonly at: number
  readonly room: string
  readonly from: string
  /** Of the member or token that asked. */
  readonly id: string
  /** Of the one that decided or closed it. */
  readonly byId?: string
  readonly text?: string
  readonly answers: readonly Answer[]
  readonly total: number
  readonly state: Outcome | 'open'
  /** Nobody who may answer is in the room now, besides the asker. */
  readonly nobody?: true
}

/** The message that it answers, and its files. Absent: none. */
type Attached = { readonly reply?: number; readonly files?: readonly SentFile[] }

/** A file, and its URL on the server. */
export type SentFile = MessageFile & { readonly url: string; readonly thumb?: Dimensions & { readonly url: string } }

/** How far this reader has read a place, and the counts of later messages. */
type ReadCounts = { readonly read: number; readonly unread: number; readonly mentions: number }

/** Absent: nobody holds it, the holder is connected, nothing is left to handle; `lag`: its room can't be read. */
export type CursorEntry = {
  readonly id: number
  readonly cursor: string
  readonly owner: string
  readonly room: string
  readonly place: number
  readonly lag?: number
  readonly since?: number
  readonly used: number
  readonly holder?: string
  readonly away?: true
  readonly waiting: number
  /** It belongs to a token that was revoked. */
  readonly revoked?: true
}

export type DirectConversation = {
  readonly with: string
  readonly id: string
  readonly read: number
  readonly unread: number
  readonly account?: true
}

/** A way to sign in to the account. `sessions`: how many it has now. Times are in milliseconds since the epoch. */
export type ListedCredential = {
  readonly id: string
  readonly kind: string
  readonly label: string
  readonly since: number
  readonly used: number
  readonly sessions: number
  readonly current?: boolean
}

/** The same with all its fields. */
export const historyLine = (past: PastMessage): HistoryLine => {
  const { seq, at, room, from, to, text, action = false, reply, files, edited, live, reactions = [] } = past
  return {
    ...{ seq, at, room: room ?? null, from, to: to ?? null, text: text ?? null, action },
    ...{ ...(reply !== undefined && { reply }), ...(files && { files }), ...(edited !== undefined && { edited }) },
    ...(live && { live: liveOf(live) }),
    tallies: reactions.map(({ emoji, ids }) => ({ emoji, count: ids.length })),
  }
}

type ListedMember = Pick<MemberView, 'name' | 'since'> & {
  readonly id?: string
  readonly away?: string
  readonly account?: true
  readonly picture?: string
}
export type RoomSummary = { readonly room: string; readonly members: number; readonly topic: string | null }

/** The object in a line, made harmless. Null if this version doesn't know it; the client ignores such lines. */
export function readReply(line: string): Reply | null {
  try {
    const json: unknown = harmless(JSON.parse(line))
    return typeof json === 'object' && json !== null && isWhole(json) ? (tidied(json) as Reply) : null
  } catch {
    return null
  }
}

/** The room event in a reply, in the form that the reducer folds; null if it has none. */
export function roomEvent(reply: Reply): RoomEvent | ModeratedEvent | null {
  switch (reply.type) {
    case 'said': {
      const { type, room, from, action = false, id: author = '' } = reply
      return { type, room, from, action, author }
    }
    case 'joined': {
      const { type, room, name, away = null, id: member = '', account, picture } = reply
      const own = { ...(account ? { account } : {}), ...(picture === undefined ? {} : { picture }) }
      return { type, room, name, away, member, ...own }
    }
    case 'registered': {
      const { type, name, id: member = '' } = reply
      return { type, name, member }
    }
    case 'parted': {
      const { type, room, name, reason = null, id: member = '', by } = reply
      return { type, room, name, reason, member, ...(by === undefined ? {} : { by }) }
    }
    case 'quit': {
      const { type, name, cause, by = null, reason = null, id: member = '' } = reply
      return { type, name, cause, by, reason, member }
    }
    case 'renamed': {
      const { type, from, to, id: member = '' } = reply
      return { type, from, to, member }
    }
    case 'away': {
      const { type, name, note, id: member = '' } = reply
      return { type, name, note, member }
    }
    case 'pinned': {
      const { type, room, target, off = false, by, id: member = '' } = reply
      return { type, room, target, off, by, member }
    }
    case 'hands': {
      const { type, room, hands, change, by, id: member = '', who, whoId = '' } = reply
      return { type, room, hands, change, by, member, who, whoId }
    }
    case 'answered': {
      const { seq: _, at: __, i: ___, last: ____, id: member = '', ...answered } = reply
      return { ...answered, member }
    }
    case 'concluded': {
      const { seq: _, at: __, i: ___, last: ____, ...concluded } = reply
      return concluded
    }
    case 'pictured': {
      const { type, name, picture, id: member = '' } = reply
      return { type, name, member, picture }
    }
    case 'moderated':
      return { type: 'moderated', ...actOf(reply) }
    case 'topic':
      return { type: 'topic', room: reply.room, topic: reply.topic, by: reply.by }
    default:
      return null
  }
}

/** An act, from an event or from the log. */
export function actOf(fields: Omit<Extract<Reply, { type: 'moderated' }>, 'type' | 'seq' | 'at'>): Act {
  const { act, room = null, by = null, byId = null, who = null, id: whoId = null, rule = null, value = null } = fields
  const { reason = null, until = null, mode, set = null } = fields
  const some = { act, room, by, byId, who, whoId, rule, value, reason, until }
  return mode === undefined ? some : { ...some, mode, set }
}
