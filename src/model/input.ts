/**
 * Inputs: what someone asked, or what happened to them. Plain and serialisable; all that needed a clock, randomness
 * or a Unicode table was computed at ingress and is carried here, so that folding them is deterministic.
 */
import type { Protocol } from './command.ts'
import type { Name } from './name.ts'

export type SessionId = string
export type MemberId = string

/** The session in whose name the server console acts. It has no connection and is never journaled as entered. */
export const HOST_SESSION: SessionId = 'host'

/** What every input carries. */
export type Stamp = {
  /** Unique over all servers that write to one journal. */
  readonly id: string
  /** Milliseconds since the epoch, by the clock of the origin. */
  readonly at: number
  /** By how many milliseconds that clock was set on, or back, since the origin's input before. Absent: it went on evenly. */
  readonly set?: number
  /** The server that took it in. */
  readonly origin: string
  readonly session: SessionId
  /** The client's number for this command, or null: unnumbered commands are performed, never answered twice. */
  readonly n: number | null
}

/** What was asked or what happened. What somebody says travels beside the input, never in it: `hasText`. */
export type Body =
  | {
      readonly type: 'hello'
      readonly name: Name
      readonly room: string
      readonly protocol: Protocol
      /** Hash of the token with which this session may be resumed; null where the protocol cannot. */
      readonly token: string | null
    }
  /**
   * `session` is that of the new connection; the session to go on with is found by the hash of its token. `enter`: how to
   * enter where there is none, or (null) not at all. Absent: it is of a journal from before sessions lapsed, in which
   * whose grace was over was unknown, and has come anew since.
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
   * The text that input `target` said is gone from the journal already. Ingress has seen that its author or the host asks.
   * It was said in `room`, or (null) to one alone; `members` are author and other then.
   */
  | {
      readonly type: 'delete'
      readonly target: number
      readonly room: string | null
      readonly members: readonly MemberId[]
      /** The host said it in the lobby, so that it reached everyone. */
      readonly everyone: boolean
    }
  /**
   * The connection that came as `via` is gone. `until` is when the session's absence becomes an exit; null: at once.
   * If the session has gone on from another connection since, nothing follows.
   */
  | { readonly type: 'lost'; readonly via: SessionId; readonly until: number | null }
  | { readonly type: 'tick' }
  /** The host gives a program a token, of which `secret` is the hash. `grant` is the session of what it posts. */
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
  /** Said with a token. `key`: the hash under which a repeat is known, and that of what is said. */
  | {
      readonly type: 'post'
      readonly room: string
      readonly action: boolean
      readonly key: { readonly hash: string; readonly print: string } | null
    }
  /** What is said from now on is to be sent on. `salt`: what the secret of it is derived from. */
  | { readonly type: 'hook'; readonly url: string; readonly room: string | null; readonly salt: string }
  | { readonly type: 'unhook'; readonly hook: number }
  /** The receiver has what was said up to `cursor`; `paused`: it is sent nothing more. */
  | { readonly type: 'forward'; readonly hook: number; readonly cursor: number; readonly paused: boolean }
  /** A server began to write to the journal: sessions of this origin from before have no connection now. */
  | { readonly type: 'started'; readonly until: number }
  /** From the next input on the rules of this version hold (src/model/format.ts). */
  | { readonly type: 'format'; readonly format: number }

/** Whether a text travels beside it: one that is missing there is damage, unless it was forgotten. */
export function hasText({ type }: Pick<Body, 'type'>): boolean {
  switch (type) {
    case 'say':
    case 'tell':
    case 'post':
      return true
    case 'hello':
    case 'resume':
    case 'join':
    case 'part':
    case 'topic':
    case 'nick':
    case 'away':
    case 'kick':
    case 'quit':
    case 'delete':
    case 'lost':
    case 'tick':
    case 'grant':
    case 'revoke':
    case 'hook':
    case 'unhook':
    case 'forward':
    case 'started':
    case 'format':
      return false
  }
}

/** How somebody wants to be there. */
export type Enter = { readonly name: Name; readonly room: string; readonly protocol: Protocol }

/** A person that someone named: `key` is the fold key to look up, `text` what was typed. */
export type Target = { readonly key: string; readonly text: string }

export type Input = Body & Stamp

/** An input with what travels beside it, before the journal gave it a place. */
export type Draft = { readonly input: Input; readonly text: string | null }

/** An input in its place in the journal. `seq` begins at 1. A quarantined entry is skipped by every replay. */
export type Entry = Draft & { readonly seq: number; readonly quarantined: string | null }
