/** Port: sends notifications to browsers by the push services that they chose (RFC 8030, 8291, 8292). */

/** A browser's data for its subscription. `p256dh` and `auth` are in base64url. */
export type PushTarget = {
  readonly endpoint: string
  readonly p256dh: string
  readonly auth: string
  /** The page that asked for it, for the push service's operator: an origin with https; null: there's none to name. */
  readonly site: string | null
}

export type Push = {
  readonly target: PushTarget
  /** At most PUSH_BYTES of UTF-8. The push service can't read it. */
  readonly payload: string
  /** Seconds that the push service keeps it for a device that is away. */
  readonly ttl: number
  readonly urgency: 'normal' | 'high'
  /** At most 32 characters of base64url. A device that is away gets the latest one of a topic alone. */
  readonly topic: string
}

/**
 * Why a push failed, and the consequence: the subscription has ended, this push is useless, or another attempt may
 * succeed. `after`: milliseconds that the service wants to be left alone; null: it doesn't say.
 */
export type PushFailure = {
  readonly why: string
  readonly next: 'end' | 'drop' | 'retry'
  readonly after: number | null
}

export interface PushSender {
  /** The server's public key, in base64url. Browsers subscribe with it. */
  readonly key: string
  /** Why nothing can be sent there, as far as it's known without a lookup; null: nothing is known against it. */
  forbids(target: PushTarget): string | null
  /** Null: the push service has taken it. Never rejects. */
  send(push: Push): Promise<PushFailure | null>
  /** Aborts all requests in flight. */
  close(): void
}
