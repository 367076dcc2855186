/** Port: takes what was said to a receiver somewhere else, over HTTP, signed. */

/** Why it was not taken. `final`: to try again is of no use. */
export type Failure = { readonly why: string; readonly final: boolean }

export type Delivery = {
  readonly url: string
  /** What the secret of the hook is derived from. */
  readonly salt: string
  /** The same for every attempt: the receiver knows a repeat by it. */
  readonly id: string
  /** Milliseconds since the epoch: when it is sent. */
  readonly at: number
  readonly body: string
}

export interface Courier {
  /** With which the receiver checks what comes. The same at every start, and in no journal. */
  secret(salt: string): string
  /** Says whether nothing may be sent there, and why, as far as that is known now; at once where no name is looked up. */
  forbids(url: string, done: (why: Failure | null) => void): void
  /** Null: the receiver has taken it. Never rejects. */
  send(delivery: Delivery): Promise<Failure | null>
  /** Ends what is under way. */
  close(): void
}
