/** Where what is said is sent on to, over HTTP. */
export type Hook = {
  /** The input that added it. */
  readonly id: number
  readonly url: string
  /** Null: every room. */
  readonly room: string | null
  /** What its secret is derived from, with a key that no journal holds. */
  readonly salt: string
  /** All that was said up to this input has been taken by the receiver, or given up. */
  readonly cursor: number
  /** Nothing more is sent. */
  readonly paused: boolean
}
