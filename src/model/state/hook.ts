/** Webhooks: the URLs that events are forwarded to, the kinds of these events, and those that a receiver has yet to get. */
import type { PublicEvent } from '../event.ts'

/** What a hook may be for. */
export const HOOK_KINDS = [
  'messages',
  'edits',
  'reactions',
  'pins',
  'joins',
  'topics',
  'moderation',
  'questions',
  'live',
] as const

export type HookKind = (typeof HOOK_KINDS)[number]

/** Short for some kinds: acts of moderation; or these, messages, and what becomes of messages. */
export type HookEvents = 'acts' | 'all'

/** What a secret is derived from, with a key that is in no journal. */
export type HookSecret = {
  readonly salt: string
  /** It's written as Standard Webhooks say. Absent: as before format 9. */
  readonly standard?: true
}

/** A webhook. */
export type Hook = HookSecret & {
  /** The `seq` of the input that added it. */
  readonly id: number
  readonly url: string
  /** Null: every room. */
  readonly room: string | null
  /** Absent: messages alone, unless there are `kinds`. */
  readonly events?: HookEvents
  readonly kinds?: readonly HookKind[]
  /** It gets CloudEvents. */
  readonly cloudevents?: true
  /** The secret before, which signs too until `hook:ID` in `ends` of the state. */
  readonly old?: HookSecret
  /** The receiver has taken everything up to this input, or the server has given it up. */
  readonly cursor: number
  /** If true, nothing more is sent. */
  readonly paused: boolean
  /** Events that were given up because too many waited. Absent: none. */
  readonly missed?: number
}

/** What is forwarded besides messages; and messages that ask, to hooks for questions that get no other messages. */
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

/** Null: it is never forwarded. Direct messages, and what waits for somebody who keeps order, are nobody else's business. */
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

const KINDS: { readonly [E in HookEvents]: readonly HookKind[] } = {
  acts: ['moderation'],
  all: ['messages', 'edits', 'reactions', 'pins', 'moderation', 'questions', 'live'],
}

const MESSAGES: readonly HookKind[] = ['messages']

export const kindsOf = ({ kinds, events }: Pick<Hook, 'kinds' | 'events'>): readonly HookKind[] =>
  kinds ?? (events ? KINDS[events] : MESSAGES)

type Happened = { readonly rooms: readonly string[] | null; readonly event: Pick<PublicEvent, 'type'> }

/** Whether the hook is for such an event there; of messages, for those that ask. */
export function isFor(hook: Hook, { rooms, event }: Happened): boolean {
  if (hook.room !== null && !rooms?.includes(hook.room)) return false
  const kinds = kindsOf(hook)
  if (event.type === 'said') return kinds.includes('questions') && !kinds.includes('messages')
  const kind = KIND_OF[event.type]
  return kind !== null && kinds.includes(kind)
}
