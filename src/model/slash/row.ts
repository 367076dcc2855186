/** A slash command as a row of the table (../slash.ts), and the words that its rows are read with. */

import type { ChatErrorCode } from '../chat-errors.ts'
import type { Command, Query } from '../command.ts'
import type { ActName } from '../keeping/acts.ts'

/** The meaning of a typed line. */
export type Typed =
  | { readonly type: 'command'; readonly command: Command }
  | { readonly type: 'query'; readonly query: Query }
  /** `topic`: a group or a command. Absent: the basic commands. */
  | { readonly type: 'help'; readonly topic?: string }
  /** A file of this machine, to be uploaded. Only for clients that have one. */
  | FileWanted
  | SecretWanted
  | Wrong

export type Wrong = { readonly type: 'wrong'; readonly code: ChatErrorCode; readonly detail: string }

export type FileWanted = { readonly type: 'send'; readonly path: string; readonly caption: string | null }

/** A command without its secret, which is to be asked for with hidden input. `name`: the account to log in to. */
export type SecretWanted = {
  readonly type: 'secret'
  readonly what: 'register' | 'login' | 'password'
  readonly name: string
}

/** Completions of a typed line: names of members, rooms, or one of these words. */
export type Next = { readonly names?: true; readonly rooms?: true; readonly words?: readonly string[] }

export type SlashCommand = {
  readonly name: string
  /** Arguments as help shows them: `<needed>`, `[optional]`. */
  readonly args: string
  readonly help: string
  /** The act that one needs the right for. Absent: everybody may. */
  readonly act?: ActName
  /** Lines that show it in use. Absent: none are needed. */
  readonly examples?: readonly string[]
  /** How many of these words after the name aren't secret. Absent or null: all of them. */
  readonly open?: (words: readonly string[]) => number | null
  /** Null: the arguments are wrong. `rest` is the trimmed text after the name; `room` is the current room. */
  readonly read: (rest: string, room: string) => Typed | null
  /** Completions after the whole words `typed`. Absent: names of members. */
  readonly next?: (typed: readonly string[]) => Next
}

export const command = (value: Command): Typed => ({ type: 'command', command: value })
export const query = (value: Query): Typed => ({ type: 'query', query: value })
export const wrong = (code: ChatErrorCode, detail = ''): Wrong => ({ type: 'wrong', code, detail })
export const orNull = (text: string): string | null => (text === '' ? null : text)

/** The first word, and the rest. */
export const split = (rest: string): readonly [string, string] => {
  const gap = rest.search(/\s/)
  return gap < 0 ? [rest, ''] : [rest.slice(0, gap), rest.slice(gap).trim()]
}

export const NOTHING: Next = {}
export const ROOM: Next = { rooms: true }
