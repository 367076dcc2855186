/** Webhooks: the URLs that events are forwarded to, and the kinds of these events. */

/** Kinds of events that a hook may get. */
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

/** Short for some kinds. `acts`: acts of moderation; `all`: these, messages, and changes of messages. */
export type HookEvents = 'acts' | 'all'

/** A secret is derived from this, with a key that is in no journal. */
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

const KINDS: { readonly [E in HookEvents]: readonly HookKind[] } = {
  acts: ['moderation'],
  all: ['messages', 'edits', 'reactions', 'pins', 'moderation', 'questions', 'live'],
}

const MESSAGES: readonly HookKind[] = ['messages']

export const kindsOf = ({ kinds, events }: Pick<Hook, 'kinds' | 'events'>): readonly HookKind[] =>
  kinds ?? (events ? KINDS[events] : MESSAGES)
