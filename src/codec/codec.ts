/**
 * A codec turns bytes into asks, and events and answers into text. No I/O, no clock. A decoder is incremental: its
 * carry grows with each chunk, and gives up one ask after another.
 */

import type { CloseCode } from '../model/closing.ts'
import type { Command, NewAccount, Protocol, Query, ReadPlace, SignIn } from '../model/command.ts'
import type { ErrorCode } from '../model/error.ts'
import type { CursorTurn, PublicEvent, Result } from '../model/event.ts'
import type { MemberId, SessionId } from '../model/input.ts'
import type { Mode, Modes, ModeValue } from '../model/keeping/modes.ts'
import type { RoomRole } from '../model/keeping/roles.ts'
import type { TriedRule } from '../model/keeping/trial.ts'
import type { Reaction } from '../model/message/evolve-message.ts'
import type { LiveEnd } from '../model/message/live.ts'
import type { Message } from '../model/message/message.ts'
import type { Answer, Asked, Hand, Result as QuestionResult } from '../model/question.ts'
import type { SecretWanted } from '../model/slash/row.ts'
import type { Credential, CredentialId, Proof } from '../model/state/account.ts'
import type { Filter, LoggedAct } from '../model/state/keeping.ts'
import type { RoomView } from '../model/view.ts'
import type { Quoted } from './quotation.ts'
import type { Holder } from './refusal.ts'

/** A request of a peer, as far as the codec can tell. */
export type Ask =
  | ({
      readonly type: 'hello'
      readonly name: string
      readonly room: string | null
      /** Messages of history wanted on joining a room; null: the usual number. */
      readonly history: number | null
      /** Absent: none was given. */
      readonly password?: string
      /** The terminal was told to hide the input, and has to be told to show it again. */
      readonly hidden?: boolean
    } & AskIdentity)
  | ({
      readonly type: 'resume'
      readonly token: string
      readonly cursor: number
      readonly epoch: string
      /** The client has the rooms and the missed messages that came with its last welcome. */
      readonly whole: boolean
      readonly history: number | null
      /** The name and room to enter with if there's no such session; null: don't enter. */
      readonly enter: { readonly name: string; readonly room: string | null } | null
      readonly password?: string
    } & AskIdentity)
  /** The answer to a challenge. */
  | { readonly type: 'prove'; readonly proof: ChallengeProof }
  /** A person has given a name, and has to be asked for the password; hidden, if the terminal speaks telnet. */
  | { readonly type: 'password'; readonly hidden: boolean }
  /** A person has typed a command without its secret, and has to be asked for the secret. `room`: the current room. */
  | (SecretWanted & { readonly room: string })
  /** The line that a person has typed when asked for a secret. `hidden`: as above. */
  | { readonly type: 'typed'; readonly text: string; readonly hidden: boolean }
  | { readonly type: 'command'; readonly n: number | null; readonly command: Command }
  | { readonly type: 'query'; readonly n: number | null; readonly query: Query }
  | { readonly type: 'ping'; readonly id: string | number | null }
  | { readonly type: 'pong' }
  /** Somebody types there. */
  | { readonly type: 'typing'; readonly where: ReadPlace }
  /** `topic`: a group or a command of the slash commands. */
  | { readonly type: 'help'; readonly topic?: string }
  /** The decoder has answered the request itself: `text`, with its line end, is written in its turn. */
  | { readonly type: 'answered'; readonly text: string }
  /** Before there is a name: from now on the peer is written to in this encoding, such as one with more capabilities. */
  | { readonly type: 'negotiated'; readonly encoding: Encoding }
  | { readonly type: 'malformed'; readonly n: number | null; readonly code: ErrorCode; readonly detail: string }

/** The identity that a hello claims. With none of these: a guest. */
export type AskIdentity = {
  /** An account. Its name may be empty with a passkey, which tells the account. */
  readonly account?: SignIn
  /** The name becomes an account. */
  readonly register?: NewAccount
  /** The token of an invite. */
  readonly invite?: string
}

/** For a key: its signature, and the server's certificate that the client sees. For a passkey: the browser's answer. */
export type ChallengeProof = {
  readonly signature?: string | undefined
  readonly seen?: string | undefined
  readonly passkey?: Readonly<Record<string, unknown>> | undefined
}

/** Everything that a peer is sent. */
export type Outgoing =
  /** Asks a person, not a program. `hidden`: the terminal is told not to show the input; `shown` ends that. */
  | { readonly type: 'prompt'; readonly what: 'name' | 'password' | 'new-password'; readonly hidden?: boolean }
  | { readonly type: 'shown' }
  | { readonly type: 'challenge'; readonly n: number | null; readonly challenge: Challenge }
  | { readonly type: 'welcome'; readonly welcome: Welcome }
  /**
   * A room as it is after `seq`, for a session that has just joined or resumed. `counts` absent: they can't be read.
   */
  | {
      readonly type: 'room'
      readonly seq: number
      readonly at: number
      readonly view: RoomView
      readonly counts?: ReadCounts | undefined
    }
  /** Another session of the member has read a place up to input `target`. */
  | {
      readonly type: 'read'
      readonly seq: number
      readonly at: number
      readonly place: { readonly room: string } | { readonly with: string; readonly id: MemberId }
      readonly target: number
      readonly counts: ReadCounts
    }
  /** Whether the session has a cursor now, from `place` on. Not for people. */
  | ({
      readonly type: 'cursor'
      readonly seq: number
      readonly at: number
      readonly cursor: string
      readonly place: number
    } & Pick<CursorTurn, 'room' | 'is' | 'turn'>)
  | {
      readonly type: 'cursors'
      readonly at: number
      readonly n: number | null
      readonly cursors: readonly ListedCursor[]
    }
  /** A member's direct conversations, the latest first. */
  | {
      readonly type: 'conversations'
      readonly seq: number
      readonly n: number | null
      readonly conversations: readonly DirectConversation[]
    }
  | {
      readonly type: 'event'
      readonly seq: number
      readonly at: number
      readonly i: number
      readonly last: boolean
      readonly event: PublicEvent
      readonly text: string | null
      /** The names of the files of a message. */
      readonly names?: readonly string[] | undefined
      /**
       * The message that it answers, or is a reaction to. Null: it's gone. Undefined: there is none, or nobody here reads
       * words.
       */
      readonly quoted?: Quoted | null | undefined
    }
  /** Messages that were asked for one by one, or (`room`) the pinned ones of a room. */
  | {
      readonly type: 'messages'
      readonly seq: number
      readonly at: number
      readonly n: number | null
      readonly room: string | null
      readonly messages: readonly Message[]
    }
  /** The open questions of a room, and its hands; or (`question`) the one that was asked about, open or ended. */
  | ({
      readonly type: 'questions'
      readonly seq: number
      readonly at: number
      readonly n: number | null
    } & ListedQuestions)
  /** The reactions to message `target`, by member. */
  | {
      readonly type: 'reactions'
      readonly at: number
      readonly n: number | null
      readonly target: number
      readonly reactions: readonly Reaction[]
    }
  /**
   * Live message `target` has grown to so many bytes, of which these are the last lines. Only for clients that can show
   * it.
   */
  | {
      readonly type: 'growing'
      readonly room: string
      readonly target: number
      readonly size: number
      readonly tail: string
    }
  /** Bytes of the output of message `target`, from `offset` on, in base64. `end` null: it grows. */
  | {
      readonly type: 'output'
      readonly at: number
      readonly n: number | null
      readonly target: number
      readonly offset: number
      readonly size: number
      readonly data: string
      readonly end: LiveEnd | null
    }
  /** Somebody types: in a room, or (null) to the recipient alone. Only for clients that can show it for a moment. */
  | { readonly type: 'typing'; readonly room: string | null; readonly name: string; readonly id: MemberId }
  | { readonly type: 'result'; readonly result: Result }
  | {
      readonly type: 'rejected'
      readonly at: number
      readonly n: number | null
      readonly code: ErrorCode
      readonly detail: string
      /** The holder of a taken name. */
      readonly holder?: Holder | undefined
      /** When the same request may succeed, milliseconds since the epoch. */
      readonly until?: number | undefined
    }
  | { readonly type: 'rooms'; readonly at: number; readonly n: number | null; readonly rooms: readonly RoomView[] }
  | { readonly type: 'who'; readonly at: number; readonly n: number | null; readonly view: RoomView }
  /** A page of history, of one room, or (null) of a search in several; `words`: the words of the search. */
  | {
      readonly type: 'past'
      /** The page is complete up to this input, except for the part that `more` names. */
      readonly seq: number
      readonly at: number
      readonly n: number | null
      readonly room: string | null
      readonly words: string | null
      readonly messages: readonly Message[]
      readonly more: boolean
      /**
       * For a gap: the page begins after input `after`, and `missed` messages were missed, counted up to MISSED_MAX.
       */
      readonly gap: { readonly after: number; readonly missed: number } | null
      /** Messages right before the page that are not kept any more, if it begins after an input. */
      readonly gone: number
    }
  | {
      readonly type: 'devices'
      readonly at: number
      readonly n: number | null
      readonly name: string
      readonly devices: readonly Device[]
      /** The key that browsers subscribe with, and the ids of the account's subscriptions. Absent: this server sends none. */
      readonly push?: { readonly key: string; readonly devices: readonly string[] }
    }
  /** `since`: when the account was registered; null: the name is a guest's. */
  | {
      readonly type: 'account'
      readonly at: number
      readonly n: number | null
      readonly name: string
      readonly id: MemberId
      readonly since: number | null
      readonly here: boolean
    }
  /** The answer about keeping order. */
  | ({ readonly type: 'list'; readonly at: number; readonly n: number | null; readonly room: string | null } & Listing)
  /** The result of a tried rule. */
  | ({ readonly type: 'tried'; readonly at: number; readonly n: number | null } & TriedRule)
  /** The list of ignored members has changed. */
  | {
      readonly type: 'ignored'
      readonly seq: number
      readonly at: number
      readonly id: MemberId
      readonly name: string
      readonly off: boolean
    }
  /** Tells a person that a command was carried out, if no event does. A program gets a result for its number. */
  | { readonly type: 'done'; readonly at: number; readonly what: 'password' }
  | { readonly type: 'help'; readonly at: number; readonly topic?: string }
  | { readonly type: 'ping'; readonly seq: number }
  | { readonly type: 'pong'; readonly id: string | number | null; readonly seq: number }
  /** The server is cut off: until it's `over`, nothing is acknowledged, and nothing new comes. */
  | { readonly type: 'stalled'; readonly at: number; readonly over: boolean }
  /** The server stops within so many milliseconds. `nodes`: other addresses of the chat. */
  | { readonly type: 'draining'; readonly at: number; readonly ms: number; readonly nodes: readonly string[] }
  | {
      readonly type: 'closed'
      readonly at: number
      readonly code: CloseCode
      readonly detail: string
      /** With `moved`: other addresses of the chat. */
      readonly nodes?: readonly string[]
    }

/** For a key: the nonce to sign, and `server`, the epoch. For a passkey: the options of its ceremony. */
export type Challenge = { readonly nonce: string; readonly server: string } | { readonly passkey: object }

/** `question`: absent if none was asked about. */
export type ListedQuestions = {
  readonly room: string
  readonly open: readonly ListedQuestion[]
  readonly hands: readonly Hand[]
  readonly question?: ListedQuestion
  /** A person asked for these alone. */
  readonly only?: 'hands'
}

/** `text` null: it's gone. `answers`: the first ones, at most ANSWERS_SHOWN of `total`. `result` absent: it's open. */
export type ListedQuestion = Asked & {
  readonly seq: number
  readonly at: number
  readonly room: string
  readonly from: string
  readonly id: MemberId
  readonly text: string | null
  /** Votes by choice. */
  readonly counts: readonly number[]
  readonly answers: readonly Answer[]
  readonly total: number
  readonly result?: QuestionResult
  /** Nobody who may answer is in the room, besides the asker. Only of the one that was asked about. */
  readonly nobody?: true
}

/** A credential, as its owner sees it. `sessions`: how many entered with it. `current`: this session did. */
export type Device = Pick<Credential, 'id' | 'label' | 'since' | 'used'> & {
  readonly kind: Proof['kind']
  readonly sessions: number
  readonly current: boolean
}

/** A cursor, as its owner or a keeper sees it. */
export type ListedCursor = {
  /** Its number, which metrics show. */
  readonly id: number
  readonly cursor: string
  readonly owner: string
  readonly room: string
  readonly place: number
  /** Messages after that, counted up to CURSOR_LAG_MAX. Null: the one who asks may not read the room. */
  readonly lag: number | null
  /** When the first of them was sent. Null: there is none, or `lag` is null. */
  readonly since: number | null
  readonly used: number
  /** The session, or the name that a program with a token gives itself. Null: nobody has the turn. */
  readonly holder: string | null
  /** The holder has no connection. */
  readonly away: boolean
  readonly waiting: number
  /** It belongs to a token that was revoked. A new token of that name has it. */
  readonly revoked: boolean
}

/** The entries of a list. All times are in milliseconds since the epoch; `until` null: it doesn't end by itself. */
export type Listing =
  | { readonly what: 'bans' | 'mutes' | 'exceptions'; readonly entries: readonly ListedSanction[] }
  | { readonly what: 'filters'; readonly entries: readonly Filter[] }
  | { readonly what: 'held'; readonly entries: readonly ListedHeld[] }
  | { readonly what: 'log'; readonly entries: readonly LoggedAct[] }
  | { readonly what: 'roles'; readonly entries: readonly ListedRole[] }
  | { readonly what: 'modes'; readonly entries: readonly ListedMode[] }
  | { readonly what: 'ignored'; readonly entries: readonly { readonly id: MemberId; readonly name: string }[] }

export type ListedSanction = {
  /** Its number. */
  readonly id: number
  /** Null: it is on a network. */
  readonly who: string | null
  /** Null: it is on a member, or this server doesn't have the network (yet). */
  readonly net: string | null
  readonly by: string
  readonly at: number
  readonly until: number | null
  readonly reason: string | null
}
/** `text` null: it is gone. */
export type ListedHeld = {
  readonly seq: number
  readonly at: number
  readonly from: string
  readonly id: MemberId
  readonly text: string | null
  readonly filter: number
}
export type ListedRole = { readonly id: MemberId; readonly name: string; readonly role: RoomRole | 'administrator' }
export type ListedMode = { readonly mode: Mode; readonly value: ModeValue; readonly until: number | null }

/** How far the reader has read a place, and the numbers of later messages, each counted up to UNREAD_MAX. */
export type ReadCounts = { readonly read: number; readonly unread: number; readonly mentions: number }

export type DirectConversation = ReadCounts & {
  /** The other member, and its name now, or when it was last here. */
  readonly id: MemberId
  readonly with: string
  readonly account: boolean
}

/** How a session begins or continues. */
export type Welcome = {
  readonly seq: number
  readonly at: number
  readonly session: SessionId
  /** The member behind the session. */
  readonly id: MemberId
  readonly name: string
  /** The token that resumes the session; null if the protocol can't resume. */
  readonly token: string | null
  readonly epoch: string
  readonly resumed: boolean
  /** Some events after the client's cursor are missing. */
  readonly gap: boolean
  /** Others saw the session exit, and now see it enter again. */
  readonly returned: boolean
  /** The grace of a lost session, in milliseconds. */
  readonly grace: number
  /** Commands a second and in a burst; null: no limit. */
  readonly rate: { readonly perSecond: number; readonly burst: number } | null
  /** The credential of its account that the session entered with. Absent: a guest. */
  readonly credential?: CredentialId | undefined
  /** Other servers of the same chat: `HOST:PORT`. Absent or empty: there are none, or they don't say. */
  readonly nodes?: readonly string[]
  /** The member is an administrator. Absent: it isn't. */
  readonly administrator?: true
  /** The modes of the whole server. Absent: none is on. */
  readonly modes?: Modes
  /** The members that the member ignores. Absent: none. */
  readonly ignored?: readonly { readonly id: MemberId; readonly name: string }[]
}

export interface Decoder<C> {
  readonly empty: C
  push(carry: C, bytes: Uint8Array): C
  /** The peer will send no more: the rest counts as complete. */
  finish(carry: C): C
  /**
   * The next ask, or null if more bytes are needed. `entered`: whether the peer has a name yet. `asked`: it was asked
   * for a secret, so the next line is one. Programs are never asked.
   */
  pull(carry: C, entered: boolean, asked?: boolean): Pulled<C>
  /** Whether the peer's terminal can be told to hide the input. Absent: no. */
  hides?(carry: C): boolean
  /** Bytes held in the carry. */
  size(carry: C): number
}

/** `blank`: the number of blank lines that were skipped. They count against the peer's limits. */
export type Pulled<C> = { readonly ask: Ask | null; readonly carry: C; readonly blank: number }

/** The peer that is written to. `name`: its name now; null before it has one. */
export type Recipient = { readonly name: string | null }

/** A frame around memory that other frames share. That memory never changes, and is written without being copied. */
export type Enclosing<Text extends string | Uint8Array = string | Uint8Array> = {
  readonly head: Text
  readonly shared: readonly Uint8Array[]
  readonly tail: Text
}

/**
 * `Wire` is the type of a frame: text, or bytes if the protocol wraps its text in frames. A protocol with capabilities
 * has an encoding for each set of them.
 */
export interface Encoding<Wire extends string | Uint8Array | Enclosing = string | Uint8Array | Enclosing> {
  /** Names the protocol and the set of capabilities. Readers with the same encoding share one ring per room. */
  readonly id: string
  readonly protocol: Protocol
  /** Whether senders get their own messages back. */
  readonly echoes: boolean
  /** Whether a lost session can be resumed. */
  readonly resumes: boolean
  /** Whether clients can tell history from news. */
  readonly recalls: boolean
  /** Whether the server can ping a peer. */
  readonly pings: boolean
  /** Whether clients leave out messages of ignored members by themselves. */
  readonly ignores: boolean
  /** Milliseconds after the first write, and between all others, each of one frame. Null: a whole turn at once. */
  readonly pace: { readonly first: number; readonly rest: number } | null
  /**
   * The frames for `outgoing`, complete and in order; none if this protocol has no word for it. Without a recipient, all
   * readers of this encoding share them.
   */
  encode(outgoing: Outgoing, recipient?: Recipient): readonly Wire[]
}

export type Codec<C = unknown> = {
  readonly decoder: Decoder<C>
  readonly encoding: Encoding
  /** After a refused name: the peer may send another, is asked for another, or expects the connection to end. */
  readonly onRefusal: 'go-on' | 'prompt' | 'close'
}
