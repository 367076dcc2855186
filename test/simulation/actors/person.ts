/** A person at a client: a place in the cast of a run, with one client after another. */
import type { Asked } from '../../../src/client/session/outbox/outbox.ts'
import type { Command, CursorCommand, KeepingCommand } from '../../../src/model/command.ts'
import type { Secret } from '../accounts.ts'
import type { Cable } from '../network.ts'

/** How somebody enters who is no plain guest. */
export type Entry = { readonly secret?: Secret; readonly invite?: string }

/** A wish, independent of the protocol. A protocol that has no command for it ignores it. */
export type Wish =
  | {
      readonly type: 'say'
      readonly room: string
      readonly text: string
      readonly reply?: number
      /** The id of an upload. */
      readonly file?: string
    }
  | { readonly type: 'edit'; readonly seq: number | null; readonly text: string }
  | { readonly type: 'react'; readonly seq: number; readonly emoji: string; readonly off: boolean }
  | { readonly type: 'pin'; readonly seq: number; readonly off: boolean }
  /** `id`: the member that is meant. */
  | { readonly type: 'tell'; readonly to: string; readonly id?: string; readonly text: string }
  | { readonly type: 'join'; readonly room: string }
  | { readonly type: 'part'; readonly room: string; readonly reason?: string }
  | { readonly type: 'nick'; readonly name: string }
  | { readonly type: 'topic'; readonly room: string; readonly topic: string }
  | { readonly type: 'away'; readonly note: string | null }
  | { readonly type: 'delete'; readonly seq: number | null; readonly room: string }
  | { readonly type: 'history'; readonly room: string | null }
  | { readonly type: 'read'; readonly room: string | null; readonly id: string; readonly seq: number }
  | { readonly type: 'register'; readonly secret: Secret }
  | { readonly type: 'login'; readonly name: string; readonly secret: Secret }
  /** One more secret that signs in. A password replaces `old`. */
  | { readonly type: 'add'; readonly secret: Secret; readonly old: string | undefined }
  | { readonly type: 'revoke'; readonly credential: string }
  | { readonly type: 'logout'; readonly everywhere: boolean }
  | { readonly type: 'keep'; readonly command: KeepingCommand | Kick }
  /** About questions and hands. */
  | { readonly type: 'question'; readonly command: QuestionCommand }
  | { readonly type: 'cursor'; readonly command: CursorCommand }
  | { readonly type: 'live'; readonly command: LiveCommand }

/** What a program asks whose output goes into a message, and what its readers ask. */
export type LiveCommand = Extract<Asked, { readonly type: 'say' | 'grow' | 'finish' | 'output' }>
type Kick = Extract<Command, { readonly type: 'kick' }>
export type QuestionCommand = Extract<Command, { readonly type: 'say' | 'answer' | 'close' | 'hand' }>

export interface Person {
  readonly id: string
  /** Starts a new client, unless there is one. */
  enter(name: string, room: string, by?: Entry): void
  ask(wish: Wish): void
  /** Says goodbye. */
  leave(): void
  /** Reloads with its unanswered commands, if the protocol can. */
  reload?(): void
  /** The connection, while there is one. */
  readonly cable: Cable | null
  /** The machine sleeps, or wakes up. */
  sleep(): void
  wake(): void
  /** The person has no client now. */
  readonly isGone: boolean
  /** Connected, awake, and every command is answered. */
  readonly isSettled: boolean
  /** Its name, as the client knows it. */
  readonly name: string
  /** Its member; empty while it is not in, or if its protocol does not tell. */
  readonly member: string
  /** Its session, in the same way. */
  readonly session: string
  /** Its rooms, as the client knows them. */
  readonly rooms: readonly string[]
  /** Called when nothing more is on its way to the client: it must have everything, and its view must be the room's. */
  compare(): void
  close(): void
}
