/** Somebody at a client: a place in the cast of a run, at which one client after another sits. */
import type { Cable } from '../network.ts'

/** What somebody asks for, in the words of every protocol; a protocol passes over what it has no words for. */
export type Wish =
  | { readonly do: 'say'; readonly room: string; readonly text: string }
  | { readonly do: 'tell'; readonly to: string; readonly text: string }
  | { readonly do: 'join'; readonly room: string }
  | { readonly do: 'part'; readonly room: string }
  | { readonly do: 'nick'; readonly name: string }
  | { readonly do: 'topic'; readonly room: string; readonly topic: string }
  | { readonly do: 'away'; readonly note: string | null }
  | { readonly do: 'delete'; readonly seq: number | null; readonly room: string }
  | { readonly do: 'history'; readonly room: string | null }

export interface Person {
  readonly id: string
  /** Sits down at a new client, unless there is one. */
  enter(name: string, room: string): void
  ask(wish: Wish): void
  /** Says goodbye. */
  leave(): void
  /** Begins anew with what it has not said yet, where the protocol can. */
  reload?(): void
  /** The connection, while there is one. */
  readonly cable: Cable | null
  /** The machine sleeps, or wakes up. */
  sleep(): void
  wake(): void
  /** Nobody sits here. */
  readonly isGone: boolean
  /** Connected, awake, and all that was asked is answered. */
  readonly isSettled: boolean
  /** The name that it believes to have. */
  readonly name: string
  /** The rooms in which it believes to be. */
  readonly rooms: readonly string[]
  /** Nothing more is on the way to it: what it has seen is all there is, and its view is the room. */
  compare(): void
  close(): void
}
