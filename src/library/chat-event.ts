/**
 * The events that a program gets from a chat: those of docs/protocol.md, each with the fields that a bot needs first.
 * Plain data.
 */
import type { Incoming } from '../client/session/incoming.ts'
import { actOf, type SentFile } from '../codec/native/reply.ts'
import type { QuitCause } from '../model/event.ts'
import type { Hand, HandChange, Outcome, PastAsked, QuestionKind } from '../model/question.ts'
import type { Act } from '../model/state/keeping.ts'
import { type ChatFile, filesOf } from './past.ts'

/** `seq`: the event's place in the journal. `at`: milliseconds since the epoch. */
type EventPosition = {
  readonly seq: number
  readonly at: number
  /** It happened while we were away, or before we joined. A reply to it is a reply to the past. */
  readonly replayed: boolean
}

type Text = {
  readonly from: string
  /** The id of the author: it stays the same under another name. Null: the server is from before there were ids. */
  readonly id: string | null
  /** The author has an account. */
  readonly account: boolean
  readonly text: string
  /** The message that it answers; null: none. */
  readonly reply: number | null
  readonly files: readonly ChatFile[]
  /** As with /me: `from` does this. */
  readonly action: boolean
  /** We sent it, under our current name. */
  readonly own: boolean
}

export type Said = {
  readonly type: 'said'
  readonly room: string
  /** The ids of the members that the text mentions. */
  readonly mentions: readonly string[]
  /** The question that it asks; null: none. */
  readonly ask: PastAsked | null
  /** It's the output of a program, which grows. */
  readonly live: boolean
} & EventPosition &
  Text

/** A direct message to us, or from us to `to`. */
export type Told = {
  readonly type: 'told'
  readonly to: string
  /** The id of the recipient. Null: an older server doesn't send it. */
  readonly other: string | null
} & EventPosition &
  Text

/** Missing messages: after input `after` and up to `seq`, in a room, or (null) direct messages. */
export type Gap = {
  readonly type: 'gap'
  readonly room: string | null
  readonly seq: number
  readonly after: number
  readonly missed: number
  /** There are more than were counted. */
  readonly more: boolean
}

/** We are in. `resumed`: the session continues; `gap`: events are missing; `returned`: others saw us exit and enter. */
export type Entered = {
  readonly type: 'entered'
  readonly name: string
  /** Our own id. Null: the server is from before there were ids. */
  readonly id: string | null
  /** Identity of the journal. A `seq` has a meaning only within its own. */
  readonly epoch: string
  readonly seq: number
  readonly resumed: boolean
  readonly gap: boolean
  readonly returned: boolean
}

export type ChatEvent =
  | Said
  | Told
  | Gap
  | Entered
  | ({ readonly type: 'joined'; readonly room: string; readonly name: string } & EventPosition)
  | ({
      readonly type: 'parted'
      readonly room: string
      readonly name: string
      readonly reason: string | null
    } & EventPosition)
  | ({
      readonly type: 'quit'
      readonly name: string
      readonly cause: QuitCause
      readonly by: string | null
      readonly reason: string | null
    } & EventPosition)
  | ({ readonly type: 'renamed'; readonly from: string; readonly to: string } & EventPosition)
  | ({ readonly type: 'away'; readonly name: string; readonly note: string | null } & EventPosition)
  | ({ readonly type: 'topic'; readonly room: string; readonly topic: string; readonly by: string } & EventPosition)
  /**
   * An act of moderation, such as a ban: its actor, its target, its reason and its end (milliseconds since the epoch).
   */
  | ({ readonly type: 'moderated' } & Act & EventPosition)
  /** A message waits for a keeper; `filter`: the word filter that holds it. */
  | ({
      readonly type: 'held'
      readonly room: string
      readonly from: string
      readonly id: string | null
      readonly account: boolean
      readonly action: boolean
      readonly text: string
      readonly filter: number
    } & EventPosition)
  /** Nothing more is added to live message `target`. Null: it isn't known. `tail`: its last lines. */
  | ({
      readonly type: 'finished'
      readonly room: string
      readonly target: number
      readonly from: string
      readonly size: number
      readonly status: number | null
      readonly ms: number | null
      readonly interrupted: boolean
      readonly tail: string | null
    } & EventPosition)
  /** The text of message `target` is this one from now on. Null: the server doesn't have it yet, so ask for the message. */
  | ({
      readonly type: 'edited'
      readonly room: string | null
      readonly target: number
      readonly from: string
      readonly id: string | null
      readonly account: boolean
      readonly text: string | null
      readonly mentions: readonly string[]
    } & EventPosition)
  /** `off`: it's taken back. */
  | ({
      readonly type: 'reacted'
      readonly room: string | null
      readonly target: number
      readonly emoji: string
      readonly off: boolean
      readonly by: string
      readonly id: string | null
    } & EventPosition)
  | ({
      readonly type: 'pinned'
      readonly room: string
      readonly target: number
      readonly off: boolean
      readonly by: string
    } & EventPosition)
  /** Somebody has answered question `target`, or voted anew. `choice`, `label`: null for a buzz. `counts`: of a poll. */
  | ({
      readonly type: 'answered'
      readonly room: string
      readonly target: number
      readonly kind: QuestionKind
      readonly by: string
      readonly id: string | null
      readonly choice: number | null
      readonly label: string | null
      readonly place: number
      readonly first: boolean
      readonly counts: readonly number[] | null
    } & EventPosition)
  /** Question `target` has ended. Fields that don't apply are null. */
  | ({
      readonly type: 'concluded'
      readonly room: string
      readonly target: number
      readonly kind: QuestionKind
      readonly choices: readonly string[]
      readonly asker: string
      readonly outcome: Outcome
      readonly choice: number | null
      readonly by: string | null
      readonly id: string | null
      readonly counts: readonly number[] | null
      readonly order: readonly Hand[] | null
    } & EventPosition)
  /** The queue of a room's hands. `who`: the member with the hand. */
  | ({
      readonly type: 'hands'
      readonly room: string
      readonly hands: readonly Hand[]
      readonly change: HandChange
      readonly by: string
      readonly who: string
    } & EventPosition)
  | ({
      readonly type: 'deleted'
      readonly room: string | null
      readonly target: number
      readonly by: string
    } & EventPosition)

/** Null: it's an answer, or about the connection itself. `me`: our name. */
export function chatEvent({ reply, replayed }: Incoming, me: string): ChatEvent | null {
  switch (reply.type) {
    case 'welcome': {
      const { name, id = null, epoch, seq, resumed, gap, returned = false } = reply
      return { type: 'entered', name, id, epoch, seq, resumed, gap, returned }
    }
    case 'gap': {
      const { room = null, seq, after, missed, more = false } = reply
      return { type: 'gap', room, seq, after, missed, more }
    }
    case 'room':
    case 'history':
    case 'found':
    case 'ok':
    case 'rejected':
    case 'rooms':
    case 'who':
    case 'registered':
    case 'read':
    case 'conversations':
    case 'cursor':
    case 'cursors':
    case 'challenge':
    case 'devices':
    case 'account':
    case 'list':
    case 'tried':
    case 'messages':
    case 'pins':
    case 'reactions':
    case 'questions':
    case 'growing':
    case 'output':
    case 'typing':
    case 'pictured':
    case 'ignored':
    case 'ping':
    case 'pong':
    case 'stalled':
    case 'closed':
      return null
  }
  const placed = { seq: reply.seq, at: reply.at, replayed }
  switch (reply.type) {
    case 'said': {
      const { type, room, from, text, mentions = [], ask = null, live } = reply
      const marks = { mentions, ask, live: live !== undefined }
      const said = { ...authorOf(reply), ...attachedTo(reply), text, ...marks, own: from === me }
      return { type, room, from, ...said, ...placed }
    }
    case 'told': {
      const { type, from, to, other = null, text } = reply
      return { type, from, to, other, ...authorOf(reply), ...attachedTo(reply), text, own: from === me, ...placed }
    }
    case 'joined':
      return { type: reply.type, room: reply.room, name: reply.name, ...placed }
    case 'parted':
      return {
        ...{ type: reply.type, room: reply.room, name: reply.name, reason: reply.reason ?? null },
        ...{ by: reply.by ?? null, ...placed },
      }
    case 'quit': {
      const { type, name, cause, by = null, reason = null } = reply
      return { type, name, cause, by, reason, ...placed }
    }
    case 'renamed':
      return { type: reply.type, from: reply.from, to: reply.to, ...placed }
    case 'away':
      return { type: reply.type, name: reply.name, note: reply.note, ...placed }
    case 'topic':
      return { type: reply.type, room: reply.room, topic: reply.topic, by: reply.by, ...placed }
    case 'moderated':
      return { type: reply.type, ...actOf(reply), ...placed }
    case 'held': {
      const { type, room, from, text, filter } = reply
      return { type, room, from, ...authorOf(reply), text, filter, ...placed }
    }
    case 'edited': {
      const { type, room = null, target, from, id = null, account = false, text = null, mentions = [] } = reply
      return { type, room, target, from, id, account, text, mentions, ...placed }
    }
    case 'reacted': {
      const { type, room = null, target, emoji, off = false, by, id = null } = reply
      return { type, room, target, emoji, off, by, id, ...placed }
    }
    case 'pinned': {
      const { type, room, target, off = false, by } = reply
      return { type, room, target, off, by, ...placed }
    }
    case 'answered': {
      const { type, room, target, kind, by, id = null, choice = null, label = null, place, first = false } = reply
      const { counts = null } = reply
      return { type, room, target, kind, by, id, choice, label, place, first, counts, ...placed }
    }
    case 'concluded': {
      const { type, room, target, kind, choices, asker, outcome, choice = null, by = null, id = null } = reply
      const { counts = null, order = null } = reply
      return { type, room, target, kind, choices, asker, outcome, choice, by, id, counts, order, ...placed }
    }
    case 'hands': {
      const { type, room, hands, change, by, who } = reply
      return { type, room, hands, change, by, who, ...placed }
    }
    case 'finished': {
      const { type, room, target, from, size, status = null, ms = null, interrupted = false, tail = null } = reply
      return { type, room, target, from, size, status, ms, interrupted, tail, ...placed }
    }
    case 'deleted':
      return { type: reply.type, room: reply.room ?? null, target: reply.target, by: reply.by, ...placed }
  }
}

export const authorOf = ({ id, account = false, action = false }: Authored) => ({ id: id ?? null, account, action })

type Authored = { readonly id?: string; readonly account?: boolean; readonly action?: boolean }

const attachedTo = ({ reply, files }: { readonly reply?: number; readonly files?: readonly SentFile[] }) => ({
  reply: reply ?? null,
  files: filesOf(files),
})
