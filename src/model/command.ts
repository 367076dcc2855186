/** Commands: requests of a participant, in the words of the protocol. Vetted and stamped, a command is an input. */

import type { QuestionKind } from './question.ts'
import type { FilterAction, FilterKind } from './state/keeping.ts'

/** How a participant is connected. WebSocket carries `native` too. */
export type Protocol = 'native' | 'line' | 'classic' | 'host'

/** How somebody signs in to an account. With `key` and `passkey`, the server sends a challenge to be proved. */
export type SignIn =
  | { readonly password: string }
  /** The secret of a kept sign-in ("keep me signed in"). */
  | { readonly kept: string }
  /** A raw Ed25519 public key in base64url. */
  | { readonly key: string }
  | { readonly passkey: true }

/** A request as a codec reads it: raw text, nothing checked but its shape. */
export type Command =
  /** `ask`: the message asks this. `live`: it grows by `grow`, and its text is the title. */
  | ({
      readonly type: 'say'
      readonly room: string
      readonly text: string
      readonly action: boolean
      readonly ask?: AskSpec | undefined
      readonly live?: boolean | undefined
    } & Attached)
  /** `id`: the member or account that is meant, even if somebody else has the name by now. */
  | ({
      readonly type: 'tell'
      readonly to: string
      readonly id?: string | undefined
      readonly text: string
      readonly action: boolean
    } & Attached)
  /** `key`: of a room that has one. */
  | { readonly type: 'join'; readonly room: string; readonly key?: string | undefined }
  | { readonly type: 'part'; readonly room: string; readonly reason: string | null }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string }
  | { readonly type: 'nick'; readonly name: string }
  | { readonly type: 'away'; readonly note: string | null }
  | {
      readonly type: 'kick'
      readonly name: string
      readonly id?: string | undefined
      readonly reason: string | null
      /** Only from this room. Absent: from the server. */
      readonly room?: string | undefined
    }
  | { readonly type: 'quit'; readonly reason: string | null }
  /** `seq`: the input of the message to delete. Null: the participant's own latest message in `room`. */
  | { readonly type: 'delete'; readonly seq: number | null; readonly room: string }
  | MessageCommand
  /** Raises a hand, takes it down (`off`), or calls on the first in the queue (`next`). */
  | {
      readonly type: 'hand'
      readonly room: string
      readonly off?: boolean | undefined
      readonly next?: boolean | undefined
    }
  /** `data`, in base64, goes on at byte `offset` of the output of live message `seq`. */
  | { readonly type: 'grow'; readonly seq: number; readonly offset: number; readonly data: string }
  /** The picture of the participant's account; null: none. `file`: an upload. */
  | { readonly type: 'picture'; readonly file: string | null }
  | AccountCommand
  | KeepingCommand
  | CursorCommand
  /** The messages of one place, up to input `seq`, have been read. */
  | ({ readonly type: 'read'; readonly seq: number } & ReadPlace)

/**
 * The message that is answered, by its `seq` (null: the latest there that somebody else wrote), and files that were
 * uploaded before.
 */
type Attached = { readonly reply?: number | null | undefined; readonly files?: readonly SentFile[] | undefined }

export type SentFile = { readonly id: string; readonly name: string }

/**
 * The question that a message asks, as its author typed it. `to`: a role, or a name behind `@`; absent: everybody in
 * the room.
 */
export type AskSpec = {
  readonly kind: QuestionKind
  readonly choices: readonly string[]
  readonly to?: string | undefined
  /** Seconds that it stays open. */
  readonly timeout?: number | undefined
  /** Asked again with the same key, it's the same question. */
  readonly key?: string | undefined
}

/** Commands that change a message that was sent before, or answer it. */
export type MessageCommand =
  /**
   * `seq` null: the one open question of `room` that the participant may answer. `choice`: a place, from 0 on; `word`: a
   * label, or a place from 1 on. A buzz has neither.
   */
  | {
      readonly type: 'answer'
      readonly seq: number | null
      readonly room: string
      readonly choice?: number | undefined
      readonly word?: string | undefined
    }
  /** `seq` null: the one open question of `room` that the participant may close. */
  | { readonly type: 'close'; readonly seq: number | null; readonly room: string }
  /** `seq` null: the participant's own latest message in `room`. */
  | { readonly type: 'edit'; readonly seq: number | null; readonly room: string; readonly text: string }
  /** `seq` null: the latest message in `room` that somebody else wrote. */
  | {
      readonly type: 'react'
      readonly seq: number | null
      readonly room: string
      readonly emoji: string
      readonly off?: boolean | undefined
    }
  | { readonly type: 'pin'; readonly seq: number; readonly off?: boolean | undefined }
  /** Live message `seq` is whole. `status`: the exit status; `ms`: how long it took; null: unknown. */
  | {
      readonly type: 'finish'
      readonly seq: number
      readonly status: number | null
      readonly ms: number | null
      /** Bytes that the program wrote, if the output has fewer. */
      readonly total?: number | undefined
      readonly interrupted?: boolean | undefined
    }

type Label = { readonly label?: string | undefined }

/** The first credentials of a new account: a password, a key, or both. */
export type NewAccount = {
  readonly password?: string | undefined
  readonly key?: string | undefined
} & Label

/** Commands of members about their accounts. */
export type AccountCommand =
  /** The guest's name becomes an account. `invite`: the token of an invite. */
  | ({ readonly type: 'register'; readonly invite?: string | undefined } & NewAccount)
  /**
   * The guest leaves, and the account enters on the same connection. `room`: a room that it enters besides its own.
   */
  | {
      readonly type: 'login'
      readonly name: string
      readonly account: SignIn
      readonly room?: string | undefined
    }
  | { readonly type: 'password'; readonly old?: string | undefined; readonly new: string }
  | ({ readonly type: 'keep'; readonly secret: string } & Label)
  | ({ readonly type: 'add-key'; readonly key: string } & Label)
  /** Asks for the challenge that a new passkey has to answer. */
  | { readonly type: 'passkey' }
  | ({ readonly type: 'add-passkey'; readonly response: Readonly<Record<string, unknown>> } & Label)
  | { readonly type: 'revoke'; readonly credential: string }
  | { readonly type: 'logout'; readonly everywhere: boolean }
  /** A browser wants to be notified (RFC 8030). `preview`: with the texts of messages. */
  | {
      readonly type: 'push'
      readonly endpoint: string
      readonly p256dh: string
      readonly auth: string
      readonly preview: boolean
    }
  /** `endpoint` absent: all subscriptions under the sign-in of this session. */
  | { readonly type: 'unpush'; readonly endpoint?: string | undefined }

/** A member, an account or a name; or, in some commands, a network such as `10.1.0.0/16`. */
type Whom = { readonly who?: string | undefined; readonly id?: string | undefined }

/** Commands that keep order. `room` absent: on the whole server. `for`: seconds; absent: until somebody ends it. */
export type KeepingCommand =
  | ({
      readonly type: 'ban' | 'mute' | 'except'
      readonly net?: string | undefined
      /** The network that the member comes from, and not its name. */
      readonly network?: boolean | undefined
      readonly room?: string | undefined
      readonly for?: number | undefined
      readonly reason: string | null
    } & Whom)
  /** `rule`: the number of the sanction. */
  | ({
      readonly type: 'unban' | 'unmute' | 'unexcept'
      readonly net?: string | undefined
      readonly rule?: number | undefined
      readonly room?: string | undefined
    } & Whom)
  | ({
      readonly type: 'op' | 'deop' | 'voice' | 'devoice' | 'admin' | 'unadmin'
      readonly room?: string | undefined
    } & Whom)
  /** `value`: true or absent for a mode that takes nothing, else its number or the key; null: off. */
  | {
      readonly type: 'mode'
      readonly mode: string
      readonly value?: boolean | number | string | null | undefined
      readonly room?: string | undefined
      readonly for?: number | undefined
    }
  | {
      readonly type: 'filter'
      readonly is: FilterKind
      readonly pattern: string
      readonly action: FilterAction
      readonly room?: string | undefined
    }
  | { readonly type: 'unfilter'; readonly filter: number; readonly room?: string | undefined }
  | ({ readonly type: 'invite'; readonly room: string } & Whom)
  /** All messages of the last so many seconds. */
  | ({ readonly type: 'purge'; readonly room?: string | undefined; readonly for: number } & Whom)
  /** `seq`: the held message. */
  | { readonly type: 'release' | 'drop'; readonly seq: number }
  | ({ readonly type: 'ignore' | 'unignore' } & Whom)

/** Commands about cursors. `owner`: somebody else, whose cursor it is. */
export type CursorCommand =
  /**
   * The session holds the cursor, or waits for its turn. `from`: start of a new cursor; absent: after the latest
   * message.
   */
  | {
      readonly type: 'cursor-claim'
      readonly cursor: string
      readonly room: string
      readonly from?: number | undefined
    }
  | { readonly type: 'cursor-move'; readonly cursor: string; readonly turn: number; readonly seq: number }
  | { readonly type: 'cursor-leave'; readonly cursor: string }
  /** `seq` null: to the end of its room. */
  | {
      readonly type: 'cursor-set'
      readonly cursor: string
      readonly owner?: string | undefined
      readonly seq: number | null
    }
  | { readonly type: 'cursor-remove'; readonly cursor: string; readonly owner?: string | undefined }

/** Lists of moderation. */
export const LISTS = ['bans', 'mutes', 'exceptions', 'filters', 'held', 'log', 'roles', 'modes', 'ignored'] as const
export type ListName = (typeof LISTS)[number]

/** A room, or the direct messages with one member, by name or by id. */
export type ReadPlace = {
  readonly room?: string | undefined
  readonly with?: string | undefined
  readonly id?: string | undefined
}

/** A question about the room's present or past. It's answered in order, and not journaled: it changes nothing. */
export type Query =
  | { readonly type: 'rooms' }
  | { readonly type: 'who'; readonly room: string }
  /** The messages of a room, or (null) the participant's own direct messages. */
  | {
      readonly type: 'history'
      readonly room: string | null
      /** With `room` null: only the messages with this member, by name or by id. */
      readonly with?: string | undefined
      readonly id?: string | undefined
      /** Places of inputs (`since`: milliseconds since the epoch). All null: the latest messages. */
      readonly before: number | null
      readonly after: number | null
      readonly since: number | null
      readonly limit: number
    }
  /** `room` null: search everywhere the participant may read. */
  | {
      readonly type: 'search'
      readonly words: string
      readonly room: string | null
      readonly before: number | null
      readonly limit: number
    }
  /** These messages, as far as the participant may read them; at most MESSAGES_ASKED_MAX. */
  | { readonly type: 'messages'; readonly seqs: readonly number[] }
  /** Lists the reactions to a message by member. */
  | { readonly type: 'reactions'; readonly seq: number }
  /** The open questions of a room, and its hands. `seq`: this question, too, open or ended. `only`: the part that is shown. */
  | {
      readonly type: 'questions'
      readonly room: string
      readonly seq?: number | undefined
      readonly only?: 'hands' | undefined
    }
  /** The pinned messages of a room. */
  | { readonly type: 'pins'; readonly room: string }
  /** Bytes of the output of a live message, from `offset` on; a negative one counts from the end. */
  | { readonly type: 'output'; readonly seq: number; readonly offset: number; readonly limit: number }
  /** The credentials of the participant's own account. */
  | { readonly type: 'devices' }
  /** Whether a name is an account. Absent: the participant's own. */
  | { readonly type: 'account'; readonly name?: string | undefined }
  /** The participant's direct conversations, the latest first. */
  | { readonly type: 'conversations' }
  /** The participant's cursors; of a keeper, those of all. */
  | { readonly type: 'cursors' }
  /**
   * Counts the messages of the last `for` seconds that a rule such as `slow 10s` would have stopped; absent: since the
   * journal begins. `room` null: on the whole server. It takes a while, and is answered when it's done: later requests
   * aren't held up.
   */
  | {
      readonly type: 'try'
      readonly rule: string
      readonly room: string | null
      readonly for?: number | undefined
    }
  /** `room` null: of the whole server. `name`: only entries about this name. The latest `limit` entries. */
  | {
      readonly type: 'list'
      readonly what: ListName
      readonly room: string | null
      readonly name?: string | undefined
      readonly limit: number
    }
