/** What is forwarded besides messages, or instead of them: acts of moderation. */
export type HookEvents = 'acts' | 'all'

/** A webhook: the URL that messages are forwarded to. */
export type Hook = {
  /** The `seq` of the input that added it. */
  readonly id: number
  readonly url: string
  /** Null: every room. */
  readonly room: string | null
  /** Absent: messages alone. */
  readonly events?: HookEvents
  /** The hook's secret is derived from this salt, with a key that is in no journal. */
  readonly salt: string
  /** The receiver has taken all messages up to this input, or the server has given them up. */
  readonly cursor: number
  /** If true, nothing more is sent. */
  readonly paused: boolean
}
