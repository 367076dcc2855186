/**
 * Inputs: what someone asked, or what happened to them. Plain and serialisable. Whatever needs a clock, randomness or a
 * Unicode table was computed at ingress and is carried here, so that folding is deterministic.
 */
import type { Protocol } from './command.ts'
import type { Name } from './name/name.ts'

export type SessionId = string
export type MemberId = string

/** The session that the server console acts as. It has no connection, and no `hello` of it is journaled. */
export const HOST_SESSION: SessionId = 'host'

/** What every input carries. */
export type Stamp = {
  /** Unique over all servers that write to one journal. */
  readonly id: string
  /** Milliseconds since the epoch, by the clock of the origin. */
  readonly at: number
  /** Milliseconds that this clock was set forward (or back) since the origin's previous input. Absent: it was not. */
  readonly set?: number
  /** The server that took the input in. */
  readonly origin: string
  readonly session: SessionId
  /** The client's number for this command. Null: an unnumbered command, of which no result is kept. */
  readonly n: number | null
}

/** What was asked or what happened. The text of a message travels beside the input, never in it: `textKeys`. */
export type Body =
  | {
      readonly type: 'hello'
      readonly name: Name
      readonly room: string
      readonly protocol: Protocol
      /** Hash of the token that resumes this session. Null: its protocol can't resume. */
      readonly token: string | null
    }
  /**
   * `session` is the id of the new connection. The session to continue is found by the hash of its token. `enter` says
   * how to enter if there is none; null: don't enter. Absent: the journal is from a version without lapsed sessions.
   * There a session was unknown after its grace, and entered anew by a hello.
   */
  | { readonly type: 'resume'; readonly token: string; readonly enter?: Enter | null }
  | { readonly type: 'say'; readonly room: string; readonly action: boolean }
  | { readonly type: 'tell'; readonly to: Target; readonly action: boolean }
  | { readonly type: 'join'; readonly room: string }
  | { readonly type: 'part'; readonly room: string; readonly reason: string | null }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string }
  | { readonly type: 'nick'; readonly name: Name }
  | { readonly type: 'away'; readonly note: string | null }
  | { readonly type: 'kick'; readonly who: Target; readonly reason: string | null }
  | { readonly type: 'quit'; readonly reason: string | null }
  /**
   * The text of input `target` is already gone from the journal. Ingress has checked that the author or the host asks.
   * `room` is where it was sent; null for a direct message, of which `members` are the author and the other party.
   */
  | {
      readonly type: 'delete'
      readonly target: number
      readonly room: string | null
      readonly members: readonly MemberId[]
      /** The host sent it in the lobby, so it reached everyone. */
      readonly everyone: boolean
    }
  /**
   * The connection that came as `via` is gone. `until` is when the grace of its session is over; null: it exits at
   * once. If the session continued on another connection since, nothing follows.
   */
  | { readonly type: 'lost'; readonly via: SessionId; readonly until: number | null }
  | { readonly type: 'tick' }
  /**
   * The host gives a program a token. `secret` is the token's hash, `grant` the session id of what the program posts.
   */
  | {
      readonly type: 'grant'
      readonly grant: SessionId
      readonly name: Name
      readonly secret: string
      readonly room: string | null
      readonly read: boolean
      readonly write: boolean
    }
  | { readonly type: 'revoke'; readonly who: Target }
  /** A message posted with a token. `key` has the hash that a repeat is known by, and the hash of the message. */
  | {
      readonly type: 'post'
      readonly room: string
      readonly action: boolean
      readonly key: { readonly hash: string; readonly print: string } | null
    }
  /** Forward messages from now on. The hook's secret is derived from `salt`. */
  | { readonly type: 'hook'; readonly url: string; readonly room: string | null; readonly salt: string }
  | { readonly type: 'unhook'; readonly hook: number }
  /** The receiver has all messages up to `cursor`. `paused`: nothing more is sent to it. */
  | { readonly type: 'forward'; readonly hook: number; readonly cursor: number; readonly paused: boolean }
  /** A server began to write to the journal. Earlier sessions of this origin have no connection any more. */
  | { readonly type: 'started'; readonly until: number }
  /** From the next input on, the rules of this version hold (src/model/format.ts). */
  | { readonly type: 'format'; readonly format: number }

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
  forward: NONE,
  started: NONE,
  format: NONE,
}

/** Whether this program knows the type. A journal may have inputs of a newer rxchat. */
export const isKnown = ({ type }: Pick<Body, 'type'>): boolean => Object.hasOwn(TEXTS, type)

/** The texts beside an input. One that is missing is damage, unless it was erased or forgotten. */
export const textKeys = (body: Pick<Body, 'type'>): readonly TextKey[] => (isKnown(body) ? TEXTS[body.type] : NONE)

/** The name, room and protocol that a session enters with. */
export type Enter = { readonly name: Name; readonly room: string; readonly protocol: Protocol }

/** A member that a command names: `key` is the fold key to look up, `text` the name as typed. */
export type Target = { readonly key: string; readonly text: string }

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
