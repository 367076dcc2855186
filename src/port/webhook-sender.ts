/** Port: sends events to webhooks over HTTP, signed as Standard Webhooks say (https://www.standardwebhooks.com). */
import type { HookSecret } from '../model/state/hook.ts'

/**
 * Why a delivery failed. `final`: a retry is useless. `after`: the receiver asks for a pause of so many milliseconds.
 */
export type Failure = { readonly why: string; readonly final: boolean; readonly after?: number }

export type WebhookDelivery = {
  readonly url: string
  /** The newest first. Each signs. */
  readonly secrets: readonly [HookSecret, ...HookSecret[]]
  /** Id of the event: the same for every attempt, so the receiver can recognise a repeat. */
  readonly id: string
  /** The same, as receivers from before Standard Webhooks know it. */
  readonly delivery: string
  /** The time of sending, in milliseconds since the epoch. */
  readonly at: number
  /** A media type. */
  readonly type: string
  readonly body: string
}

export interface WebhookSender {
  /** The secret that the receiver checks signatures with. It's the same at every start, and in no journal. */
  secret(of: HookSecret): string
  /** Reports why nothing may be sent to `url`, or null, as far as known now. Calls `done` at once without a lookup. */
  forbids(url: string, done: (why: Failure | null) => void): void
  /** Null: the receiver has taken it. Never rejects. */
  send(delivery: WebhookDelivery): Promise<Failure | null>
  /** Aborts deliveries in flight. */
  close(): void
}
