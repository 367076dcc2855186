/** Events that webhooks have yet to get, and the webhooks that get an event. */
import type { PublicEvent } from '../event.ts'
import { type Hook, type HookKind, kindsOf } from './hook.ts'

/**
 * Events that are forwarded besides messages; and messages that ask, to hooks for questions that get no other messages.
 */
export type ForwardedEvent = Extract<
  PublicEvent,
  {
    type:
      | ('edited' | 'deleted' | 'reacted' | 'pinned')
      | ('joined' | 'parted' | 'quit' | 'renamed')
      | ('topic' | 'moderated')
      | ('said' | 'answered' | 'concluded' | 'hands' | 'finished')
  }
>

/**
 * An event that some hook has yet to get: the `i`-th public event of input `seq`. Its text is in the history, and so are the
 * choices of a question: they have to go with the message.
 */
export type HookEvent = {
  readonly seq: number
  readonly at: number
  readonly i: number
  readonly last: boolean
  /** Null: it's about the whole server. */
  readonly rooms: readonly string[] | null
  readonly event: ForwardedEvent
}

/** Null: it is never forwarded. Direct messages and held messages are private. */
const KIND_OF: { readonly [T in PublicEvent['type']]: HookKind | null } = {
  said: 'messages',
  edited: 'edits',
  deleted: 'edits',
  reacted: 'reactions',
  pinned: 'pins',
  joined: 'joins',
  parted: 'joins',
  quit: 'joins',
  renamed: 'joins',
  topic: 'topics',
  moderated: 'moderation',
  answered: 'questions',
  concluded: 'questions',
  hands: 'questions',
  finished: 'live',
  told: null,
  held: null,
  away: null,
  registered: null,
  pictured: null,
}

type Happened = { readonly rooms: readonly string[] | null; readonly event: Pick<PublicEvent, 'type'> }

/** Whether the hook is for such an event there; of messages, for those that ask. */
export function isFor(hook: Hook, { rooms, event }: Happened): boolean {
  if (hook.room !== null && !rooms?.includes(hook.room)) return false
  const kinds = kindsOf(hook)
  if (event.type === 'said') return kinds.includes('questions') && !kinds.includes('messages')
  const kind = KIND_OF[event.type]
  return kind !== null && kinds.includes(kind)
}
