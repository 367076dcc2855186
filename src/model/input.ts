/**
 * Inputs: requests of members, and things that happened to them. Plain and serialisable. Ingress computes every value
 * that needs a clock, randomness or a Unicode table and stores it here, so that folding is deterministic.
 */
import type { Protocol } from './command.ts'
import type { MemberId, SessionId } from './ids.ts'
import type { Mode, ModeValue } from './keeping/modes.ts'
import type { FileRef } from './message/file.ts'
import type { Name } from './name/name.ts'
import type { Entitled, QuestionKind } from './question.ts'
import type { CredentialDraft, CredentialId } from './state/account.ts'
import type { Upload } from './state/files.ts'
import type { HookEvents, HookKind } from './state/hook.ts'
import type { FilterAction, FilterKind, SanctionKind } from './state/keeping.ts'
import type { AskKey } from './state/question.ts'
import type { Place } from './state/reads.ts'

export type { MemberId, SessionId }

/** The session that the server console acts as. It has no connection, and no `hello` of it is journaled. */
export const HOST_SESSION: SessionId = 'host'

/** Fields of every input. */
export type Stamp = {
  /** Unique over all servers that write to one journal: `RUN.NUMBER`, where RUN names the start of the server. */
  readonly id: string
  /** Milliseconds since the epoch, by the clock of the origin. */
  readonly at: number
  /** Milliseconds that this clock was set forward (or back) since the origin's previous input. Absent: it was not. */
  readonly set?: number
  /**
   * With `set` and with `started`: this clock's distance from the machine's monotonic time, in milliseconds. Servers on
   * one machine say the same.
   */
  readonly offset?: number
  /** The server that took the input in. */
  readonly origin: string
  readonly session: SessionId
  /** The client's number for this command. Null: an unnumbered command, of which no result is kept. */
  readonly n: number | null
}

/** The request or the occurrence. The text of a message travels beside the input, never in it: `textKeys`. */
export type Body =
  | ({
      readonly type: 'hello'
      readonly name: Name
      readonly room: string
      readonly protocol: Protocol
      /** Hash of the token that resumes this session. Null: its protocol can't resume. */
      readonly token: string | null
    } & Identity)
  /**
   * `session` is the id of the new connection. The session to continue is found by the hash of its token. `enter` says
   * how to enter if there is none; null: don't enter. Absent: the journal is from a version without lapsed sessions.
   * There a session was unknown after its grace, and entered anew by a hello. `known`: ingress knew the session, so it
   * asked for no password, no invite and no credential. If the session is gone meanwhile, nobody enters. `filters`: without
   * `enter`, those that the name of a lapsed session matched.
   */
  | ({
      readonly type: 'resume'
      readonly token: string
      readonly enter?: Enter | null
      readonly known?: true
    } & Matched &
      Filtered)
  | ({
      readonly type: 'say'
      readonly room: string
      readonly action: boolean
      /** The message grows. */
      readonly live?: true
      readonly mentions?: readonly MemberId[]
    } & Attached &
      Asking &
      Filtered)
  | ({ readonly type: 'tell'; readonly to: Target; readonly action: boolean } & Attached & Filtered)
  /** `key`: the hash of the room's key that the member gave. `filters`: of its name; `noted`: of its away note. */
  | ({
      readonly type: 'join'
      readonly room: string
      readonly key?: string
      readonly noted?: readonly number[]
    } & Filtered)
  | ({ readonly type: 'part'; readonly room: string; readonly reason: string | null } & Filtered)
  | ({ readonly type: 'topic'; readonly room: string; readonly topic: string } & Filtered)
  | ({ readonly type: 'nick'; readonly name: Name } & Filtered)
  | ({ readonly type: 'away'; readonly note: string | null } & Filtered)
  /** `room`: only from this room. Absent: from the server. */
  | { readonly type: 'kick'; readonly who: Target; readonly reason: string | null; readonly room?: string }
  | ({ readonly type: 'quit'; readonly reason: string | null } & Filtered)
  /**
   * The text of input `target` is already gone from the journal. Ingress has checked that the author or the host asks.
   * `room` is the room of the message; null for a direct message, of which `members` are the author and the other
   * party.
   */
  | {
      readonly type: 'delete'
      readonly target: number
      readonly room: string | null
      readonly members: readonly MemberId[]
      /** The host sent it in the lobby, so it reached everyone. */
      readonly everyone: boolean
      /** It's one of many: the messages of an account are erased. They aren't announced one by one. */
      readonly bulk?: true
      /** Author of the message. Absent: the journal is from before format 7. */
      readonly author?: MemberId
      /** The inputs besides `target` whose texts the message has had. Absent: it was never edited. */
      readonly texts?: readonly number[]
    }
  /**
   * The connection that came as `via` is gone. `until` is when the grace of its session is over; null: it exits at
   * once. If the session continued on another connection since, nothing follows.
   */
  | { readonly type: 'lost'; readonly via: SessionId; readonly until: number | null }
  | { readonly type: 'tick' }
  /**
   * The host gives a program a token. `secret` is the token's hash, `grant` the session id of the program's messages.
   */
  | {
      readonly type: 'grant'
      readonly grant: SessionId
      readonly name: Name
      readonly secret: string
      readonly room: string | null
      readonly read: boolean
      readonly write: boolean
      /** From format 7 on: to see the log, and to keep order. Absent: neither. */
      readonly audit?: true
      readonly keep?: true
    }
  | { readonly type: 'revoke'; readonly who: Target }
  /** A message posted with a token. `key` has the hash that a repeat is known by, and the hash of the message. */
  | ({
      readonly type: 'post'
      readonly room: string
      readonly action: boolean
      readonly live?: true
      readonly key: { readonly hash: string; readonly print: string } | null
      readonly mentions?: readonly MemberId[]
    } & Attached &
      Asking &
      Filtered)
  /** Forward messages from now on. The hook's secret is derived from `salt`. */
  | {
      readonly type: 'hook'
      readonly url: string
      readonly room: string | null
      readonly salt: string
      /** From format 7 on: acts of moderation, alone or with the messages. Absent: messages alone. */
      readonly events?: HookEvents
      /** From format 9 on: the kinds of events that are forwarded, and whether as CloudEvents. */
      readonly kinds?: readonly HookKind[]
      readonly cloudevents?: true
    }
  | { readonly type: 'unhook'; readonly hook: number }
  /**
   * From now on the hook's secret is derived from `salt`, and the one before signs too until then; `until` null: it doesn't.
   * `salt` null: no new secret, but the one before doesn't sign any more.
   */
  | {
      readonly type: 'rotate-hook'
      readonly hook: number
      readonly salt: string | null
      readonly until: number | null
    }
  /** The receiver has all messages up to `cursor`. `paused`: nothing more is sent to it. */
  | { readonly type: 'forward'; readonly hook: number; readonly cursor: number; readonly paused: boolean }
  /**
   * A server began to write to the journal. Earlier sessions of this origin have no connection any more. Here and below,
   * `until` is when their grace is over.
   */
  | {
      readonly type: 'started'
      readonly until: number
      /** Public address of this server: `HOST:PORT`. Absent: it does not say. */
      readonly address?: string
      /** The latest rules that it reads (src/model/format.ts). Absent: the input is from before format 6. */
      readonly reads?: number
    }
  /** A server's last input. */
  | { readonly type: 'stopped'; readonly until: number }
  /** Another server says that run `run` of server `node` is gone. */
  | { readonly type: 'down'; readonly node: string; readonly run: string; readonly until: number }
  /** From the next input on, the rules of this version hold (src/model/format.ts). */
  | { readonly type: 'format'; readonly format: number }
  /** The guest's name becomes an account. `invite` is the id of the invite that allows it. */
  | ({ readonly type: 'register'; readonly credential: CredentialDraft; readonly invite?: string } & Filtered)
  /**
   * The account gets one more credential. A password replaces the one with the id `replaces`, whose old password ingress
   * has checked. A kept sign-in becomes the credential of the session that adds it.
   */
  | { readonly type: 'credential'; readonly add: CredentialDraft; readonly replaces?: CredentialId }
  /** The same password with another hash, since the cost of hashing was raised; or a passkey's counter. */
  | { readonly type: 'rehash'; readonly account: MemberId; readonly credential: CredentialDraft }
  /** The owner revokes a credential. */
  | { readonly type: 'withdraw'; readonly credential: CredentialId }
  /** `everywhere`: all sessions of the account end, and its kept sign-ins with them. */
  | { readonly type: 'logout'; readonly everywhere: boolean }
  | { readonly type: 'read'; readonly reads: readonly { readonly place: Place; readonly seq: number }[] }
  /** A browser subscribes to notifications; their address is the text beside the input. `hash`: of this endpoint. */
  | { readonly type: 'push'; readonly hash: string; readonly preview: boolean }
  /** `hash` null: all subscriptions under the credential of this session. */
  | { readonly type: 'unpush'; readonly hash: string | null }
  /** The push service doesn't know the subscription any more, or its endpoint is lost. */
  | { readonly type: 'push-gone'; readonly push: number }
  /** The endpoint of a subscription is the text beside this input from now on, because older inputs are forgotten. */
  | { readonly type: 'carry-push'; readonly push: number }
  // The host's acts on accounts, invites and rooms.
  | { readonly type: 'account-add'; readonly name: Name; readonly credential: CredentialDraft }
  /** All credentials and sessions of the account end, and it gets this credential. */
  | { readonly type: 'account-reset'; readonly account: MemberId; readonly credential: CredentialDraft }
  | { readonly type: 'account-rename'; readonly account: MemberId; readonly name: Name }
  /** `erase`: all its messages have to be erased, too. */
  | { readonly type: 'account-remove'; readonly account: MemberId; readonly erase?: true }
  /** No text of the removed account is left in any file. */
  | { readonly type: 'account-erased'; readonly account: MemberId }
  | {
      readonly type: 'invite'
      readonly invite: string
      readonly hash: string
      readonly room: string | null
      readonly uses: number
      readonly until: number
    }
  | { readonly type: 'uninvite'; readonly invite: string }
  /** An empty room goes at once. Another one has no founder from now on, and goes when it is empty. */
  | { readonly type: 'room-remove'; readonly room: string }
  // Keeping order. Here `room` null is the whole server, and `ms` how long it lasts; null: until somebody ends it.
  | {
      readonly type: 'restrict'
      readonly kind: SanctionKind
      readonly room: string | null
      readonly who: Target
      /** The keys of the name, if nobody has it now. */
      readonly keys: readonly string[]
      readonly ms: number | null
      readonly reason: string | null
    }
  /**
   * The same on a network, which is the text beside the input. `replaces`: the ones of this kind on the same network,
   * which this one replaces. Absent: none.
   */
  | {
      readonly type: 'restrict-network'
      readonly replaces?: readonly number[]
      readonly kind: SanctionKind
      readonly room: string | null
      readonly ms: number | null
      readonly reason: string | null
    }
  /** Ends sanctions of one kind in one place: this one, or all on the member. */
  | {
      readonly type: 'lift'
      readonly kind: SanctionKind
      readonly room: string | null
      readonly who: Target | null
      readonly sanction: number | null
    }
  | {
      readonly type: 'role'
      readonly room: string | null
      readonly role: 'administrator' | 'operator' | 'voice'
      readonly who: Target
      readonly off: boolean
    }
  /** `value` null: off. `key`: with the mode of that name, the hash of the key. */
  | {
      readonly type: 'mode'
      readonly room: string | null
      readonly mode: Mode
      readonly value: ModeValue | null
      readonly key: string | null
      readonly ms: number | null
    }
  | {
      readonly type: 'filter'
      readonly room: string | null
      readonly is: FilterKind
      readonly pattern: string
      readonly action: FilterAction
    }
  | { readonly type: 'unfilter'; readonly room: string | null; readonly filter: number }
  /** A member may join the room in spite of its modes. */
  | { readonly type: 'admit'; readonly room: string; readonly who: Target }
  /** All messages of the member of the last `ms` milliseconds are to be erased. */
  | { readonly type: 'purge'; readonly room: string | null; readonly who: Target; readonly ms: number }
  /** A server has erased them. */
  | { readonly type: 'purged'; readonly purge: number; readonly count: number }
  /** The held message of input `target` is shown. Its text is beside this input, too. */
  | { readonly type: 'release'; readonly target: number }
  /** The held message will not be shown. */
  | { readonly type: 'drop'; readonly target: number }
  | { readonly type: 'ignore'; readonly who: Target; readonly off: boolean }
  /** The address of the session's connection is in the networks of these sanctions, and in no other. */
  | { readonly type: 'match'; readonly nets: readonly number[] }
  /** The network of a sanction is the text beside this input from now on, because older inputs are forgotten. */
  | { readonly type: 'carry'; readonly sanction: number }
  /** These texts, which nobody needs any more, are erased. */
  | { readonly type: 'spent'; readonly targets: readonly number[] }
  // Messages that live. Ingress, which can read the history, has found the message, and checked the right.
  /** The new text of message `target` is beside this input. Nobody sees it before `show-edit`. */
  | ({ readonly type: 'edit'; readonly author: MemberId; readonly mentions?: readonly MemberId[] } & Aimed & Filtered)
  /** A server has erased the text before, beside inputs `texts`. `off`: the message is gone, so the edit is dropped. */
  | { readonly type: 'show-edit'; readonly edit: number; readonly texts: readonly number[]; readonly off?: true }
  /** `emoji`: one, in its canonical form. */
  | ({ readonly type: 'react'; readonly emoji: string; readonly off: boolean } & Aimed)
  | { readonly type: 'pin'; readonly target: number; readonly room: string; readonly off: boolean }
  // Questions. Ingress has found the question, and the choice that a word means.
  /** `choice`: a place in the choices; absent for a buzz. */
  | { readonly type: 'answer'; readonly question: number; readonly choice?: number }
  | { readonly type: 'close'; readonly question: number }
  /** Raises the hand in a room, takes it down, or calls on the first in the queue. */
  | { readonly type: 'hand'; readonly room: string; readonly act: 'raise' | 'lower' | 'next' }
  /**
   * `size` bytes of the output of live message `target`, from byte `begin` on, are beside this input, in base64. Null: they go
   * to its end, wherever that is.
   */
  | { readonly type: 'grow'; readonly target: number; readonly begin: number | null; readonly size: number }
  /** The output is whole. Its last lines are beside this input. */
  | {
      readonly type: 'finish'
      readonly target: number
      readonly status: number | null
      readonly ms: number | null
      readonly total?: number
      readonly interrupted?: true
    }
  // Files. The bytes are stored before their input is.
  /** `quota`: bytes of all files together, as the host has set it. */
  | ({ readonly type: 'upload'; readonly quota: number } & Upload)
  /** The bytes of these files are erased from the store. */
  | { readonly type: 'files-erased'; readonly files: readonly string[] }
  /** The files of messages up to this input are not kept any more. */
  | { readonly type: 'files-forgotten'; readonly until: number }
  /** The picture of an account; null: none. */
  | { readonly type: 'picture'; readonly file: string | null }
  // Cursors. `as` tells the programs of one token apart; absent: a session asks.
  /** `from`: start of a new cursor; null: here. */
  | ({ readonly type: 'cursor-claim'; readonly room: string; readonly from: number | null } & Consuming)
  /** All messages up to `seq` are handled. `turn`: of the holder. */
  | ({ readonly type: 'cursor-move'; readonly turn: number; readonly seq: number } & Consuming)
  /** The holder gives it back, or one that waits doesn't any more. */
  | ({ readonly type: 'cursor-leave' } & Consuming)
  /** `owner`: another owner of the cursor. `seq` null: to the end of the room. */
  | { readonly type: 'cursor-set'; readonly cursor: string; readonly owner?: Target; readonly seq: number | null }
  | { readonly type: 'cursor-remove'; readonly cursor: string; readonly owner?: Target }

/** A cursor of the one that asks. */
type Consuming = { readonly cursor: string; readonly as?: string }

/** The question that a message asks. `ms`: how long it stays open. */
export type Ask = {
  readonly kind: QuestionKind
  readonly choices: readonly string[]
  /** Absent: everybody in the room. */
  readonly to?: Entitled
  readonly ms: number
  readonly key?: AskKey
}

/**
 * From format 9 on, a message asks a question, or its text is the label of a choice: then it answers an open question,
 * too. Absent: neither.
 */
type Asking = { readonly ask?: Ask; readonly answers?: { readonly question: number; readonly choice?: number } }

/** Message `target`: its room (null: as a direct message, between `members`), and whether it reached everyone. */
type Aimed = {
  readonly target: number
  readonly room: string | null
  readonly members: readonly MemberId[]
  readonly everyone: boolean
}

/** The message that this one answers, and its files, whose names are in the text (src/model/message/stored-text.ts). */
type Attached = { readonly reply?: number; readonly files?: readonly FileRef[] }

/** The word filters that the text or the name matched at ingress, in every place. Absent: none. */
type Filtered = { readonly filters?: readonly number[] }

/** The sanctions on networks that the address was in at ingress. Absent: none. */
type Matched = { readonly nets?: readonly number[] }

/** A text that travels beside an input is named by its key. */
export type TextKey = 'text'

const NONE: readonly TextKey[] = []
const TEXT: readonly TextKey[] = ['text']

/** The texts of each type of input. */
const TEXTS: Readonly<Record<Body['type'], readonly TextKey[]>> = {
  hello: NONE,
  resume: NONE,
  say: TEXT,
  tell: TEXT,
  join: NONE,
  part: NONE,
  topic: NONE,
  nick: NONE,
  away: NONE,
  kick: NONE,
  quit: NONE,
  delete: NONE,
  lost: NONE,
  tick: NONE,
  grant: NONE,
  revoke: NONE,
  post: TEXT,
  hook: NONE,
  unhook: NONE,
  'rotate-hook': NONE,
  forward: NONE,
  started: NONE,
  stopped: NONE,
  down: NONE,
  format: NONE,
  register: NONE,
  credential: NONE,
  rehash: NONE,
  withdraw: NONE,
  logout: NONE,
  read: NONE,
  push: TEXT,
  unpush: NONE,
  'push-gone': NONE,
  'carry-push': TEXT,
  'account-add': NONE,
  'account-reset': NONE,
  'account-rename': NONE,
  'account-remove': NONE,
  'account-erased': NONE,
  invite: NONE,
  uninvite: NONE,
  'room-remove': NONE,
  restrict: NONE,
  'restrict-network': TEXT,
  lift: NONE,
  role: NONE,
  mode: NONE,
  filter: NONE,
  unfilter: NONE,
  admit: NONE,
  purge: NONE,
  purged: NONE,
  release: TEXT,
  drop: NONE,
  ignore: NONE,
  match: NONE,
  carry: TEXT,
  spent: NONE,
  edit: TEXT,
  'show-edit': NONE,
  react: NONE,
  pin: NONE,
  answer: NONE,
  close: NONE,
  hand: NONE,
  grow: TEXT,
  finish: TEXT,
  upload: NONE,
  'files-erased': NONE,
  'files-forgotten': NONE,
  picture: NONE,
  'cursor-claim': NONE,
  'cursor-move': NONE,
  'cursor-leave': NONE,
  'cursor-set': NONE,
  'cursor-remove': NONE,
}

/** Whether this program knows the type. A journal may have inputs of a newer rxchat. */
export const isKnown = ({ type }: Pick<Body, 'type'>): boolean => Object.hasOwn(TEXTS, type)

/** The texts beside an input. One that is missing is damage, unless it was erased or forgotten. */
export const textKeys = (body: Pick<Body, 'type'>): readonly TextKey[] => (isKnown(body) ? TEXTS[body.type] : NONE)

/** The name, room and protocol that a session enters with. */
export type Enter = { readonly name: Name; readonly room: string; readonly protocol: Protocol } & Identity

/**
 * The identity that a session enters with. With none of these: a guest. Ingress has verified the credential and the invite; the reducer refuses one
 * that is gone meanwhile.
 */
export type Identity = {
  /** An account enters with one of its credentials. `room` null: its own rooms, or the lobby if it has none. */
  readonly account?: { readonly id: MemberId; readonly credential: CredentialId; readonly room: string | null }
  /** The guest registers as it enters. */
  readonly register?: CredentialDraft
  /** The id of the invite that lets it in. */
  readonly invite?: string
} & Filtered &
  Matched

/**
 * A member that a command names: `key` is the fold key to look up, `text` the name as typed. `id` is the member or
 * account that had this name when the command came in. Absent: nobody had it, or the journal is from before format 4.
 */
export type Target = { readonly key: string; readonly text: string; readonly id?: MemberId }

export type Input = Body & Stamp
export type InputOf<T extends Input['type']> = Extract<Input, { type: T }>

/** The texts beside an input. One that was erased or forgotten is missing. */
export type Texts = { readonly [key in TextKey]?: string }

/** The texts of an input that has at most the one under `text`. */
export const textsOf = (text: string | null): Texts => (text === null ? {} : { text })

/** An input with its texts, before the journal gives it a place. */
export type Draft = { readonly input: Input; readonly texts: Texts }

/** An input in its place in the journal. `seq` begins at 1. Every replay skips a quarantined entry. */
export type Entry = Draft & { readonly seq: number; readonly quarantined: string | null }
