/**
 * Events: facts, named in the past tense, as plain data. There are three kinds: public events have an audience
 * (src/reducer/audience.ts), others are for one session, and those of the ledger are for nobody.
 */

import type { CloseCode } from './closing.ts'
import type { Protocol } from './command.ts'
import type { ErrorCode } from './error.ts'
import type { MemberId, SessionId } from './input.ts'
import type { FileRef } from './message/file.ts'
import type { FinishedEvent, GrewEvent } from './message/live.ts'
import type { Name } from './name/name.ts'
import type { Asked, Hand, HandChange, QuestionKind, Result as QuestionResult } from './question.ts'
import type { CredentialDraft, CredentialId, Invite } from './state/account.ts'
import type { Cursor } from './state/cursor.ts'
import type { Edit } from './state/edits.ts'
import type { StoredFile } from './state/files.ts'
import type { Grant } from './state/grant.ts'
import type { Hook } from './state/hook.ts'
import type { Act, Filter, Held, Purge, Sanction } from './state/keeping.ts'
import type { PushSubscription } from './state/push.ts'
import type { AskKey } from './state/question.ts'
import type { Place } from './state/reads.ts'

/** Why a member left: it quit, the host kicked it, or its connection was lost and didn't come back. */
export type QuitCause = 'quit' | 'kicked' | 'lost'

/**
 * Events that members of a room see. Besides acts of moderation and deletions, only these change a `RoomView`. `member` and `author` identify the
 * member: a name may pass to another member later, an id never does.
 */
export type RoomEvent =
  | {
      readonly type: 'joined'
      readonly room: string
      readonly name: string
      readonly away: string | null
      readonly member: MemberId
      /** The member is an account's. Here and below, absent means that it is a guest. */
      readonly account?: true
      /** The file that is the account's picture. */
      readonly picture?: string
    }
  /** The member's name became an account. */
  | { readonly type: 'registered'; readonly name: string; readonly member: MemberId }
  | {
      readonly type: 'parted'
      readonly room: string
      readonly name: string
      readonly reason: string | null
      readonly member: MemberId
      /** The member that removed it from the room. Absent: it left. */
      readonly by?: string
    }
  | {
      readonly type: 'quit'
      readonly name: string
      readonly cause: QuitCause
      readonly by: string | null
      readonly reason: string | null
      readonly member: MemberId
    }
  | { readonly type: 'renamed'; readonly from: string; readonly to: string; readonly member: MemberId }
  | { readonly type: 'away'; readonly name: string; readonly note: string | null; readonly member: MemberId }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string; readonly by: string }
  | ({
      readonly type: 'said'
      readonly room: string
      readonly from: string
      readonly action: boolean
      readonly author: MemberId
      readonly account?: true
      /** The members and accounts that the text mentions. Absent: none. */
      readonly mentions?: readonly MemberId[]
      /** The question that it asks. Absent: none. */
      readonly ask?: Asked
      /** The message grows. */
      readonly live?: true
    } & Attached)
  | PinnedEvent
  | HandsEvent
  | AnsweredEvent
  | ConcludedEvent
  /** The account has a picture, or (null) none any more. */
  | { readonly type: 'pictured'; readonly name: string; readonly member: MemberId; readonly picture: string | null }

/** Absent: it answers no message, and has no files. */
type Attached = { readonly reply?: number; readonly files?: readonly FileRef[] }

/** Message `target` is pinned in its room, or (`off`) not any more. */
export type PinnedEvent = {
  readonly type: 'pinned'
  readonly room: string
  readonly target: number
  readonly off: boolean
  readonly by: string
  readonly member: MemberId
}

/** The queue of a room's hands is this one from now on. `who`: the member with the hand. */
export type HandsEvent = {
  readonly type: 'hands'
  readonly room: string
  readonly hands: readonly Hand[]
  readonly change: HandChange
  readonly by: string
  readonly member: MemberId
  readonly who: string
  readonly whoId: MemberId
}

/** A member has answered question `target`, or voted anew. */
export type AnsweredEvent = {
  readonly type: 'answered'
  readonly room: string
  readonly target: number
  readonly kind: QuestionKind
  readonly by: string
  readonly member: MemberId
  readonly account?: true
  /** The choice, and its label. Absent for a buzz. */
  readonly choice?: number
  readonly label?: string
  /** Its place among all answers, from 1 on. */
  readonly place: number
  /** It decides, or is the first of a buzz. */
  readonly first?: true
  /** The votes by choice, of a poll. */
  readonly counts?: readonly number[]
}

/** Question `target` has ended. `asker`: who asked. `choices`: its labels, unless it was deleted. */
export type ConcludedEvent = {
  readonly type: 'concluded'
  readonly room: string
  readonly target: number
  readonly kind: QuestionKind
  readonly choices: readonly string[]
  readonly asker: string
} & QuestionResult

/** An act of moderation. With a role or a mode of a room, it changes the room's view. */
export type ModeratedEvent = { readonly type: 'moderated' } & Act

/** A direct message. Only its two parties get it. */
export type ToldEvent = {
  readonly type: 'told'
  readonly from: string
  readonly to: string
  readonly action: boolean
  readonly author: MemberId
  readonly account?: true
  /** The recipient. */
  readonly other: MemberId
} & Attached

/** A message was deleted: the one of input `target`, sent in `room` or (null) as a direct message. */
export type DeletedEvent = {
  readonly type: 'deleted'
  readonly room: string | null
  readonly target: number
  readonly by: string
  /** One of many at once, which are announced together. */
  readonly bulk?: true
}

/** The text of message `target` is that beside input `edit` from now on. */
export type EditedEvent = {
  readonly type: 'edited'
  readonly room: string | null
  readonly target: number
  readonly edit: number
  readonly from: string
  readonly author: MemberId
  readonly account?: true
  readonly mentions?: readonly MemberId[]
}

/** A member has reacted to message `target`, or (`off`) has taken that back. */
export type ReactedEvent = {
  readonly type: 'reacted'
  readonly room: string | null
  readonly target: number
  readonly emoji: string
  readonly off: boolean
  readonly by: string
  readonly member: MemberId
  readonly account?: true
}

/** A message waits for a keeper who may release it. Only its author and those keepers get the event. */
export type HeldEvent = { readonly type: 'held' } & Omit<Held, 'seq' | 'at'>

/** Changes of a message that was sent before. */
export type MessageChange = EditedEvent | ReactedEvent | DeletedEvent | ConcludedEvent

export type PublicEvent = RoomEvent | ToldEvent | MessageChange | FinishedEvent | ModeratedEvent | HeldEvent

/** Fields of a public event that only the server needs. */
type Routed<T extends PublicEvent['type'], P = unknown> = Extract<PublicEvent, { type: T }> & P

/** A public event as the reducer gives it: with its recipients, and with fields that only the state needs. */
export type RoutedEvent =
  | Routed<'joined' | 'parted' | 'topic' | 'pinned' | 'hands' | 'answered' | 'concluded' | 'finished'>
  | Routed<'pictured', { readonly rooms: readonly string[] }>
  | Routed<'quit', { readonly rooms: readonly string[] }>
  /** `filters`, here and below: the word filters that the note, or the name, matched anywhere. */
  | Routed<'away', { readonly rooms: readonly string[]; readonly filters?: readonly number[] }>
  | Routed<'renamed', { readonly name: Name; readonly rooms: readonly string[]; readonly filters?: readonly number[] }>
  | Routed<
      'registered',
      { readonly session: SessionId; readonly credential: CredentialDraft; readonly rooms: readonly string[] }
    >
  /**
   * `everyone`: a message of the host in the lobby, which also reaches members of other rooms. `key`: of its question.
   * `session`: of a live message, the one that it ends with.
   */
  | Routed<'said', { readonly everyone: boolean; readonly key?: AskKey; readonly session?: SessionId }>
  | Routed<'told', { readonly sessions: readonly SessionId[] }>
  /** `to`: all members of its room, everybody, or these sessions: of the keepers, and of the subject. */
  | Routed<'moderated', { readonly to: 'room' | 'everyone' | readonly SessionId[] }>
  | Routed<'held', { readonly sessions: readonly SessionId[] }>
  /** `sessions`: those of the two parties, for a direct message. */
  | Routed<'deleted' | 'edited' | 'reacted', { readonly sessions: readonly SessionId[]; readonly everyone: boolean }>

/** Events of one session: its life, and the answers to its inputs. `session` may also be the host or an API token. */
export type SessionEvent =
  | {
      readonly type: 'welcomed'
      readonly session: SessionId
      readonly member: MemberId
      readonly name: Name
      readonly origin: string
      readonly protocol: Protocol
      readonly token: string | null
      /** For the session of an account. */
      readonly credential?: CredentialId
      readonly invite?: string
      /** The sanctions on networks that its address is in. Absent, here and below: none. */
      readonly nets?: readonly number[]
    }
  /** `via` is the session id under which the new connection came. */
  | {
      readonly type: 'resumed'
      readonly session: SessionId
      readonly via: SessionId
      readonly origin: string
      readonly nets?: readonly number[]
    }
  /** A lapsed session is a member again. `joined` follows for each room that it returns to. */
  | {
      readonly type: 'returned'
      readonly session: SessionId
      readonly via: SessionId
      readonly origin: string
      readonly name: Name
      readonly nets?: readonly number[]
    }
  /** `question`: the number of the question that was asked, now or before under the same key. */
  | { readonly type: 'done'; readonly session: SessionId; readonly n: number; readonly question?: number }
  | {
      readonly type: 'rejected'
      readonly session: SessionId
      readonly n: number | null
      readonly code: ErrorCode
      readonly detail: string
      /** The holder of the taken name: a member, or a token of the API. Nothing in the state depends on it. */
      readonly holder?: MemberId
      /** When the same request may succeed, milliseconds since the epoch. Nothing in the state depends on it. */
      readonly until?: number
    }
  /** A repeated command is answered again, not performed again. */
  | { readonly type: 'repeated'; readonly session: SessionId; readonly result: Result }
  | { readonly type: 'detached'; readonly session: SessionId; readonly until: number }
  /** The grace is over: others see an exit. The session may return before `until`. */
  | { readonly type: 'lapsed'; readonly session: SessionId; readonly until: number }
  | { readonly type: 'ended'; readonly session: SessionId; readonly code: CloseCode; readonly detail: string }
  /** This session reports how far the member has read. */
  | {
      readonly type: 'read'
      readonly session: SessionId
      readonly member: MemberId
      readonly reads: readonly { readonly place: Place; readonly seq: number }[]
    }
  /** The address of its connection is in the networks of these sanctions. */
  | { readonly type: 'matched'; readonly session: SessionId; readonly nets: readonly number[] }
  /** The member ignores the messages of `who`, or (`off`) sees them again. */
  | {
      readonly type: 'ignored'
      readonly session: SessionId
      readonly member: MemberId
      readonly who: MemberId
      readonly name: string
      readonly off: boolean
    }
  | ({ readonly type: 'turned'; readonly session: SessionId } & CursorTurn)

/**
 * The turn of a program that claimed a cursor: it holds the cursor, from `seq` on, or waits for its turn; it lost the
 * cursor (`lost`), or nobody has the cursor any more (`removed`).
 */
export type CursorTurn = Pick<Cursor, 'name' | 'room' | 'seq' | 'turn'> & {
  readonly is: 'holding' | 'waiting' | 'lost' | 'removed'
}

/** The bookkeeping of the API, of webhooks, of accounts and of the journal. No participant gets these. */
export type LedgerEvent =
  | ({ readonly type: 'granted' } & Omit<Grant, 'posted'>)
  | { readonly type: 'revoked'; readonly grant: SessionId; readonly name: string }
  /** A `said` came before. From now on its message is known under `key`. */
  | { readonly type: 'posted'; readonly grant: SessionId; readonly key: string; readonly print: string }
  /** A repeated key is answered again, not performed again. */
  | { readonly type: 'reposted'; readonly grant: SessionId; readonly seq: number; readonly at: number }
  | ({ readonly type: 'hooked' } & Hook)
  | { readonly type: 'unhooked'; readonly hook: number }
  /** Its secret has a new salt; the one before signs until then. Null: the one before signs no more. */
  | {
      readonly type: 'rotated'
      readonly hook: number
      readonly salt: string | null
      readonly until: number | null
    }
  | { readonly type: 'forwarded'; readonly hook: number; readonly cursor: number; readonly paused: boolean }
  | { readonly type: 'formatted'; readonly format: number }
  /** The server takes part, by this run of it. */
  | {
      readonly type: 'node-started'
      readonly node: string
      readonly run: string
      readonly address?: string
      readonly reads?: number
    }
  /** The server doesn't take part any more. Its sessions were detached or have ended before. */
  | { readonly type: 'node-ended'; readonly node: string; readonly run: string }
  /** `replaces`: the credential whose place it takes. `session` has the new credential from now on; null: none. */
  | {
      readonly type: 'credentialed'
      readonly account: MemberId
      readonly credential: CredentialDraft
      readonly replaces: CredentialId | null
      readonly session: SessionId | null
    }
  /** The sessions of the credential, here and lapsed, have ended before. */
  | { readonly type: 'withdrawn'; readonly account: MemberId; readonly credential: CredentialId }
  | ({ readonly type: 'subscribed' } & PushSubscription)
  | { readonly type: 'unsubscribed'; readonly id: number }
  /** The endpoint of the subscription is beside this input now. */
  | { readonly type: 'push-carried'; readonly id: number }
  | { readonly type: 'rehashed'; readonly account: MemberId; readonly credential: CredentialDraft }
  | {
      readonly type: 'account-added'
      readonly account: MemberId
      readonly name: Name
      readonly credential: CredentialDraft
    }
  /** The account isn't here. For one that is here, there is a `renamed`. */
  | { readonly type: 'account-renamed'; readonly account: MemberId; readonly name: Name }
  /** The account was used again, so it stays. */
  | { readonly type: 'account-kept'; readonly account: MemberId }
  /** `erase`: its messages are to be erased. */
  | { readonly type: 'account-removed'; readonly account: MemberId; readonly name: string; readonly erase?: true }
  | { readonly type: 'account-erased'; readonly account: MemberId }
  | ({ readonly type: 'invited' } & Invite)
  | { readonly type: 'uninvited'; readonly invite: string }
  | { readonly type: 'invite-used'; readonly invite: string }
  | { readonly type: 'founded'; readonly room: string; readonly by: MemberId }
  /** The room has no founder any more. An empty one is gone. */
  | { readonly type: 'unfounded'; readonly room: string }
  /** `until`: when it ends; null: not by itself. */
  | ({ readonly type: 'restricted'; readonly until: number | null } & Sanction)
  | { readonly type: 'lifted'; readonly id: number }
  /** The network of the sanction is beside this input now. */
  | { readonly type: 'carried'; readonly id: number }
  | { readonly type: 'administered'; readonly account: MemberId; readonly off: boolean }
  /** `key`: the hash of the key to join; null: none. */
  | { readonly type: 'keyed'; readonly room: string; readonly key: string | null }
  | ({ readonly type: 'filtered'; readonly room: string | null } & Filter)
  | { readonly type: 'unfiltered'; readonly room: string | null; readonly filter: number }
  | { readonly type: 'admitted'; readonly room: string; readonly member: MemberId }
  | ({ readonly type: 'purging' } & Purge)
  | { readonly type: 'purged'; readonly purge: number }
  /** A message is not held any more, shown or not. */
  | { readonly type: 'unheld'; readonly target: number }
  /** The input led to nothing, so nobody needs the text beside it. */
  | { readonly type: 'unneeded'; readonly target: number }
  | { readonly type: 'spent'; readonly targets: readonly number[] }
  /** The new text of a message is stored, and waits until the one before is erased. */
  | ({ readonly type: 'editing' } & Omit<Edit, 'seq'>)
  /** It will not be shown. */
  | { readonly type: 'edit-dropped'; readonly edit: number }
  | ({ readonly type: 'uploaded' } & Omit<StoredFile, 'message'>)
  /** The message of a question that has ended isn't kept any more. */
  | { readonly type: 'question-forgotten'; readonly question: number }
  /** Nobody needs the file any more. Its bytes are still to be erased. */
  | { readonly type: 'unstored'; readonly file: string }
  | { readonly type: 'files-erased'; readonly files: readonly string[] }
  /** The cursor is like this from now on. */
  | ({ readonly type: 'cursored' } & Cursor)
  | { readonly type: 'uncursored'; readonly name: string; readonly owner: string }
  | GrewEvent

/** The result of a command that was done at `seq`. */
export const doneAt = (seq: number, { n, question }: Extract<SessionEvent, { type: 'done' }>): Result => ({
  ...{ n, seq, code: null, detail: '' },
  ...(question !== undefined && { question }),
})

export type Event = RoutedEvent | SessionEvent | LedgerEvent
export type EventOf<T extends Event['type']> = Extract<Event, { type: T }>

type KindOf<E extends Event> = E extends RoutedEvent ? 'public' : E extends SessionEvent ? 'session' : 'ledger'

/** The kind of every event: readers ask for it once, and then handle the events of the kinds that they are about. */
const KINDS: { readonly [E in Event as E['type']]: KindOf<E> } = {
  joined: 'public',
  parted: 'public',
  quit: 'public',
  renamed: 'public',
  away: 'public',
  topic: 'public',
  said: 'public',
  told: 'public',
  deleted: 'public',
  welcomed: 'session',
  resumed: 'session',
  returned: 'session',
  done: 'session',
  rejected: 'session',
  repeated: 'session',
  detached: 'session',
  lapsed: 'session',
  ended: 'session',
  granted: 'ledger',
  revoked: 'ledger',
  posted: 'ledger',
  reposted: 'ledger',
  hooked: 'ledger',
  unhooked: 'ledger',
  forwarded: 'ledger',
  rotated: 'ledger',
  formatted: 'ledger',
  'node-started': 'ledger',
  'node-ended': 'ledger',
  registered: 'public',
  read: 'session',
  credentialed: 'ledger',
  withdrawn: 'ledger',
  rehashed: 'ledger',
  subscribed: 'ledger',
  unsubscribed: 'ledger',
  'push-carried': 'ledger',
  'account-added': 'ledger',
  'account-renamed': 'ledger',
  'account-kept': 'ledger',
  'account-removed': 'ledger',
  'account-erased': 'ledger',
  invited: 'ledger',
  uninvited: 'ledger',
  'invite-used': 'ledger',
  founded: 'ledger',
  unfounded: 'ledger',
  moderated: 'public',
  held: 'public',
  matched: 'session',
  ignored: 'session',
  restricted: 'ledger',
  lifted: 'ledger',
  carried: 'ledger',
  administered: 'ledger',
  keyed: 'ledger',
  filtered: 'ledger',
  unfiltered: 'ledger',
  admitted: 'ledger',
  purging: 'ledger',
  purged: 'ledger',
  unheld: 'ledger',
  unneeded: 'ledger',
  spent: 'ledger',
  edited: 'public',
  reacted: 'public',
  pinned: 'public',
  hands: 'public',
  answered: 'public',
  concluded: 'public',
  pictured: 'public',
  editing: 'ledger',
  'edit-dropped': 'ledger',
  grew: 'ledger',
  finished: 'public',
  uploaded: 'ledger',
  'question-forgotten': 'ledger',
  unstored: 'ledger',
  'files-erased': 'ledger',
  turned: 'session',
  cursored: 'ledger',
  uncursored: 'ledger',
}

/** Whether it gets a place of its own, `(seq, i, last)`, in the stream that its audience sees. */
export const isPublic = (event: Event): event is RoutedEvent => KINDS[event.type] === 'public'

export const isOfSession = (event: Event): event is SessionEvent => KINDS[event.type] === 'session'

/** The result of a numbered command: at `seq` it was done (`code` null) or refused with `code`. */
export type Result = {
  readonly n: number
  readonly seq: number
  readonly code: ErrorCode | null
  readonly detail: string
  /** The number of the question that it asked. Absent: it asked none. */
  readonly question?: number
}
