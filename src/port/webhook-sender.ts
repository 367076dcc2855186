/** Port: sends messages to webhooks over HTTP, signed. */

/** Why a delivery failed. `final`: a retry is useless. */
export type Failure = { readonly why: string; readonly final: boolean }

export type WebhookDelivery = {
  readonly url: string
  /** The hook's secret is derived from this salt. */
  readonly salt: string
  /** The same for every attempt, so the receiver can recognise a repeat. */
  readonly id: string
  /** The time of sending, in milliseconds since the epoch. */
  readonly at: number
  readonly body: string
}

export interface WebhookSender {
  /** The secret that the receiver checks signatures with. It's the same at every start, and in no journal. */
  secret(salt: string): string
  /** Reports why nothing may be sent to `url`, or null, as far as known now. Calls `done` at once without a lookup. */
  forbids(url: string, done: (why: Failure | null) => void): void
  /** Null: the receiver has taken it. Never rejects. */
  send(delivery: WebhookDelivery): Promise<Failure | null>
  /** Aborts deliveries in flight. */
  close(): void
}
